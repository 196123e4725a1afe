internal import Exchange

/// Shows the progress of a long command on a line of the terminal: the count, the speed, and the
/// time left.
struct Progress {
  private let source: ReadingProgress
  private let noun: String
  private let total: Int?
  private var line: StatusLine

  /// Shows nothing if standard error is not a terminal or the output is quiet.
  ///
  /// - Parameter total: the final count, if known; otherwise progress is measured by the part of
  ///   the file that was read.
  init(_ source: ReadingProgress, of noun: String, total: Int? = nil, isQuiet: Bool) {
    self.source = source
    self.noun = noun
    self.total = total
    line = StatusLine(isQuiet: isQuiet, patience: 500_000_000, pace: 100_000_000)
  }

  /// Updates the count.
  mutating func note(_ count: Int) {
    // Reads the clock only now and then.
    guard count % 64 == 0 else { return }
    line.show { [source, noun, total] seconds in
      let share = total.map { Double(count) / Double(max($0, 1)) } ?? source.share
      return Self.text(count, noun, share, after: seconds)
    }
  }

  /// Clears the line.
  mutating func end() { line.end() }

  /// - Parameter share: the part that is done, from 0 to 1; nil if unknown.
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
  /// The part of the file that was read, from 0 to 1; nil if its length is unknown.
  fileprivate var share: Double? {
    size.map { Double(consumed) / Double(max($0, 1)) }
  }
}
