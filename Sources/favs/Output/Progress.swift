internal import Exchange
internal import Host

/// A line on the terminal that says how far a long command has come: how many, how fast, and how long yet.
struct Progress {
  private let source: ReadingProgress
  private let noun: String
  private let start = Clock.monotonicNanoseconds()
  private var nextLook: UInt64
  private var isShown = false
  private let isWanted: Bool

  /// How long nothing is said, and how long a line stands, in nanoseconds.
  private static let patience: UInt64 = 500_000_000
  private static let pace: UInt64 = 100_000_000

  /// Nothing is shown where standard error is no terminal, or the output is to be quiet.
  init(_ source: ReadingProgress, of noun: String, isQuiet: Bool) {
    self.source = source
    self.noun = noun
    isWanted = !isQuiet && Terminal.isTerminal(2)
    nextLook = start + Self.patience
  }

  /// Takes notice of how many there are by now.
  mutating func note(_ count: Int) {
    // The clock is read for one in some.
    guard isWanted, count % 64 == 0 else { return }
    let now = Clock.monotonicNanoseconds()
    guard now >= nextLook else { return }
    nextLook = now + Self.pace
    isShown = true
    Output.tell("\r\u{1B}[K" + text(count, after: Double(now - start) / 1e9))
  }

  /// Takes the line away.
  mutating func end() {
    guard isShown else { return }
    isShown = false
    Output.tell("\r\u{1B}[K")
  }

  private func text(_ count: Int, after seconds: Double) -> String {
    var parts = ["\(count) \(noun)", "\(Int(Double(count) / seconds))/s"]
    if let size = source.size, source.consumed > 0, source.consumed < size {
      let share = Double(source.consumed) / Double(size)
      parts.insert("\(Int(share * 100)) %", at: 0)
      parts.append("\(Int((seconds / share - seconds).rounded(.up))) s left")
    }
    return parts.joined(separator: " · ")
  }
}
