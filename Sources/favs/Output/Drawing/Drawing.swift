/// Lines of known width that were laid out for a person, to be put beside each other.
struct Drawing {
  /// One line, and how many columns it takes.
  struct Line {
    let text: String
    let width: Int

    /// A line of text that nothing is hidden in, and how it is dressed.
    init(_ text: String, _ dress: (String) -> String = { $0 }) {
      self.text = text.isEmpty ? "" : dress(text)
      width = TextWidth.of(text)
    }

    private init(text: String, width: Int) {
      self.text = text
      self.width = width
    }

    /// Another behind it, from a column on.
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

  /// All of it, each line with its end.
  var text: String { lines.map { $0.text + "\n" }.joined() }
}
