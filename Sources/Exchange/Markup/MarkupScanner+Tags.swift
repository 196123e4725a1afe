internal import Favourites

extension MarkupScanner {
  /// The longest name of an element or an attribute, in bytes.
  private static let longestName = 1_024

  /// Reads a tag, starting at its name.
  func tag(_ input: inout ForeignFile) throws(ExchangeError) -> MarkupTag {
    var tag = MarkupTag(name: try name(&input, endingAlsoWith: nil))
    var size = 0
    while true {
      let hasSpace = try skipSpace(&input)
      guard let byte = try input.peek() else { throw cut(inside: "a tag") }
      switch byte {
      case UInt8(ascii: ">"):
        _ = try input.next()
        return tag
      case UInt8(ascii: "/"):
        _ = try input.next()
        tag.isEmpty = try input.peek() == UInt8(ascii: ">")
        guard !isXML || tag.isEmpty else { throw wrong("'/' inside a tag") }
      default:
        guard !isXML || hasSpace else { throw wrong("no space before an attribute") }
        try readAttribute(of: &tag, size: &size, &input)
      }
    }
  }

  /// Reads an end tag, starting at its name; nil if HTML treats it as a comment.
  func endTag(_ input: inout ForeignFile) throws(ExchangeError) -> MarkupToken? {
    guard let byte = try input.peek() else { throw cut(inside: "a tag") }
    guard isXML ? Self.isNameStart(byte) : Self.isLetter(byte) else {
      guard !isXML else { throw wrong("'</' that starts no tag") }
      try skip(past: UInt8(ascii: ">"), inside: "a tag", &input)
      return nil
    }
    let name = try name(&input, endingAlsoWith: nil)
    while let byte = try input.next() {
      if byte == UInt8(ascii: ">") { return .end(name) }
      guard !isXML || Self.isSpace(byte) else { throw wrong("more than a name in an end tag") }
    }
    throw cut(inside: "a tag")
  }

  /// Skips everything up to and including a byte.
  func skip(
    past end: UInt8, inside what: String, _ input: inout ForeignFile
  ) throws(ExchangeError) {
    while let byte = try input.next() { if byte == end { return } }
    throw cut(inside: what)
  }

  /// Skips white space; returns whether there was any.
  func skipSpace(_ input: inout ForeignFile) throws(ExchangeError) -> Bool {
    var isAny = false
    while let byte = try input.peek(), Self.isSpace(byte) {
      _ = try input.next()
      isAny = true
    }
    return isAny
  }

  private func name(
    _ input: inout ForeignFile, endingAlsoWith end: UInt8?
  ) throws(ExchangeError) -> String {
    var bytes: [UInt8] = []
    while let byte = try input.peek(), !Self.endsName(byte), bytes.isEmpty || byte != end {
      _ = try input.next()
      if isXML {
        guard !#"<&'"="#.utf8.contains(byte) else { throw wrong("a name that is none") }
        try checkCharacter(byte)
      }
      bytes.append(!isXML && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
      guard bytes.count <= Self.longestName else {
        throw wrong("a name of more than \(Self.longestName) bytes")
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func readAttribute(
    of tag: inout MarkupTag, size: inout Int, _ input: inout ForeignFile
  ) throws(ExchangeError) {
    let name = try name(&input, endingAlsoWith: UInt8(ascii: "="))
    _ = try skipSpace(&input)
    var value: [UInt8] = []
    if try input.peek() == UInt8(ascii: "=") {
      _ = try input.next()
      _ = try skipSpace(&input)
      try readValue(&value, isKept: !ignored.contains(name), limit: limit - size, &input)
    } else if isXML {
      throw wrong("an attribute without a value")
    }
    guard !ignored.contains(name) else { return }
    size += value.count
    guard tag.attributes.count < Self.mostAttributes else {
      throw wrong("a tag with more than \(Self.mostAttributes) attributes")
    }
    // "An attribute name MUST NOT appear more than once in the same start-tag" (XML, 3.1); in HTML,
    // the first one counts.
    guard !isXML || tag[name] == nil else { throw wrong("a repeated attribute") }
    tag.attributes.append(
      MarkupTag.Attribute(name: name, value: String(decoding: value, as: UTF8.self)))
  }

  private func readValue(
    _ value: inout [UInt8], isKept: Bool, limit: Int, _ input: inout ForeignFile
  ) throws(ExchangeError) {
    let first = try input.peek()
    let quote = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") ? first : nil
    if quote != nil {
      _ = try input.next()
    } else if isXML {
      throw wrong("an attribute without quotes")
    }
    while let byte = try input.peek() {
      if let quote {
        if byte == quote {
          _ = try input.next()
          return
        }
      } else if Self.isSpace(byte) || byte == UInt8(ascii: ">") {
        return
      }
      if byte == UInt8(ascii: "&") {
        _ = try input.next()
        try appendReference(to: &value, inAttribute: true, &input)
      } else {
        try appendValue(byte, to: &value, &input)
      }
      if !isKept { value.removeAll(keepingCapacity: true) }
      guard value.count <= limit else { throw wrong("attributes of more than \(self.limit) bytes") }
    }
    throw cut(inside: "a tag")
  }

  /// "For a white space character (#x20, #xD, #xA, #x9), append a space character (#x20) to the
  /// normalized value" (XML, 3.3.3); in HTML, line breaks are kept.
  private func appendValue(
    _ byte: UInt8, to value: inout [UInt8], _ input: inout ForeignFile
  ) throws(ExchangeError) {
    guard isXML else { return try appendByte(to: &value, &input) }
    guard byte != UInt8(ascii: "<") else { throw wrong("'<' in an attribute") }
    try checkCharacter(byte)
    try appendByte(to: &value, &input)
    if let last = value.last, last < 0x20 { value[value.count - 1] = 0x20 }
  }
}
