internal import Host

/// What a picker draws with: letters of the terminal's character set, and how they are dressed.
struct PickPalette: Equatable, Sendable {
  /// True where colours may be used.
  var hasColour = true
  /// True where letters may be bold, dim or underlined: those are no colours, and stay with `$NO_COLOR`.
  var hasWeight = true
  /// True where the terminal shows UTF-8.
  var isUnicode = true

  /// What marks the chosen row, and one that was marked.
  var pointer: String { isUnicode ? "▌" : ">" }
  var mark: String { isUnicode ? "●" : "*" }
  /// What stands between the list and the preview.
  var wall: String { isUnicode ? "│" : "|" }
  var floor: String { isUnicode ? "─" : "-" }
  /// What stands between two things in a line.
  var dot: String { isUnicode ? "·" : "-" }
  /// Stands for what was cut.
  var ellipsis: String { isUnicode ? "…" : "~" }
  var enter: String { isUnicode ? "⏎" : "Enter" }

  /// Stored text as it can be shown: escaped, and without what the terminal has no letters for.
  func text(_ text: String) -> String {
    let shown = Escaping.forTerminal(text)
    guard !isUnicode, !shown.utf8.allSatisfy({ $0 < 0x80 }) else { return shown }
    // Bytes of UTF-8 can be control characters of another set.
    return shown.map { character in
      character.utf8.allSatisfy { $0 < 0x80 }
        ? String(character) : String(repeating: "?", count: TextWidth.of(character))
    }.joined()
  }

  /// A text cut to a width.
  func cut(_ text: String, to width: Int) -> String {
    guard !isUnicode else { return TextWidth.cut(text, to: max(0, width)) }
    guard TextWidth.of(text) > width else { return text }
    return String(text.prefix(max(0, width - 1))) + (width > 0 ? ellipsis : "")
  }

  /// Stands out.
  func bold(_ text: String) -> String { dressed(text, "1", hasWeight) }
  /// Stands back.
  func dim(_ text: String) -> String { dressed(text, "2", hasWeight) }
  /// Is what was looked for.
  func hit(_ text: String) -> String { dressed(text, "1;4", hasWeight) }
  /// Is a category.
  func category(_ text: String) -> String { dressed(text, "36", hasColour) }
  /// Is a tag.
  func tag(_ text: String) -> String { dressed(text, "35", hasColour) }
  /// Says that something could not be done.
  func error(_ text: String) -> String { dressed(text, "31", hasColour) }

  private func dressed(_ text: String, _ codes: String, _ isOn: Bool) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text
  }

  /// A text in which some characters (Unicode scalars) are what was looked for.
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
