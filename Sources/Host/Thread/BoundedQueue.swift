internal import CHost

/// A queue from one thread to another: the producer waits while it is full, and the consumer while
/// it is empty.
@safe final class BoundedQueue<Thing: Sendable> {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let capacity: Int
  private var things: [Thing] = []
  /// What was taken and given back.
  private var spent: [Thing] = []
  /// Whether the producer or the consumer has finished.
  private var (isEnded, isClosed) = (false, false)

  init(capacity: Int) {
    self.capacity = max(1, capacity)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Adds a thing, once there is room; returns false if the consumer has finished. Frees what was
  /// given back.
  func put(_ thing: Thing) -> Bool {
    var freed: [Thing] = []
    return locked {
      while things.count >= capacity, !isClosed { unsafe pthread_cond_wait(condition, mutex) }
      if !isClosed { things.append(thing) }
      swap(&freed, &spent)
      return !isClosed
    }
  }

  /// Gives back a thing that was taken and is no longer needed.
  func giveBack(_ thing: Thing) { locked { spent.append(thing) } }

  /// Declares that nothing more is added.
  func end() { locked { isEnded = true } }

  /// Declares that nothing more is taken.
  func close() {
    locked {
      isClosed = true
      things = []
    }
  }

  /// Takes the next thing, once there is one; nil if no more will come.
  func next() -> Thing? {
    locked {
      while things.isEmpty, !isEnded, !isClosed { unsafe pthread_cond_wait(condition, mutex) }
      return things.isEmpty ? nil : things.removeFirst()
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_cond_broadcast(condition)
      unsafe pthread_mutex_unlock(mutex)
    }
    return body()
  }
}
