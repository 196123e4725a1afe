/// Percent-encoding: `%2F` for a byte that may not appear in a URL as it is.
///
/// Source: RFC 3986, 2.1 to 2.3.
package enum PercentEncoding {
  /// Whether a byte never needs encoding: "unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"".
  package static func isUnreserved(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E || byte == 0x5F
      || byte == 0x7E
  }

  /// Appends a byte as a percent sign and two upper-case digits.
  package static func append(_ byte: UInt8, to result: inout [UInt8]) {
    let digits = Array("0123456789ABCDEF".utf8)
    result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// The byte given by the first two of some digits; nil if they are not hexadecimal.
  static func byte(of digits: ArraySlice<UInt8>) -> UInt8? {
    guard digits.count >= 2, let high = hexadecimalValue(of: digits[digits.startIndex]),
      let low = hexadecimalValue(of: digits[digits.startIndex + 1])
    else { return nil }
    return UInt8(truncatingIfNeeded: high << 4 | low)
  }

  /// Decodes bytes; a percent sign without two digits stays.
  package static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "%")) else { return Array(bytes) }
    var result: [UInt8] = []
    forEachDecoded(bytes) { byte, _ in result.append(byte) }
    return result
  }

  /// Passes each decoded byte, and the bytes that it stands for.
  static func forEachDecoded(_ bytes: ArraySlice<UInt8>, _ use: (UInt8, Range<Int>) -> Void) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      var (byte, end) = (bytes[index], index + 1)
      if byte == UInt8(ascii: "%"), let encoded = self.byte(of: bytes[end...]) {
        (byte, end) = (encoded, end + 2)
      }
      use(byte, index..<end)
      index = end
    }
  }
}
