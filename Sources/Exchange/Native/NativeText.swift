internal import Favourites

/// Text for HTML and XML.
enum NativeText {
  /// The text with LF as line ends, and with U+FFFD in place of characters that these formats do
  /// not allow.
  ///
  /// "Any Unicode character, excluding the surrogate blocks, FFFE, and FFFF" (XML 1.0, 2.2), and no
  /// control characters either, which HTML refuses.
  static func allowed(_ text: String) -> String {
    guard !isPlain(text) else { return text }
    var scalars = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        scalars.append("\n")
      } else if scalar != "\n" || !wasReturn {
        scalars.append(isAllowed(scalar, inXML: false) ? scalar : "\u{FFFD}")
      }
      wasReturn = scalar == "\r"
    }
    return String(scalars)
  }

  /// Whether a character is allowed in XML, or in HTML, which allows fewer control characters.
  static func isAllowed(_ scalar: Unicode.Scalar, inXML: Bool) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: true
    case 0..<0x20, 0xFFFE, 0xFFFF: false
    case 0x7F...0x9F: inXML
    default: true
    }
  }

  /// The text on one line: trimmed, with each run of ASCII white space collapsed into a space.
  static func collapsed(_ text: String) -> String {
    let bytes = text.utf8
    var wasSpace = true
    let isTidy = bytes.allSatisfy { byte in
      let isSpace = MarkupScanner.isSpace(byte)
      defer { wasSpace = isSpace }
      return !isSpace || (byte == 0x20 && !wasSpace)
    }
    guard !isTidy || wasSpace else { return text.trimmed }
    var result: [UInt8] = []
    for byte in bytes {
      if !MarkupScanner.isSpace(byte) {
        result.append(byte)
      } else if result.last != 0x20 {
        result.append(0x20)
      }
    }
    return String(decoding: result, as: UTF8.self).trimmed
  }

  /// The names in a text, separated by commas. A comma counts even with a combining mark.
  static func names(_ text: String?) -> [String] {
    (text ?? "").unicodeScalars.split(separator: ",").map { String($0).trimmed }
      .filter { !$0.isEmpty }
  }

  /// Whether HTML and XML have words for the texts of a favourite, but for white space around its
  /// note.
  static func isExact(_ favourite: Favourite) -> Bool {
    func isAllowed(_ text: String) -> Bool { areSame(allowed(text), text) }
    return areSame(collapsed(allowed(favourite.title)), favourite.title)
      && favourite.note.map(isAllowed) ?? true && favourite.url.map(isAllowed) ?? true
      && favourite.tags.allSatisfy(isAllowed) && isAllowed(favourite.category)
  }

  /// Whether two texts are the same byte by byte; an empty text equals nil.
  static func areSame(_ first: String?, _ second: String?) -> Bool {
    (first ?? "").utf8.elementsEqual((second ?? "").utf8)
  }

  private static func isPlain(_ text: String) -> Bool {
    var before: UInt8 = 0
    var beforeThat: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case 0x09, 0x0A: break
      case 0..<0x20, 0x7F: return false
      // U+0080 to U+009F, U+FFFE and U+FFFF.
      case 0x80...0x9F where before == 0xC2: return false
      case 0xBE,
        0xBF where before == 0xBF && beforeThat == 0xEF:
        return false
      default: break
      }
      (beforeThat, before) = (before, byte)
    }
    return true
  }
}
