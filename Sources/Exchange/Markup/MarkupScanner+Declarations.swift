internal import Favourites

extension MarkupScanner {
  /// How much of a comment to return, in bytes.
  private static let longestComment = 256

  /// Reads the rest of a declaration after `<!`; nil if it is to be ignored.
  func declaration(_ input: inout ForeignFile) throws(ExchangeError) -> MarkupToken? {
    switch try input.peek() {
    case UInt8(ascii: "-"):
      _ = try input.next()
      if try input.peek() == UInt8(ascii: "-") {
        _ = try input.next()
        return try comment(&input)
      }
    case UInt8(ascii: "["):
      _ = try input.next()
      if try readWord("CDATA[", &input) { return try literal(&input) }
    default:
      if isXML {
        guard try readWord("DOCTYPE", &input) else { break }
        try skipDocumentType(&input)
        return nil
      }
    }
    guard !isXML else { throw wrong("unknown '<!'") }
    try skip(past: UInt8(ascii: ">"), inside: "a declaration", &input)
    return nil
  }

  /// Skips a `<?…`: in XML up to `?>`, in HTML up to `>`.
  func skipInstruction(_ input: inout ForeignFile) throws(ExchangeError) {
    _ = try input.next()
    var last: UInt8 = 0
    while let byte = try input.next() {
      if byte == UInt8(ascii: ">"), !isXML || last == UInt8(ascii: "?") { return }
      last = byte
    }
    throw cut(inside: "an instruction")
  }

  private func comment(_ input: inout ForeignFile) throws(ExchangeError) -> MarkupToken {
    var bytes: [UInt8] = []
    // In HTML, `<!-->` is a complete comment.
    var dashes = isXML ? 0 : 2
    while let byte = try input.next() {
      if byte == UInt8(ascii: ">"), dashes >= 2 {
        return .comment(String(decoding: bytes, as: UTF8.self))
      }
      // "For compatibility, the string "--" (double-hyphen) MUST NOT occur within comments." (XML,
      // 2.5)
      guard !isXML || dashes < 2 else { throw wrong("'--' inside a comment") }
      dashes = byte == UInt8(ascii: "-") ? dashes + 1 : 0
      if bytes.count < Self.longestComment { bytes.append(byte) }
    }
    throw cut(inside: "a comment")
  }

  /// Reads the rest of a section after `<![CDATA[`.
  private func literal(_ input: inout ForeignFile) throws(ExchangeError) -> MarkupToken {
    var bytes: [UInt8] = []
    while let byte = try input.peek() {
      if byte == UInt8(ascii: ">"), bytes.suffix(2).elementsEqual("]]".utf8) {
        _ = try input.next()
        return .text(Array(bytes.dropLast(2)))
      }
      if isXML { try checkCharacter(byte) }
      try appendByte(to: &bytes, &input)
      guard bytes.count <= limit else { throw wrong("a text of more than \(limit) bytes") }
    }
    throw cut(inside: "a text")
  }

  /// Skips a document type. Its declarations are ignored, and nothing that it refers to is loaded.
  /// Throws if it declares entities, since these can expand to gigabytes.
  private func skipDocumentType(_ input: inout ForeignFile) throws(ExchangeError) {
    var isInside = false
    while let byte = try input.next() {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        try skip(past: byte, inside: "a declaration", &input)
      case UInt8(ascii: "["): isInside = true
      case UInt8(ascii: "]"): isInside = false
      case UInt8(ascii: "%") where isInside: throw wrong("a reference to an entity in the DOCTYPE")
      case UInt8(ascii: "<") where isInside: try skipDeclaration(&input)
      case UInt8(ascii: ">") where !isInside: return
      default: continue
      }
    }
    throw cut(inside: "a declaration")
  }

  private func skipDeclaration(_ input: inout ForeignFile) throws(ExchangeError) {
    if try input.peek() == UInt8(ascii: "?") { return try skipInstruction(&input) }
    guard try input.next() == UInt8(ascii: "!") else { throw wrong("'<' in the DOCTYPE") }
    if try input.peek() == UInt8(ascii: "-") {
      _ = try declaration(&input)
      return
    }
    if try readWord("ENTITY", &input) {
      throw wrong("the DOCTYPE declares entities, which favs does not read")
    }
    while let byte = try input.next() {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        try skip(past: byte, inside: "a declaration", &input)
      case UInt8(ascii: ">"): return
      default: continue
      }
    }
    throw cut(inside: "a declaration")
  }

  /// Reads a word as far as it matches; returns whether all of it does.
  private func readWord(
    _ word: String, _ input: inout ForeignFile
  ) throws(ExchangeError) -> Bool {
    for byte in word.utf8 {
      guard try input.peek() == byte else { return false }
      _ = try input.next()
    }
    return true
  }
}
