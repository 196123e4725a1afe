internal import Favourites

/// What stands in one column of one row.
enum TableCell: Equatable, Sendable {
  case text(String)
  /// What is a text and nothing else, whatever it looks like.
  case word(String)
  /// Several texts.
  case list([String])

  /// A cell of a file: what Excel was told to take for a text by writing `="…"` is unwrapped.
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

  /// All of it as one text.
  var text: String {
    switch self {
    case .text(let text), .word(let text): text
    case .list(let texts): texts.joined(separator: ", ")
    }
  }

  /// Whether a text is a link that could stand alone.
  static func isLink(_ text: String) -> Bool {
    let text = text.trimmed
    return Draft.looksLikeURL(text) || text.hasASCIIPrefix("www.")
  }

  /// Whether a text is the link of a page.
  static func isWebLink(_ text: String) -> Bool {
    let text = text.trimmed
    return ["http://", "https://", "www."].contains { text.hasASCIIPrefix($0) }
  }

  /// Whether a text is the link of a picture.
  static func isPicture(_ text: String) -> Bool {
    let path = text.trimmed.lowercased().utf8.prefix { $0 != 0x3F && $0 != 0x23 }
    return [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".ico"].contains {
      path.suffix($0.utf8.count).elementsEqual($0.utf8)
    }
  }

  /// Whether a text is a number, or begins with one as a date does.
  static func isNumber(_ text: String) -> Bool {
    guard let first = text.trimmed.utf8.first else { return false }
    return (0x30...0x39).contains(first)
  }
}
