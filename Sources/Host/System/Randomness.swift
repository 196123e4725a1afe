/// Unpredictable bytes.
package enum Randomness {
  /// `count` bytes from the system's generator (getrandom, or arc4random on a Mac).
  package static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 7)
    while bytes.count < count {
      let word = generator.next()
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// A unique name: two hexadecimal digits for each of `count` bytes.
  package static func name(ofBytes count: Int) -> String {
    bytes(count).map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }.joined()
  }

  /// Whether a text has the form of `name(ofBytes:)`.
  static func isName(_ text: Substring.UTF8View, ofBytes count: Int) -> Bool {
    text.count == 2 * count
      && text.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }
}
