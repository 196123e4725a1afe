internal import CHost

/// Things on their way from one thread to another: who gives waits while as many are waiting as there may be, and who
/// takes waits while there are none.
@safe final class BoundedQueue<Thing: Sendable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let capacity: Int
  private var things: [Thing] = []
  /// True once nothing more is given, or taken.
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

  /// Gives a thing, once there is room for it; false where nothing is taken any more.
  func put(_ thing: Thing) -> Bool {
    locked {
      while things.count >= capacity, !isClosed { unsafe pthread_cond_wait(condition, mutex) }
      if !isClosed { things.append(thing) }
      return !isClosed
    }
  }

  /// Says that nothing more is given.
  func end() { locked { isEnded = true } }

  /// Says that nothing more is taken.
  func close() {
    locked {
      isClosed = true
      things = []
    }
  }

  /// Takes the next thing, once there is one; nil where none comes any more.
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
