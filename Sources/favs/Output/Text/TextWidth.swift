/// The width of text on a terminal, in columns.
enum TextWidth {
  /// The width of a text without control characters.
  static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The width of a character, however many code points it consists of: that of the first one, or
  /// two if it is shown as an emoji.
  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.isASCII, scalars.count == 1 { return 1 }
    // U+FE0F selects the emoji form, which is wide; two regional indicators are one flag.
    if scalars.contains("\u{FE0F}"), !first.isASCII || scalars.contains("\u{20E3}") { return 2 }
    if (0x1F1E6...0x1F1FF).contains(first.value), scalars.count > 1 { return 2 }
    if CharacterWidths.contains(CharacterWidths.zero, first.value) { return 0 }
    return CharacterWidths.contains(CharacterWidths.wide, first.value) ? 2 : 1
  }

  /// The text, cut to a width with `…` at the end if it is too wide.
  static func cut(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    guard width > 0 else { return "" }
    var result = ""
    var used = 0
    for character in text {
      let columns = of(character)
      guard used + columns <= width - 1 else { break }
      result.append(character)
      used += columns
    }
    return result + "…"
  }

  /// The text, padded with spaces to a width.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - of(text)))
  }
}
