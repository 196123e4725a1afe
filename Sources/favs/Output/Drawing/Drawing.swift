/// Lines of known width, laid out for people, that can be placed side by side.
struct Drawing {
  /// A line, and its width in columns.
  struct Line {
    let text: String
    let width: Int

    /// A line of text without hidden characters, and its style.
    init(_ text: String, _ dress: (String) -> String = { $0 }) {
      self.text = text.isEmpty ? "" : dress(text)
      width = TextWidth.of(text)
    }

    private init(text: String, width: Int) {
      self.text = text
      self.width = width
    }

    /// This line, followed by another from a column on.
    func joined(_ other: Line, at column: Int) -> Line {
      let space = String(repeating: " ", count: max(0, column - width))
      return other.width == 0
        ? self : Line(text: text + space + other.text, width: column + other.width)
    }
  }

  var lines: [Line] = []

  /// Two drawings side by side, the second from a column on.
  func beside(_ other: Drawing, at column: Int) -> Drawing {
    let count = max(lines.count, other.lines.count)
    return Drawing(
      lines: (0..<count).map { index in
        let left = index < lines.count ? lines[index] : Line("")
        let right = index < other.lines.count ? other.lines[index] : Line("")
        return left.joined(right, at: column)
      })
  }

  /// The whole text, with a line feed after each line.
  var text: String { lines.map { $0.text + "\n" }.joined() }
}
