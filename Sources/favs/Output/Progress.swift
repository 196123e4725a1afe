internal import Exchange

/// A line on the terminal that says how far a long command has come: how many, how fast, and how long yet.
struct Progress {
  private let source: ReadingProgress
  private let noun: String
  private let total: Int?
  private var line: StatusLine

  /// Nothing is shown where standard error is no terminal, or the output is to be quiet.
  ///
  /// - Parameter total: how many there will be, where that is known; otherwise, how much of the file is read tells.
  init(_ source: ReadingProgress, of noun: String, total: Int? = nil, isQuiet: Bool) {
    self.source = source
    self.noun = noun
    self.total = total
    line = StatusLine(isQuiet: isQuiet, patience: 500_000_000, pace: 100_000_000)
  }

  /// Takes notice of how many there are by now.
  mutating func note(_ count: Int) {
    // The clock is read for one in some.
    guard count % 64 == 0 else { return }
    line.show { [source, noun, total] seconds in
      let share = total.map { Double(count) / Double(max($0, 1)) } ?? source.share
      return Self.text(count, noun, share, after: seconds)
    }
  }

  /// Takes the line away.
  mutating func end() { line.end() }

  /// - Parameter share: how much of it is done, from 0 to 1; nil where nobody knows.
  private static func text(
    _ count: Int, _ noun: String, _ share: Double?, after seconds: Double
  ) -> String {
    var parts = ["\(count) \(noun)", "\(Int(Double(count) / seconds))/s"]
    if let share, share > 0, share < 1 {
      parts.insert("\(Int(share * 100)) %", at: 0)
      parts.append(StatusLine.left(after: seconds, share))
    }
    return parts.joined(separator: " · ")
  }
}

extension ReadingProgress {
  /// How much of the file is read, from 0 to 1; nil where nobody knows how long it is.
  fileprivate var share: Double? {
    size.map { Double(consumed) / Double(max($0, 1)) }
  }
}
