internal import Favourites

/// Removes Markdown syntax from text: escapes, entities, and emphasis of a whole title.
///
/// Source: CommonMark 0.31, 2.4 "Backslash escapes" and 2.5 "Entity and numeric character
/// references".
enum MarkdownText {
  /// "Any ASCII punctuation character may be backslash-escaped."
  static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// The text without escapes and entities; all other syntax is kept.
  static func plain(_ bytes: some Collection<UInt8>) -> String { text(bytes, escapes: true) }

  /// The text without entities, where backslashes are literal.
  static func entities(_ bytes: some Collection<UInt8>) -> String { text(bytes, escapes: false) }

  private static func text(_ bytes: some Collection<UInt8>, escapes: Bool) -> String {
    let bytes = Array(bytes)
    guard bytes.contains(where: { $0 == 0x5C || $0 == 0x26 }) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if escapes, byte == 0x5C, index + 1 < bytes.count, isPunctuation(bytes[index + 1]) {
        plain.append(bytes[index + 1])
        index += 2
      } else if byte == 0x26, let (scalar, length) = entity(bytes[index...]) {
        plain += String(scalar).utf8
        index += length
      } else {
        plain.append(byte)
        index += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// The text of a link, without emphasis of the whole, and with the alternative text of an image.
  static func title(_ bytes: ArraySlice<UInt8>) -> String {
    var text = bytes
    for mark: StaticString in ["**", "__", "*", "_", "`"] {
      let size = mark.utf8CodeUnitCount
      let isAround = mark.withUTF8Buffer { mark in
        unsafe text.count > 2 * size && text.starts(with: mark)
          && text.suffix(size).elementsEqual(mark)
          && text[text.endIndex - size - 1] != 0x5C
      }
      if isAround { text = text.dropFirst(size).dropLast(size) }
    }
    if text.starts(with: "![".utf8), let end = text.firstIndex(of: 0x5D) {
      text = text[(text.startIndex + 2)..<end]
    }
    return plain(text).trimmed
  }

  /// The character for an entity at the beginning, and the entity's length in bytes.
  private static func entity(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
    guard let end = bytes.prefix(12).firstIndex(of: 0x3B) else { return nil }
    let name = String(decoding: bytes[(bytes.startIndex + 1)..<end], as: UTF8.self)
    let length = end + 1 - bytes.startIndex
    switch name {
    case "amp": return ("&", length)
    case "lt": return ("<", length)
    case "gt": return (">", length)
    case "quot": return ("\"", length)
    case "apos": return ("'", length)
    case "nbsp": return ("\u{A0}", length)
    default: break
    }
    guard name.utf8.first == 0x23 else { return nil }
    let digits = name.dropFirst()
    let isHexadecimal = digits.utf8.first == 0x78 || digits.utf8.first == 0x58
    let value =
      isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    guard let value, value > 0, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }
}
