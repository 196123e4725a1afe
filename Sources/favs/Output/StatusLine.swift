internal import Host

/// A temporary line on the terminal, updated now and then while a command runs.
struct StatusLine {
  private var nextLook: UInt64
  private var isShown = false
  private let isWanted: Bool
  private let pace: UInt64

  /// The time at which it was created, in nanoseconds of a monotonic clock.
  let start = Clock.monotonicNanoseconds()

  /// The sequence that clears the line.
  private static let clearing = "\r\u{1B}[K"

  /// Shows nothing if standard error is not a terminal or the output is quiet.
  /// - Parameters:
  ///   - patience: how long to show nothing at first, in nanoseconds.
  ///   - pace: the minimum time between updates, in nanoseconds.
  init(isQuiet: Bool, patience: UInt64 = 0, pace: UInt64) {
    isWanted = !isQuiet && Terminal.isTerminal(2)
    self.pace = pace
    nextLook = start + patience
  }

  /// Updates the line, if it is time to.
  /// - Parameters:
  ///   - isDue: whether to update immediately, since the next step may take long.
  ///   - text: receives the seconds since the line was created.
  mutating func show(isDue: Bool = false, _ text: (Double) -> String) {
    guard isWanted else { return }
    let now = Clock.monotonicNanoseconds()
    guard isDue || now >= nextLook else { return }
    nextLook = now + pace
    isShown = true
    Output.tell(Self.clearing + text(Double(now - start) / 1e9))
  }

  /// The time left, if a share of the work is done.
  ///
  /// - Parameters:
  ///   - share: the share that is done, between 0 and 1 exclusive.
  ///   - seconds: the time that this share took.
  static func left(after seconds: Double, _ share: Double) -> String {
    "\(Int((seconds / share - seconds).rounded(.up))) s left"
  }

  /// Clears the line.
  mutating func end() {
    guard isShown else { return }
    isShown = false
    nextLook = 0
    Output.tell(Self.clearing)
  }
}
