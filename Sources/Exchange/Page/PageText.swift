internal import Host

/// Decodes the beginning of a web page.
enum PageText {
  /// How much of a page in a foreign encoding to convert, in bytes: as much as fits into a pipe, so
  /// that neither process blocks the other.
  private static let foreignLimit = 65_536
  /// How far into a page its encoding may be declared: HTML Living Standard, "prescan a byte
  /// stream".
  private static let declarationLimit = 1_024

  /// The text in UTF-8; nil if it cannot be decoded.
  ///
  /// A byte order mark has priority, then the declaration of the site, then that of the page;
  /// otherwise the encoding is UTF-8 if the text is valid, and windows-1252 if not.
  /// - Parameter charset: the encoding declared by the site, in lower case.
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
    // The last character may be incomplete.
    guard let flaw = UTF8Check.firstInvalidOffset(in: bytes), flaw < bytes.count - 3 else {
      return TextDecoder.Piece(repairing: bytes[...]).text
    }
    return decoded(bytes, .labelled("windows-1252"))
  }

  /// The text converted by iconv; nil if that is not installed or does not know the encoding.
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
