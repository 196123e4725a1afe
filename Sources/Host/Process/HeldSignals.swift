internal import CHost

/// Holds back signals that ask the process to end while it has something to finish. No code of ours
/// runs in a handler: callers ask whether one has arrived.
///
/// At the end of its scope they are delivered, and end the process as they would have before.
package struct HeldSignals: ~Copyable {
  private let before: sigset_t

  /// Holds back the signals of the interrupt key, a closed terminal and `kill`.
  package init() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in Self.numbers { unsafe sigaddset(&set, number) }
    var before = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, &set, &before)
    self.before = before
  }

  private static let numbers = [SIGINT, SIGTERM, SIGHUP]

  /// Whether one has arrived.
  package var hasCome: Bool {
    var pending = sigset_t()
    unsafe sigpending(&pending)
    return Self.numbers.contains { unsafe sigismember(&pending, $0) == 1 }
  }

  deinit {
    var before = before
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
