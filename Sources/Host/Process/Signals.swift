internal import CHost

/// How this process handles signals. None of them runs code of ours but for `TerminalGuard` and
/// `LastAct`.
package enum Signals {
  /// Makes a write beyond the file-size limit fail with EFBIG instead of killing the process.
  package static func prepare() {
    _ = favs_take_signal(SIGXFSZ, favs_ignoring())
  }

  /// Ends the process as the signal would have, even if it was ignored or blocked.
  package static func dieOf(_ number: Int32) -> Never {
    _ = favs_take_signal(number, favs_usual())
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    _ = raise(number)
    ProcessExit.exit(128 + number)
  }

  /// Ends the process silently, as when the reader of its output is gone.
  package static func dieOfBrokenPipe() -> Never { dieOf(SIGPIPE) }

  /// Blocks SIGPIPE in this thread, so that a write fails with EPIPE; returns the signals blocked
  /// before. (Ignoring it would affect the whole process and the programs it starts.)
  static func blockBrokenPipe() -> sigset_t {
    var set = brokenPipe
    var before = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, &set, &before)
    return before
  }

  /// Restores the blocked signals, and discards a SIGPIPE that arrived in the meantime.
  static func unblockBrokenPipe(_ before: sigset_t) {
    var before = before
    var set = brokenPipe
    var pending = sigset_t()
    unsafe sigpending(&pending)
    if unsafe sigismember(&pending, SIGPIPE) == 1, unsafe sigismember(&before, SIGPIPE) == 0 {
      var number: Int32 = 0
      unsafe sigwait(&set, &number)
    }
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  private static var brokenPipe: sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGPIPE)
    return set
  }
}
