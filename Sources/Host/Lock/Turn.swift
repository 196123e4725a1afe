internal import CHost

/// The order in which processes wait for a lock: first come, first served.
///
/// The kernel's own queue does not keep it. A released lock wakes the first waiter, which has to
/// request it again; whoever happens to ask in between gets it, and the waiter goes to the end of
/// the queue. So each waiting process locks one byte of the lock's file, the next after all that
/// are locked, and waits for the one before it to be released. Its own byte is released with the
/// open file: when the lock itself is released, or when the process ends in any way. Nothing is
/// written. Where such locks do not exist (systems other than Linux, some file systems), the order
/// is the kernel's.
///
/// Source: fcntl_locking(2), "Open file description locks"; `locks_wake_up_blocks` in Linux'
/// fs/locks.c.
enum Turn {
  /// The number of places, more than are ever taken in sequence.
  private static let places: Int64 = 1 << 61
  /// Held while a place is chosen, so that no two processes choose the same.
  private static let door = places

  /// Whether any process has a place in this file's queue.
  static func isWaitedFor(_ number: Int32) -> Bool { taken(from: 0, on: number) != nil }

  /// Takes the next place in the queue, and waits until the one before is released. Returns at once
  /// if no order can be kept.
  static func wait(on number: Int32) {
    guard set(F_WRLCK, door, waits: true, on: number) else { return }
    // The last place taken: a query reports any lock from a place on.
    var last: Int64?
    while let next = taken(from: last.map { $0 + 1 } ?? 0, on: number) { last = next }
    let isTaken = set(F_WRLCK, last.map { $0 + 1 } ?? 0, on: number)
    _ = set(F_UNLCK, door, on: number)
    guard isTaken, let last, set(F_RDLCK, last, waits: true, on: number) else { return }
    _ = set(F_UNLCK, last, on: number)
  }

  /// A place from this one on that another process has, if any.
  private static func taken(from place: Int64, on number: Int32) -> Int64? {
    var region = region(F_WRLCK, from: place, length: places - place)
    guard unsafe favs_look_at_lock(number, &region) == 0, region.l_type != Int16(F_UNLCK) else {
      return nil
    }
    let found = Int64(region.l_start)
    // A lock with another start comes from a program that locks the file in some other way.
    return found >= place && found < places - 1 && region.l_len == 1 ? found : nil
  }

  private static func set(
    _ type: Int32, _ place: Int64, waits: Bool = false, on number: Int32
  ) -> Bool {
    var region = region(type, from: place, length: 1)
    while unsafe favs_set_lock(number, &region, waits ? 1 : 0) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }

  private static func region(_ type: Int32, from place: Int64, length: Int64) -> flock {
    var region = flock()
    region.l_type = Int16(type)
    region.l_whence = Int16(SEEK_SET)
    region.l_start = off_t(place)
    region.l_len = off_t(length)
    return region
  }
}
