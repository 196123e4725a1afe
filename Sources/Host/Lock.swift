#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A file that one process at a time holds, given up when it goes out of scope.
package struct Lock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock, waiting for its turn; the file is made where there is none, and stays.
  ///
  /// The kernel keeps those who wait in a queue and wakes the next one, so none starves; asking again and
  /// again would be neither fair nor quick. A timer ends the wait.
  /// - Parameter milliseconds: how long to wait.
  /// - Throws: `HostError` with `isTimedOut` when others held it all that time.
  package init(path: String, milliseconds: Int) throws(HostError) {
    let opened = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw HostError.last("lock", path) }
    var code: Int32 = flock(opened, LOCK_EX | LOCK_NB) == 0 ? 0 : errno
    if code == EWOULDBLOCK { code = Lock.wait(opened, milliseconds) }
    guard code == 0 else {
      close(opened)
      throw HostError(call: "lock", path: path, code: code)
    }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Waits in the queue until the time is over; gives 0 or an `errno`.
  private static func wait(_ descriptor: Int32, _ milliseconds: Int) -> Int32 {
    var action = sigaction()
    var previous = sigaction()
    // Without SA_RESTART the wait ends when the signal comes; the handler has nothing to do.
    let handler: @convention(c) (Int32) -> Void = { _ in }
    #if canImport(Darwin)
      unsafe action.__sigaction_u.__sa_handler = handler
    #else
      unsafe action.__sigaction_handler.sa_handler = handler
    #endif
    unsafe sigaction(SIGALRM, &action, &previous)
    // It rings again and again, in case the first ring comes before the wait begins.
    var timer = itimerval(
      it_interval: timeval(tv_sec: 0, tv_usec: 50_000),
      it_value: timeval(
        tv_sec: milliseconds / 1_000, tv_usec: .init(milliseconds % 1_000 * 1_000 + 1)))
    setTimer(&timer)
    var code: Int32 = 0
    let end = Clock.now() + Int64(milliseconds)
    while flock(descriptor, LOCK_EX) != 0 {
      code = errno
      guard code == EINTR else { break }
      guard Clock.now() < end else {
        code = EWOULDBLOCK
        break
      }
      code = 0
    }
    var off = itimerval()
    setTimer(&off)
    unsafe sigaction(SIGALRM, &previous, nil)
    return code
  }

  private static func setTimer(_ timer: inout itimerval) {
    #if canImport(Glibc)
      unsafe setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    #else
      unsafe setitimer(Int32(ITIMER_REAL), &timer, nil)
    #endif
  }
}
