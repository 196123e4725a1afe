internal import Exchange

/// A line on the terminal that says how far a long command has come: how many, how fast, and how long yet.
struct Progress {
  private let source: ReadingProgress
  private let noun: String
  private var line: StatusLine

  /// Nothing is shown where standard error is no terminal, or the output is to be quiet.
  init(_ source: ReadingProgress, of noun: String, isQuiet: Bool) {
    self.source = source
    self.noun = noun
    line = StatusLine(isQuiet: isQuiet, patience: 500_000_000, pace: 100_000_000)
  }

  /// Takes notice of how many there are by now.
  mutating func note(_ count: Int) {
    // The clock is read for one in some.
    guard count % 64 == 0 else { return }
    line.show { [source, noun] in Self.text(source, count, noun, after: $0) }
  }

  /// Takes the line away.
  mutating func end() { line.end() }

  private static func text(
    _ source: ReadingProgress, _ count: Int, _ noun: String, after seconds: Double
  ) -> String {
    var parts = ["\(count) \(noun)", "\(Int(Double(count) / seconds))/s"]
    if let size = source.size, source.consumed > 0, source.consumed < size {
      let share = Double(source.consumed) / Double(size)
      parts.insert("\(Int(share * 100)) %", at: 0)
      parts.append("\(Int((seconds / share - seconds).rounded(.up))) s left")
    }
    return parts.joined(separator: " · ")
  }
}
