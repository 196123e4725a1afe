internal import Favourites

/// Reads tables of texts and lists of texts in TOML: the subset that snippet managers write.
///
/// Source: TOML 1.0.0.
struct TOMLReader {
  /// A meaningful line.
  enum Entry: Equatable, Sendable {
    /// `[[name]]` or `[name]`, in lower case.
    case table(String)
    /// A key, in lower case, with its texts; numbers, dates and booleans are texts too.
    case values(key: String, [String])
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The current position.
  var location: Location { Location(line: line) }

  /// Returns the next entry; nil at the end.
  mutating func next() throws(ExchangeError) -> Entry? {
    skip(lines: true)
    guard position < bytes.count else { return nil }
    if bytes[position] == 0x5B { return .table(try table()) }
    let key = try key()
    skip(lines: false)
    guard take(0x3D) else { throw wrong("expected '=' behind '\(key.cut(toBytes: 40))'") }
    skip(lines: false)
    return .values(key: key, try values())
  }

  private mutating func table() throws(ExchangeError) -> String {
    let start = position
    while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x5D { position += 1 }
    guard position < bytes.count, bytes[position] == 0x5D else { throw wrong("expected ']'") }
    let name = bytes[start..<position].drop { $0 == 0x5B }
    while take(0x5D) {}
    return String(decoding: name, as: UTF8.self).trimmed.lowercased()
  }

  private mutating func key() throws(ExchangeError) -> String {
    if bytes[position] == 0x22 || bytes[position] == 0x27 { return try string().lowercased() }
    let start = position
    while position < bytes.count, bytes[position] > 0x20, bytes[position] != 0x3D { position += 1 }
    guard position > start else { throw wrong("expected a key") }
    return String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
  }

  private mutating func values() throws(ExchangeError) -> [String] {
    guard take(0x5B) else { return [try value()] }
    var values: [String] = []
    while true {
      skip(lines: true)
      if take(0x5D) { return values }
      values.append(try value())
      skip(lines: true)
      if take(0x2C) { continue }
      guard take(0x5D) else { throw wrong("expected ',' or ']'") }
      return values
    }
  }

  private mutating func value() throws(ExchangeError) -> String {
    guard position < bytes.count else { throw wrong("the text ends too early") }
    if bytes[position] == 0x22 || bytes[position] == 0x27 { return try string() }
    let start = position
    while position < bytes.count, !"\n\r,]#".utf8.contains(bytes[position]) { position += 1 }
    guard position > start else { throw wrong("expected a value") }
    return String(decoding: bytes[start..<position], as: UTF8.self).trimmed
  }

  /// A string of any of the four kinds.
  private mutating func string() throws(ExchangeError) -> String {
    let quote = bytes[position]
    let opened = line
    let isLong = bytes[position...].prefix(3).elementsEqual([quote, quote, quote])
    position += isLong ? 3 : 1
    // "A newline immediately following the opening delimiter will be trimmed."
    if isLong {
      if position < bytes.count, bytes[position] == 0x0D { position += 1 }
      if take(0x0A) { line += 1 }
    }
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote, !isLong {
        position += 1
        return String(decoding: text, as: UTF8.self)
      }
      if byte == quote, bytes[position...].prefix(3).elementsEqual([quote, quote, quote]) {
        // Up to two quotes may precede the closing three.
        let run = bytes[position...].prefix(5).prefix { $0 == quote }.count
        text += Array(repeating: quote, count: run - 3)
        position += run
        return String(decoding: text, as: UTF8.self)
      }
      if byte == 0x0A {
        guard isLong else { break }
        line += 1
      }
      if byte == 0x5C, quote == 0x22 {
        try escape(&text, isLong: isLong)
      } else {
        text.append(byte)
        position += 1
      }
    }
    throw .malformed(Location(line: opened), "a quote that is never closed")
  }

  private mutating func escape(_ text: inout [UInt8], isLong: Bool) throws(ExchangeError) {
    guard position + 1 < bytes.count else { throw wrong("the text ends too early") }
    let byte = bytes[position + 1]
    position += 2
    switch byte {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "e"): text.append(0x1B)
    case 0x22, 0x5C: text.append(byte)
    case UInt8(ascii: "u"): try appendScalar(digits: 4, to: &text)
    case UInt8(ascii: "U"): try appendScalar(digits: 8, to: &text)
    case 0x20, 0x09, 0x0A, 0x0D:
      // A backslash at the end of a line joins it with the next one.
      guard isLong else { throw wrong("a backslash before a space") }
      position -= 1
      while position < bytes.count, bytes[position] <= 0x20 {
        if bytes[position] == 0x0A { line += 1 }
        position += 1
      }
    default: throw wrong("an unneeded backslash")
    }
  }

  private mutating func appendScalar(
    digits: Int, to text: inout [UInt8]
  ) throws(ExchangeError) {
    guard position + digits <= bytes.count,
      let value = UInt32(
        String(decoding: bytes[position..<(position + digits)], as: UTF8.self), radix: 16),
      value > 0, let scalar = Unicode.Scalar(value)
    else { throw wrong("not a character code") }
    text += String(scalar).utf8
    position += digits
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Skips white space and comments.
  private mutating func skip(lines: Bool) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0D: position += 1
      case 0x23 where lines:
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      case 0x0A where lines:
        position += 1
        line += 1
      default: return
      }
    }
  }

  private func wrong(_ reason: String) -> ExchangeError {
    .malformed(Location(line: line), reason)
  }
}
