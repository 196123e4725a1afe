internal import Host

/// A line on the terminal that stands for a moment, and is written again now and then while a command goes on.
struct StatusLine {
  private var nextLook: UInt64
  private var isShown = false
  private let isWanted: Bool
  private let pace: UInt64

  /// When it was made, in nanoseconds of a clock that never goes back.
  let start = Clock.monotonicNanoseconds()

  /// What takes a line away.
  private static let clearing = "\r\u{1B}[K"

  /// Nothing is shown where standard error is no terminal, or the output is to be quiet.
  /// - Parameters:
  ///   - patience: how long nothing is said at first, in nanoseconds.
  ///   - pace: how long a line stands, in nanoseconds.
  init(isQuiet: Bool, patience: UInt64 = 0, pace: UInt64) {
    isWanted = !isQuiet && Terminal.isTerminal(2)
    self.pace = pace
    nextLook = start + patience
  }

  /// Writes it again, if its time has come.
  /// - Parameters:
  ///   - isDue: true to write it at once, since what begins now may take long.
  ///   - text: takes the seconds since it was made.
  mutating func show(isDue: Bool = false, _ text: (Double) -> String) {
    guard isWanted else { return }
    let now = Clock.monotonicNanoseconds()
    guard isDue || now >= nextLook else { return }
    nextLook = now + pace
    isShown = true
    Output.tell(Self.clearing + text(Double(now - start) / 1e9))
  }

  /// How long the rest may take, where a share of it is done.
  ///
  /// - Parameters:
  ///   - share: how much is done, from 0 to 1, both left out.
  ///   - seconds: how long that took.
  static func left(after seconds: Double, _ share: Double) -> String {
    "\(Int((seconds / share - seconds).rounded(.up))) s left"
  }

  /// Takes it away.
  mutating func end() {
    guard isShown else { return }
    isShown = false
    nextLook = 0
    Output.tell(Self.clearing)
  }
}
