internal import Host

/// Shows the progress of fetching pages on a line of the terminal.
struct WebProgress {
  private let total: Int
  private var line: StatusLine

  init(total: Int, isQuiet: Bool) {
    self.total = total
    line = StatusLine(isQuiet: isQuiet, pace: 200_000_000)
  }

  /// Shows how many pages are done, their states, and the time left.
  mutating func show(_ done: Int, _ states: String) {
    line.show { [total] seconds in
      var parts = ["\(done) of \(total)"]
      if !states.isEmpty { parts.append(states) }
      if done > 0, done < total {
        parts.append(StatusLine.left(after: seconds, Double(done) / Double(total)))
      }
      return TextWidth.cut(parts.joined(separator: " · "), to: max(Terminal.width() - 1, 10))
    }
  }

  /// Clears the line.
  mutating func end() { line.end() }
}
