internal import Favourites

extension MarkupScanner {
  /// The longest name of a character, and the most digits of one, in bytes.
  private static let longestReference = 32

  /// Reads what stands behind a `&`, and appends the character that it stands for; of HTML, the text as it is
  /// where it stands for none.
  func appendReference(
    to bytes: inout [UInt8], inAttribute: Bool, _ input: inout ForeignFile
  ) throws(ExchangeError) {
    if try input.peek() == UInt8(ascii: "#") {
      _ = try input.next()
      return try appendNumber(to: &bytes, &input)
    }
    let name = try word(&input)
    let isEnded = try input.peek() == UInt8(ascii: ";")
    if isXML {
      guard isEnded, let character = Self.predefined(name) else {
        throw wrong("'&' that stands for no character of XML")
      }
      _ = try input.next()
      return bytes.append(character)
    }
    // Without a semicolon, `&copy=1` in an address is not meant to be a copyright sign.
    guard isEnded || (!inAttribute && Self.predefined(name) != nil),
      let character = NamedCharacters.all[name]
    else {
      bytes.append(UInt8(ascii: "&"))
      bytes += name
      return
    }
    if isEnded { _ = try input.next() }
    bytes += Array(String(character).utf8)
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
    var digits = try word(&input)
    let isEnded = try input.peek() == UInt8(ascii: ";")
    let isHexadecimal = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    let written = digits
    if isHexadecimal { digits.removeFirst() }
    let number = Int(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10)
    guard !digits.isEmpty, digits.first != UInt8(ascii: "+"), let number else {
      guard !isXML else { throw wrong("'&#' that stands for no character of XML") }
      bytes += "&#".utf8
      bytes += written
      return
    }
    if isEnded { _ = try input.next() }
    bytes += Array(String(try character(number, isEnded: isEnded)).utf8)
  }

  private func character(_ number: Int, isEnded: Bool) throws(ExchangeError) -> Character {
    let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init)
    if isXML {
      guard isEnded, let scalar, NativeText.isAllowed(scalar, inXML: true) else {
        throw wrong("'&#' that stands for no character of XML")
      }
      return Character(scalar)
    }
    if (0x80...0x9F).contains(number) { return NamedCharacters.windows[number - 0x80] }
    guard let scalar, number != 0 else { return "\u{FFFD}" }
    return Character(scalar)
  }
}
