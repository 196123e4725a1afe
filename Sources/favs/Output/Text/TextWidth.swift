/// How many columns of a terminal text takes.
enum TextWidth {
  /// The columns of a text without control characters.
  static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The columns of one character, however many code points it is made of: those of its first, two when
  /// it is shown as an emoji.
  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.isASCII, scalars.count == 1 { return 1 }
    // U+FE0F asks for the emoji form, which is wide; two regional indicators are one flag.
    if scalars.contains("\u{FE0F}"), !first.isASCII || scalars.contains("\u{20E3}") { return 2 }
    if (0x1F1E6...0x1F1FF).contains(first.value), scalars.count > 1 { return 2 }
    if CharacterWidths.contains(CharacterWidths.zero, first.value) { return 0 }
    return CharacterWidths.contains(CharacterWidths.wide, first.value) ? 2 : 1
  }

  /// The text, or its beginning and `…`, in no more than so many columns.
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

  /// The text with spaces behind it, up to so many columns.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - of(text)))
  }
}
