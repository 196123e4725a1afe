internal import CHost

/// Keeps signals that ask the process to end from it while it has something to bring to an end first. No code of ours
/// runs in a handler: whether one has come is asked.
///
/// At the end of its scope they come through, and end the process as they would have before.
package struct HeldSignals: ~Copyable {
  private let before: sigset_t

  /// Holds back what the interrupt key, a closed terminal and `kill` send.
  package init() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in Self.numbers { unsafe sigaddset(&set, number) }
    var before = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, &set, &before)
    self.before = before
  }

  private static let numbers = [SIGINT, SIGTERM, SIGHUP]

  /// Whether one has come.
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
