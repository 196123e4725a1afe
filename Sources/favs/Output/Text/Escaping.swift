/// Makes characters visible that control a terminal or cannot be seen: those in `Visibility`.
enum Escaping {
  /// How to treat a character, regardless of its context.
  private enum Treatment {
    case stays
    case becomes(String)
    /// Escaped by number if it is hidden.
    case judged
  }

  /// Escapes for people: control characters, direction overrides and invisible characters become
  /// `\u{1b}` and the like, line feeds and tabs `\n` and `\t`.
  static func forTerminal(_ text: String) -> String {
    escaped(text, as: numbered) { scalar, _ in
      switch scalar {
      case "\n": .becomes("\\n")
      case "\t": .becomes("\\t")
      case "\r": .becomes("\\r")
      default: .judged
      }
    }
  }

  /// Like `forTerminal(_:)`, but keeps line feeds and tabs: for a note shown as a paragraph.
  static func forParagraph(_ text: String) -> String {
    escaped(text, as: numbered) { scalar, _ in scalar == "\n" || scalar == "\t" ? .stays : .judged }
  }

  /// Escapes for scripts: whatever would end a field or a line, the backslash itself, and whatever
  /// would control a terminal that shows the output. The original text can be restored.
  static func forTSV(_ text: String) -> String {
    escaped(text, as: numbered) { scalar, _ in
      switch scalar {
      case "\\": .becomes("\\\\")
      case "\t": .becomes("\\t")
      case "\n": .becomes("\\n")
      case "\r": .becomes("\\r")
      default: .judged
      }
    }
  }

  /// The text that `forTSV(_:)` escaped. A backslash before anything else is one.
  static func restored(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      let next = place + 1 < scalars.count ? scalars[place + 1] : nil
      place += 2
      switch (scalar, next) {
      case ("\\", "\\"): result.append("\\")
      case ("\\", "n"): result.append("\n")
      case ("\\", "t"): result.append("\t")
      case ("\\", "r"): result.append("\r")
      case ("\\", "u"):
        guard let (numbered, end) = number(in: scalars, at: place) else { fallthrough }
        result.append(numbered)
        place = end
      default:
        result.append(scalar)
        place -= 1
      }
    }
    return String(result)
  }

  /// The character of `{1b}`, and the place behind it.
  private static func number(
    in scalars: [Unicode.Scalar], at place: Int
  ) -> (Unicode.Scalar, end: Int)? {
    guard place < scalars.count, scalars[place] == "{",
      let end = scalars[place...].prefix(10).firstIndex(of: "}")
    else { return nil }
    let digits = scalars[(place + 1)..<end].reduce(into: "") { $0.unicodeScalars.append($1) }
    return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init).map { ($0, end + 1) }
  }

  /// A cell of a line that ends with `end`. If that is NUL, the cell cannot be mistaken for
  /// another, and so is not escaped.
  static func forCell(_ text: String, endingWith end: String) -> String {
    end.utf8.first == 0 ? text : forTSV(text)
  }

  /// Escapes data of any format for a terminal, as in JSON, so that JSON stays valid. Keeps line
  /// feeds, tabs, line ends of CSV, and NUL, which separates items and which terminals ignore.
  static func forScreen(_ text: String) -> String {
    escaped(text, as: asInJSON) { scalar, next in
      switch scalar {
      case "\n", "\t", "\0": .stays
      case "\r" where next == "\n": .stays
      default: .judged
      }
    }
  }

  /// A text in quotes if RFC 4180 requires them.
  static func forCSV(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return text }
    var result: [UInt8] = [0x22]
    for byte in text.utf8 {
      if byte == 0x22 { result.append(byte) }
      result.append(byte)
    }
    return String(decoding: result + [0x22], as: UTF8.self)
  }

  private static func numbered(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16))}"
  }

  private static func asInJSON(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }.joined()
  }

  private static func escaped(
    _ text: String, as form: (Unicode.Scalar) -> String,
    _ treat: (Unicode.Scalar, Unicode.Scalar?) -> Treatment
  ) -> String {
    // The fast path for printable ASCII, which nearly all text is.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x5C }) { return text }
    let isPlain = text.unicodeScalars.allSatisfy { $0 != "\\" && !Visibility.isSuspect($0) }
    guard !isPlain else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      switch treat(scalar, place + 1 < scalars.count ? scalars[place + 1] : nil) {
      case .becomes(let replacement): result.append(contentsOf: replacement.unicodeScalars)
      case .judged where Visibility.isHidden(scalars, at: place):
        result.append(contentsOf: form(scalar).unicodeScalars)
      case .stays, .judged: result.append(scalar)
      }
    }
    return String(result)
  }
}
