/// Makes characters visible that a terminal would obey, or that a reader would not see: those that `Visibility` names.
enum Escaping {
  /// What is done with a character, whatever stands around it.
  private enum Treatment {
    case stays
    case becomes(String)
    /// Shown as a number where it cannot be seen.
    case judged
  }

  /// For a person: control characters, overrides of direction and invisible characters as `\u{1b}`.
  /// Line feeds and tabs too, as `\n` and `\t`.
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

  /// As `forTerminal(_:)`, but line feeds and tabs stay: for a note shown as a paragraph.
  static func forParagraph(_ text: String) -> String {
    escaped(text, as: numbered) { scalar, _ in scalar == "\n" || scalar == "\t" ? .stays : .judged }
  }

  /// For a script: what would end a field or a line, the backslash itself, and what a terminal would obey
  /// when somebody looks at it all the same. Every text can be read back from it.
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

  /// A cell of a line that ends with `end`: behind a NUL the next begins whatever is in it, and so it stays as it is
  /// stored.
  static func forCell(_ text: String, endingWith end: String) -> String {
    end.utf8.first == 0 ? text : forTSV(text)
  }

  /// For data of any format that goes to a terminal after all: as JSON escapes them, so that JSON stays what it
  /// is. Line feeds and tabs stay, and so do the ends of lines in CSV and a NUL, which separates and is ignored.
  static func forScreen(_ text: String) -> String {
    escaped(text, as: asInJSON) { scalar, next in
      switch scalar {
      case "\n", "\t", "\0": .stays
      case "\r" where next == "\n": .stays
      default: .judged
      }
    }
  }

  /// Quoted where RFC 4180 asks for it.
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
    // Nearly all text is printable ASCII.
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
