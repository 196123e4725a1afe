internal import CHost

/// The time of day and elapsed time.
package enum Clock {
  /// Milliseconds since the start of 1970, UTC.
  package static func now() -> Int64 {
    let time = read(CLOCK_REALTIME)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Nanoseconds of a monotonic clock; only differences are meaningful.
  package static func monotonicNanoseconds() -> UInt64 {
    let time = read(CLOCK_MONOTONIC)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Pauses the thread.
  package static func sleep(milliseconds: Int) {
    usleep(UInt32(milliseconds) * 1_000)
  }

  private static func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    let result = unsafe clock_gettime(clock, &time)
    precondition(result == 0, "every system has these clocks")
    return time
  }
}
