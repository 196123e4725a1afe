/// Makes characters visible that a terminal would obey, or that a reader would not see.
enum Escaping {
  /// For a person: control characters, overrides of direction and invisible characters as `\u{1b}`.
  /// Line feeds and tabs too, as `\n` and `\t`.
  static func forTerminal(_ text: String) -> String {
    escaped(text) { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\t": "\\t"
      case "\r": "\\r"
      default: isHidden(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : nil
      }
    }
  }

  /// As `forTerminal(_:)`, but line feeds and tabs stay: for a note shown as a paragraph.
  static func forParagraph(_ text: String) -> String {
    escaped(text) { scalar in
      scalar == "\n" || scalar == "\t" || !isHidden(scalar)
        ? nil : "\\u{\(String(scalar.value, radix: 16))}"
    }
  }

  /// For a script: what would end a field or a line, the backslash itself, and what a terminal would obey
  /// when somebody looks at it all the same. Every text can be read back from it.
  static func forTSV(_ text: String) -> String {
    escaped(text) { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\t": "\\t"
      case "\n": "\\n"
      case "\r": "\\r"
      default: isHidden(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : nil
      }
    }
  }

  /// For data of any format that goes to a terminal after all: as JSON escapes them, so that JSON stays what it
  /// is. Line feeds and tabs stay, and so do the ends of lines in CSV and a NUL, which separates and is ignored.
  static func forScreen(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      let stays =
        switch scalar {
        case "\n", "\t", "\0": true
        case "\r": place + 1 < scalars.count && scalars[place + 1] == "\n"
        default: !isHidden(scalar)
        }
      guard !stays else {
        result.append(scalar)
        continue
      }
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
        result.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
      }
    }
    return String(result)
  }

  /// Quoted where RFC 4180 asks for it.
  static func forCSV(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return text }
    return "\"" + escaped(text) { $0 == "\"" ? "\"\"" : nil } + "\""
  }

  private static func escaped(
    _ text: String, by replacement: (Unicode.Scalar) -> String?
  ) -> String {
    guard text.unicodeScalars.contains(where: { replacement($0) != nil }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let replacement = replacement(scalar) {
        result.append(contentsOf: replacement.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// What a terminal would obey, or nobody would see.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // C0, DEL and C1.
    case 0...0x1F, 0x7F...0x9F: true
    // Soft hyphen, Arabic letter mark, Mongolian vowel separator.
    case 0xAD, 0x61C, 0x180E: true
    // Zero width space; marks of direction. The joiners U+200C and U+200D stay: words in Persian and
    // Hindi, and families of emoji, are made with them.
    case 0x200B, 0x200E, 0x200F: true
    // Line and paragraph separator, overrides and embeddings.
    case 0x2028...0x202E: true
    // Word joiner, invisible operators, isolates, deprecated format characters.
    case 0x2060...0x206F: true
    // Byte order mark; interlinear annotation; tags.
    case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }
}
