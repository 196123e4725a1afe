internal import Favourites

extension MarkupScanner {
  /// The longest name or number in a character reference, in bytes.
  private static let longestReference = 32

  /// Reads the rest of a reference after `&`, and appends its character, or the text itself if it
  /// is not a reference. Reads invalid XML as HTML rather than rejecting it, since many programs
  /// write it.
  func appendReference(
    to bytes: inout [UInt8], inAttribute: Bool, _ input: inout ForeignFile
  ) throws(ExchangeError) {
    if try input.peek() == UInt8(ascii: "#") {
      _ = try input.next()
      return try appendNumber(to: &bytes, &input)
    }
    let location = input.location
    let name = try word(&input)
    let isEnded = try input.peek() == UInt8(ascii: ";")
    if isEnded, let character = Self.predefined(name) {
      _ = try input.next()
      return bytes.append(character)
    }
    if isXML { noteReference(to: &input, at: location) }
    if isEnded, let text = NamedCharacters.all[name] {
      _ = try input.next()
      bytes += text.utf8
    } else if let known = try knownBeginning(of: name, inAttribute: inAttribute, &input) {
      bytes += known
    } else {
      bytes.append(UInt8(ascii: "&"))
      bytes += name
    }
  }

  /// Records a remark that the XML is not quite valid, and was read as HTML.
  private func noteReference(to input: inout ForeignFile, at location: Location) {
    input.note(
      "a bare '&' or an unknown entity, read as in HTML", at: location,
      isLoss: false)
  }

  /// The character for a name without a semicolon, which may be the beginning of a word; nil if
  /// there is none.
  ///
  /// In an attribute it is not a reference if a letter or digit or `=` follows, "for historical
  /// reasons" of HTML; here, nor if any other character of a URL does: `&copy=1` and `&reg_id=1`
  /// are not meant as symbols.
  private func knownBeginning(
    of name: [UInt8], inAttribute: Bool, _ input: inout ForeignFile
  ) throws(ExchangeError) -> [UInt8]? {
    var length = name.count
    if inAttribute {
      let isEnd = try input.peek().map { Self.isSpace($0) || $0 == 0x22 || $0 == 0x27 } ?? false
      guard isEnd, NamedCharacters.withoutSemicolon.contains(name) else { return nil }
    } else {
      while length > 0, !NamedCharacters.withoutSemicolon.contains(Array(name[..<length])) {
        length -= 1
      }
    }
    guard length > 0, let text = NamedCharacters.all[Array(name[..<length])] else { return nil }
    return Array(text.utf8) + name[length...]
  }

  /// The five entities that are predefined in XML (4.6).
  private static func predefined(_ name: [UInt8]) -> UInt8? {
    switch String(decoding: name, as: UTF8.self) {
    case "amp": UInt8(ascii: "&")
    case "lt": UInt8(ascii: "<")
    case "gt": UInt8(ascii: ">")
    case "quot": UInt8(ascii: "\"")
    case "apos": UInt8(ascii: "'")
    default: nil
    }
  }

  private func word(_ input: inout ForeignFile) throws(ExchangeError) -> [UInt8] {
    var word: [UInt8] = []
    while let byte = try input.peek(), word.count < Self.longestReference,
      Self.isLetter(byte) || (0x30...0x39).contains(byte)
    {
      _ = try input.next()
      word.append(byte)
    }
    return word
  }

  /// Reads the rest of a reference after `&#`.
  private func appendNumber(
    to bytes: inout [UInt8], _ input: inout ForeignFile
  ) throws(ExchangeError) {
    let location = input.location
    var digits = try word(&input)
    let isEnded = try input.peek() == UInt8(ascii: ";")
    let isHexadecimal = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    let written = digits
    if isHexadecimal { digits.removeFirst() }
    let number = Int(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10)
    guard !digits.isEmpty, digits.first != UInt8(ascii: "+"), let number else {
      if isXML {
        guard digits.allSatisfy({ !$0.isASCIIDigit }), !isEnded else {
          throw .malformed(location, "'&#' with a code that is not an XML character")
        }
        noteReference(to: &input, at: location)
      }
      bytes += "&#".utf8
      bytes += written
      return
    }
    if isEnded { _ = try input.next() }
    guard let character = character(number, isEnded: isEnded) else {
      throw .malformed(location, "'&#' with a code that is not an XML character")
    }
    bytes += Array(String(character).utf8)
  }

  /// The character with a number; nil if XML does not allow it.
  private func character(_ number: Int, isEnded: Bool) -> Character? {
    let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init)
    if isXML {
      guard isEnded, let scalar, NativeText.isAllowed(scalar, inXML: true) else { return nil }
      return Character(scalar)
    }
    if (0x80...0x9F).contains(number) { return NamedCharacters.windows[number - 0x80] }
    guard let scalar, number != 0 else { return "\u{FFFD}" }
    return Character(scalar)
  }
}
