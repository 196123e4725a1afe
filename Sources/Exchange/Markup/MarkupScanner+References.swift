internal import Favourites

extension MarkupScanner {
  /// The longest name of a character, and the most digits of one, in bytes.
  private static let longestReference = 32

  /// Reads what stands behind a `&`, and appends the character that it stands for, or the text as it is where it
  /// stands for none. XML that would have to be refused for it is read as HTML is, since many programs write such.
  func appendReference(
    to bytes: inout [UInt8], inAttribute: Bool, _ input: inout ForeignFile
  ) throws(ExchangeError) {
    if try input.peek() == UInt8(ascii: "#") {
      _ = try input.next()
      return try appendNumber(to: &bytes, &input)
    }
    let place = input.place
    let name = try word(&input)
    let isEnded = try input.peek() == UInt8(ascii: ";")
    if isEnded, let character = Self.predefined(name) {
      _ = try input.next()
      return bytes.append(character)
    }
    if isXML { noteReference(to: &input, at: place) }
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

  /// Says of XML that it is not quite right, and was read as browsers read HTML.
  private func noteReference(to input: inout ForeignFile, at place: Place) {
    input.note(
      "a bare '&' or an unknown entity, read as in HTML", at: place,
      isLoss: false)
  }

  /// What a name without its semicolon stands for, which may be the beginning of a word; nil for nothing.
  ///
  /// In an attribute it is none where a word goes on or `=` follows, "for historical reasons" of HTML; here also
  /// where anything else of an address does: `&copy=1` and `&reg_id=1` are not meant to be signs.
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

  /// The five that XML knows without being told (4.6).
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

  /// Reads what stands behind a `&#`.
  private func appendNumber(
    to bytes: inout [UInt8], _ input: inout ForeignFile
  ) throws(ExchangeError) {
    let place = input.place
    var digits = try word(&input)
    let isEnded = try input.peek() == UInt8(ascii: ";")
    let isHexadecimal = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    let written = digits
    if isHexadecimal { digits.removeFirst() }
    let number = Int(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10)
    guard !digits.isEmpty, digits.first != UInt8(ascii: "+"), let number else {
      if isXML {
        guard digits.allSatisfy({ !$0.isASCIIDigit }), !isEnded else {
          throw .malformed(place, "'&#' with a code that is not an XML character")
        }
        noteReference(to: &input, at: place)
      }
      bytes += "&#".utf8
      bytes += written
      return
    }
    if isEnded { _ = try input.next() }
    guard let character = character(number, isEnded: isEnded) else {
      throw .malformed(place, "'&#' with a code that is not an XML character")
    }
    bytes += Array(String(character).utf8)
  }

  /// The character of a number; nil where XML has none for it.
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
