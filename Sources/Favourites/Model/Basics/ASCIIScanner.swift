/// Reads a short ASCII text step by step, for dates, times and ages.
package struct ASCIIScanner {
  private let bytes: [UInt8]
  private var position = 0

  /// Makes a scanner at the beginning of a text.
  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// Whether everything was read.
  package var isAtEnd: Bool { position == bytes.count }

  /// The next byte, if any.
  package var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Skips the next byte if it is one of these.
  package mutating func skip(_ accepted: UInt8...) -> Bool {
    guard let next, accepted.contains(next) else { return false }
    position += 1
    return true
  }

  /// Reads a number of exactly `count` digits.
  package mutating func number(digits count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + count] {
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    position += count
    return value
  }

  /// Reads all digits, at least one; nil if there are none, or beyond 64 bits.
  package mutating func number() -> Int? {
    let text = take(while: isDigit)
    return text.isEmpty ? nil : Int(text)
  }

  /// Reads all lower-case letters.
  package mutating func letters() -> String {
    take { $0 >= 0x61 && $0 <= 0x7A }
  }

  private mutating func take(while accepts: (UInt8) -> Bool) -> String {
    let start = position
    while position < bytes.count, accepts(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
