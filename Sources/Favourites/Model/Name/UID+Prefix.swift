extension UID {
  /// The beginning of a uid, as a range of uids: `lower <= uid <= upper`.
  package struct Prefix: Hashable, Sendable {
    /// The least uid with this beginning.
    package let lower: UID
    /// The greatest uid with this beginning; equal to `lower` for a whole uid.
    package let upper: UID

    /// Parses 8 to 32 hexadecimal digits in either case; dashes are allowed where a uid has them.
    package init?(text: String) {
      var halves: [UInt64] = [0, 0]
      var digits = 0
      var dashes = 0
      for (offset, byte) in text.utf8.enumerated() {
        if byte == 0x2D, offset == 8 || offset == 13 || offset == 18 || offset == 23 {
          dashes += 1
          continue
        }
        guard digits < 32, let digit = hexadecimalValue(of: byte) else { return nil }
        halves[digits / 16] |= UInt64(digit) << UInt64(60 - digits % 16 * 4)
        digits += 1
      }
      // Either all the dashes that a uid of this length has, or none.
      let expected = [8, 12, 16, 20].count { digits > $0 }
      let isTrailing = text.utf8.last == 0x2D
      guard digits >= 8, dashes == 0 || dashes == expected + (isTrailing ? 1 : 0)
      else { return nil }
      lower = UID(high: halves[0], low: halves[1])
      upper = UID(
        high: halves[0] | Self.tail(after: digits),
        low: halves[1] | Self.tail(after: max(digits - 16, 0)))
    }

    /// Whether the uid has this beginning.
    package func matches(_ uid: UID) -> Bool { lower <= uid && uid <= upper }

    /// The bits of a half after its first digits.
    private static func tail(after digits: Int) -> UInt64 {
      digits >= 16 ? 0 : UInt64.max >> UInt64(digits * 4)
    }
  }
}
