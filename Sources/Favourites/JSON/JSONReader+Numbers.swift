extension JSONReader {
  /// Reads a number; one beyond the range of a double is an error, one too small is zero.
  package mutating func readNumber() throws(JSONError) -> JSONNumber {
    _ = skipSpace()
    let start = position
    let text = try readNumberText()
    // `-0` is 0.
    if let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else {
      throw error("a number out of range", at: start)
    }
    return .double(value)
  }

  /// Reads a number as spelled, whatever its range.
  package mutating func readNumberText() throws(JSONError) -> String {
    let start = try skipNumber()
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Skips a number, and returns where it began.
  mutating func skipNumber() throws(JSONError) -> Int {
    let first = skipSpace()
    let start = position
    if first == 0x2D { position += 1 }
    guard position < end, isDigit(bytes[position]) else { throw error("expected a number") }
    // "Leading zeros are not allowed." (RFC 8259, 6)
    if bytes[position] == 0x30, position + 1 < end, isDigit(bytes[position + 1]) {
      throw error("a leading zero")
    }
    while position < end, isDigit(bytes[position]) { position += 1 }
    try skipFraction()
    try skipExponent()
    return start
  }

  /// Reads a whole number of 64 bits; `1e3` and `5.0` are whole too.
  package mutating func readInteger() throws(JSONError) -> Int64 {
    _ = skipSpace()
    let start = position
    guard let value = try readNumber().integer else {
      throw error("expected a whole number", at: start)
    }
    return value
  }

  /// Reads a number as the nearest double.
  package mutating func readDouble() throws(JSONError) -> Double {
    try readNumber().double
  }

  private mutating func skipFraction() throws(JSONError) {
    guard position < end, bytes[position] == 0x2E else { return }
    position += 1
    try skipDigits()
  }

  private mutating func skipExponent() throws(JSONError) {
    guard position < end, bytes[position] | 0x20 == 0x65 else { return }
    position += 1
    if position < end, bytes[position] == 0x2B || bytes[position] == 0x2D { position += 1 }
    try skipDigits()
  }

  private mutating func skipDigits() throws(JSONError) {
    guard position < end, isDigit(bytes[position]) else { throw error("expected a digit") }
    while position < end, isDigit(bytes[position]) { position += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
