/// The character encoding of a file.
enum TextEncoding: Equatable, Sendable {
  /// UTF-8. Records whether the file declares it.
  case utf8(isDeclared: Bool)
  case utf16(isBigEndian: Bool)
  case utf32(isBigEndian: Bool)
  /// One byte per character, with the characters from 0x80 on.
  case singleByte([UInt16])
  /// An encoding that iconv converts; with the names that iconv and the file use.
  case foreign(iconv: String, name: String)

  /// The encoding of a text that begins with the given bytes.
  ///
  /// A byte order mark has priority, followed by a declaration in HTML or XML. A declaration of
  /// UTF-16 is ignored if it is readable byte by byte.
  ///
  /// Sources: HTML Living Standard, "Determining the character encoding"; XML 1.0, F "Autodetection
  /// of Character Encodings"; RFC 4627, 3, of which the pattern of NULs is.
  static func of(_ bytes: [UInt8]) -> TextEncoding {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8(isDeclared: true) }
    if let unicode = unicode(bytes) { return unicode }
    let sniff = Sniff(Array(bytes.prefix(4_096)), path: nil)
    // "JSON text exchanged between systems […] MUST be encoded using UTF-8" (RFC 8259, 8.1).
    if sniff.json != nil { return .utf8(isDeclared: true) }
    guard let root = sniff.rootElement else { return .utf8(isDeclared: false) }
    if let label = declaredInXML(sniff) { return labelled(label) }
    let isXML = sniff.begins(with: "<?xml") || xmlRoots.contains(root)
    if !isXML, let label = declaredInHTML(Array(sniff.text.prefix(1_024))) {
      return labelled(label)
    }
    return .utf8(isDeclared: isXML)
  }

  /// The root elements of the XML formats that favs reads, since many files have no declaration.
  private static let xmlRoots: Set<String> = [
    "opml", "xbel", "rss", "rdf:rdf", "feed", "posts", "plist", "gpx", "kml", "favs",
  ]

  /// UTF-16 and UTF-32, detected by a byte order mark, or by the NULs around ASCII letters.
  private static func unicode(_ bytes: [UInt8]) -> TextEncoding? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32(isBigEndian: false) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32(isBigEndian: true) }
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16(isBigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16(isBigEndian: true) }
    // In any of these formats, the file begins with ASCII letters.
    let beginning = Array(bytes.prefix(8))
    guard beginning.count >= 4, beginning.count % 2 == 0 else { return nil }
    func isText(from start: Int, by step: Int) -> Bool {
      stride(from: start, to: beginning.count, by: step).allSatisfy { index in
        let byte = beginning[index]
        return byte == 0x09 || byte == 0x0A || byte == 0x0D || (0x20..<0x7F).contains(byte)
      }
    }
    func isZero(from start: Int) -> Bool {
      stride(from: start, to: beginning.count, by: 2).allSatisfy { beginning[$0] == 0 }
    }
    if isText(from: 0, by: 2), isZero(from: 1) { return .utf16(isBigEndian: false) }
    if isText(from: 1, by: 2), isZero(from: 0) { return .utf16(isBigEndian: true) }
    return nil
  }

  /// The encoding declared by `<?xml … encoding="…"?>`.
  private static func declaredInXML(_ sniff: Sniff) -> String? {
    guard sniff.begins(with: "<?xml") else { return nil }
    let declaration = sniff.text.prefix { $0 != UInt8(ascii: ">") }
    return value(of: "encoding", in: declaration)
  }

  /// The encoding declared by a `<meta>` near the beginning, as `charset` or within `content`.
  static func declaredInHTML(_ text: [UInt8]) -> String? {
    var rest = text[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[(start + 1)...]
      if rest.starts(with: "!--".utf8) {
        while !rest.isEmpty, !rest.starts(with: "-->".utf8) { rest = rest.dropFirst() }
      } else if rest.starts(with: "meta".utf8), let next = rest.dropFirst(4).first,
        MarkupScanner.endsName(next),
        let label = value(of: "charset", in: rest.prefix { $0 != UInt8(ascii: ">") })
      {
        return label
      }
    }
    return nil
  }

  /// The value after a name and `=`, with or without quotes.
  private static func value(of name: String, in text: ArraySlice<UInt8>) -> String? {
    let name = Array(name.utf8)
    var rest = text
    while !rest.isEmpty {
      guard rest.starts(with: name) else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(name.count).drop(while: MarkupScanner.isSpace)
      guard rest.first == UInt8(ascii: "=") else { continue }
      rest = rest.dropFirst().drop(while: MarkupScanner.isSpace)
      if rest.first == 0x22 || rest.first == 0x27 { rest = rest.dropFirst() }
      let value = rest.prefix { isPartOfLabel($0) }
      return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
    }
    return nil
  }

  private static func isPartOfLabel(_ byte: UInt8) -> Bool {
    MarkupScanner.isLetter(byte) || (0x30...0x39).contains(byte) || "-_.:+()".utf8.contains(byte)
  }
}
