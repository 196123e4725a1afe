internal import Host

/// The symbols and styles of the picker, limited to what the terminal can show.
struct PickPalette: Equatable, Sendable {
  /// Whether colours are allowed.
  var hasColour = true
  /// Whether bold, dim and underlined text is allowed; `$NO_COLOR` does not forbid these.
  var hasWeight = true
  /// Whether the terminal shows UTF-8.
  var isUnicode = true

  /// Marks the selected row, and marked rows.
  var pointer: String { isUnicode ? "▌" : ">" }
  var mark: String { isUnicode ? "●" : "*" }
  /// Separates the list from the preview.
  var wall: String { isUnicode ? "│" : "|" }
  var floor: String { isUnicode ? "─" : "-" }
  /// Separates two items in a line.
  var dot: String { isUnicode ? "·" : "-" }
  /// Stands for text that was cut.
  var ellipsis: String { isUnicode ? "…" : "~" }
  var enter: String { isUnicode ? "⏎" : "Enter" }

  /// Stored text for display: escaped, and without characters that the terminal cannot show.
  func text(_ text: String) -> String {
    let shown = Escaping.forTerminal(text)
    guard !isUnicode, !shown.utf8.allSatisfy({ $0 < 0x80 }) else { return shown }
    // Bytes of UTF-8 can be control characters in another character set.
    return shown.map { character in
      character.utf8.allSatisfy { $0 < 0x80 }
        ? String(character) : String(repeating: "?", count: TextWidth.of(character))
    }.joined()
  }

  /// A text cut to a width in columns.
  func cut(_ text: String, to width: Int) -> String {
    guard !isUnicode else { return TextWidth.cut(text, to: max(0, width)) }
    guard TextWidth.of(text) > width else { return text }
    return String(text.prefix(max(0, width - 1))) + (width > 0 ? ellipsis : "")
  }

  /// Emphasised text.
  func bold(_ text: String) -> String { dressed(text, "1", hasWeight) }
  /// De-emphasised text.
  func dim(_ text: String) -> String { dressed(text, "2", hasWeight) }
  /// Text that matches the query.
  func hit(_ text: String) -> String { dressed(text, "1;4", hasWeight) }
  /// The path of a category.
  func category(_ text: String) -> String { dressed(text, "36", hasColour) }
  /// The name of a tag.
  func tag(_ text: String) -> String { dressed(text, "35", hasColour) }
  /// An error message.
  func error(_ text: String) -> String { dressed(text, "31", hasColour) }

  private func dressed(_ text: String, _ codes: String, _ isOn: Bool) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text
  }

  /// A text with highlighted hits, given as ranges of Unicode scalars.
  func marked(_ text: String, _ hits: [Range<Int>]) -> String {
    guard hasWeight, !hits.isEmpty else { return text }
    let scalars = Array(text.unicodeScalars)
    func part(_ range: Range<Int>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return String(view)
    }
    var result = ""
    var position = 0
    for hit in hits where hit.lowerBound >= position && hit.lowerBound < scalars.count {
      let end = min(hit.upperBound, scalars.count)
      result += part(position..<hit.lowerBound) + self.hit(part(hit.lowerBound..<end))
      position = end
    }
    return result + part(position..<scalars.count)
  }
}
