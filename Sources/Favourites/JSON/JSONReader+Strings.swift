extension JSONReader {
  /// Reads the string whose opening quote is the next byte.
  mutating func readQuoted() throws(JSONError) -> String {
    let start = position + 1
    let (stop, isASCII) = endOfRun(from: start)
    guard stop < end, bytes[stop] == 0x22 else { return try readEscaped(from: start, to: stop) }
    if isASCII {
      position = stop + 1
      // Many times faster than the validating initialiser, and ASCII needs no repair.
      return String(decoding: bytes[start..<stop], as: UTF8.self)
    }
    guard let text = String(validating: bytes[start..<stop], as: UTF8.self) else {
      throw invalid(start, stop)
    }
    position = stop + 1
    return text
  }

  /// The first quote, backslash or control character from `start`, or the end; and whether
  /// everything before it is ASCII.
  private func endOfRun(from start: Int) -> (stop: Int, isASCII: Bool) {
    var offset = start
    var bits: UInt8 = 0
    while offset < end {
      let byte = bytes[offset]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
      bits |= byte
      offset += 1
    }
    return (offset, bits < 0x80)
  }

  /// Reads a string with escapes: its first run, up to `stop`, contains none.
  private mutating func readEscaped(
    from start: Int, to stop: Int
  ) throws(JSONError) -> String {
    var decoded: [UInt8] = []
    var runStart = start
    var offset = stop
    while true {
      // Each run is checked separately, so that an error has a place in the text. No character can
      // span two runs: a run ends at an ASCII byte.
      let run = bytes[runStart..<offset]
      guard String(validating: run, as: UTF8.self) != nil else { throw invalid(runStart, offset) }
      decoded.append(contentsOf: run)
      position = offset
      guard offset < end else { throw error("expected '\"'") }
      if bytes[offset] == 0x22 { break }
      guard bytes[offset] == 0x5C else { throw error("an unescaped control character") }
      try decodeEscape(into: &decoded)
      runStart = position
      offset = endOfRun(from: runStart).stop
    }
    position += 1
    guard let text = String(validating: decoded, as: UTF8.self) else {
      preconditionFailure("checked runs and decoded escapes are UTF-8")
    }
    return text
  }

  /// Decodes the escape whose backslash is the next byte.
  private mutating func decodeEscape(into decoded: inout [UInt8]) throws(JSONError) {
    let escape = position
    position += 1
    guard position < end else { throw error("expected an escape") }
    switch bytes[position] {
    case 0x22, 0x5C, 0x2F: decoded.append(bytes[position])
    case 0x62: decoded.append(0x08)
    case 0x66: decoded.append(0x0C)
    case 0x6E: decoded.append(0x0A)
    case 0x72: decoded.append(0x0D)
    case 0x74: decoded.append(0x09)
    case 0x75:
      position += 1
      let scalar = try readScalar(of: escape)
      decoded.append(contentsOf: Character(scalar).utf8)
      return
    default: throw error("an unknown escape", at: escape)
    }
    position += 1
  }

  /// Reads the character of a `\u` escape, or of two that form a surrogate pair (RFC 8259, 7).
  private mutating func readScalar(of escape: Int) throws(JSONError) -> Unicode.Scalar {
    let unit = try readUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, position + 1 < end, bytes[position] == 0x5C, bytes[position + 1] == 0x75
    else { throw error("a lone surrogate", at: escape) }
    position += 2
    let low = try readUnit()
    guard low >= 0xDC00, low < 0xE000,
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw error("a lone surrogate", at: escape) }
    return scalar
  }

  private mutating func readUnit() throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard position < end, let digit = hexadecimalValue(of: bytes[position]) else {
        throw error("expected four hexadecimal digits")
      }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }

  /// The error for a run that is not UTF-8, at its first invalid character.
  private mutating func invalid(_ start: Int, _ stop: Int) -> JSONError {
    var offset = start
    while offset < stop {
      let lead = bytes[offset]
      let next = offset + (lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4)
      guard next <= stop, String(validating: bytes[offset..<next], as: UTF8.self) != nil
      else { break }
      offset = next
    }
    return error("not valid UTF-8", at: offset)
  }
}
