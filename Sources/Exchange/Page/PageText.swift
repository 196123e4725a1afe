internal import Host

/// The beginning of a page as text.
enum PageText {
  /// How much of a page in a foreign encoding is read, in bytes: as much as a pipe holds, so that nobody waits for the
  /// other.
  private static let foreignLimit = 65_536
  /// Where a page may say how it is encoded: HTML Living Standard, "prescan a byte stream".
  private static let declarationLimit = 1_024

  /// The text in UTF-8; nil where nothing here can read it.
  ///
  /// What counts is a byte order mark, then what the site says, then what the page says; then it is UTF-8 where that is
  /// what it could be, and windows-1252 where not.
  /// - Parameter charset: what the site says, in lower case.
  static func decoded(_ bytes: [UInt8], charset: String?) -> [UInt8]? {
    switch encoding(of: bytes, charset) {
    case .utf8: TextDecoder.Piece(repairing: withoutMark(bytes)).text
    case .foreign(let name, _): converted(bytes, from: name) ?? guessed(bytes)
    case .some(let encoding):
      decoded(bytes, encoding)
    case nil: guessed(bytes)
    }
  }

  private static func encoding(of bytes: [UInt8], _ charset: String?) -> TextEncoding? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8(isDeclared: true) }
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16(isBigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16(isBigEndian: true) }
    switch charset {
    case "utf-16le"?, "utf-16"?, "utf16"?: return .utf16(isBigEndian: false)
    case "utf-16be"?: return .utf16(isBigEndian: true)
    case let label?: return .labelled(label)
    case nil: break
    }
    return TextEncoding.declaredInHTML(Array(bytes.prefix(declarationLimit))).map {
      TextEncoding.labelled($0.lowercased())
    }
  }

  private static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  }

  private static func decoded(_ bytes: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
    var decoder = TextDecoder(encoding)
    return decoder.decode(bytes, isLast: true).text
  }

  private static func guessed(_ bytes: [UInt8]) -> [UInt8] {
    // The last character may have been cut.
    guard let flaw = UTF8Check.firstInvalidOffset(in: bytes), flaw < bytes.count - 3 else {
      return TextDecoder.Piece(repairing: bytes[...]).text
    }
    return decoded(bytes, .labelled("windows-1252"))
  }

  /// What the program iconv makes of it; nil where it is not there or does not know the encoding.
  private static func converted(_ bytes: [UInt8], from name: String) -> [UInt8]? {
    guard
      let iconv = try? Worker(
        ["iconv", "-c", "-f", name, "-t", "UTF-8"], input: Array(bytes.prefix(foreignLimit)))
    else { return nil }
    var text: [UInt8] = []
    while let piece = try? iconv.read(into: &text, upTo: 65_536, waiting: 10_000), piece == .bytes {
    }
    iconv.stop()
    return text.isEmpty ? nil : TextDecoder.Piece(repairing: text[...]).text
  }
}
