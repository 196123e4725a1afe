internal import Favourites

/// The contents of a cell.
enum TableCell: Equatable, Sendable {
  case text(String)
  /// A text that is never a number or a date, whatever it looks like.
  case word(String)
  /// Several texts.
  case list([String])

  /// Parses a cell of a file; unwraps `="…"`, which forces Excel to treat a cell as text.
  init(_ text: String) {
    let bytes = text.utf8
    guard bytes.count >= 3, bytes.first == UInt8(ascii: "="), bytes.last == 0x22,
      bytes.dropFirst().first == 0x22
    else {
      self = .text(text)
      return
    }
    var inner: [UInt8] = []
    var isDoubled = false
    for byte in bytes.dropFirst(2).dropLast() {
      if byte == 0x22, isDoubled {
        isDoubled = false
        continue
      }
      isDoubled = byte == 0x22
      inner.append(byte)
    }
    self = .word(String(decoding: inner, as: UTF8.self))
  }

  var isEmpty: Bool {
    switch self {
    case .text(let text), .word(let text): text.isEmpty
    case .list(let texts): texts.isEmpty
    }
  }

  /// The whole contents as one text.
  var text: String {
    switch self {
    case .text(let text), .word(let text): text
    case .list(let texts): texts.joined(separator: ", ")
    }
  }

  /// Whether a text is a URL that can stand alone.
  static func isLink(_ text: String) -> Bool {
    WrittenLink.isLink(text.trimmed)
  }

  /// Whether a text is the URL of a web page.
  static func isWebLink(_ text: String) -> Bool {
    let text = text.trimmed
    return ["http://", "https://", "www."].contains { text.hasASCIIPrefix($0) }
  }

  /// Whether a text is the URL of an image.
  static func isPicture(_ text: String) -> Bool {
    let path = text.trimmed.lowercased().utf8.prefix { $0 != 0x3F && $0 != 0x23 }
    return [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".ico"].contains {
      path.suffix($0.utf8.count).elementsEqual($0.utf8)
    }
  }

  /// Whether a text is a number, or begins with one, as dates do.
  static func isNumber(_ text: String) -> Bool {
    guard let first = text.trimmed.utf8.first else { return false }
    return (0x30...0x39).contains(first)
  }
}
