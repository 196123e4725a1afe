extension UID {
  /// The beginning of a uid, as a range of uids: `lower <= uid <= upper`.
  package struct Prefix: Hashable, Sendable {
    /// The least uid that begins so.
    package let lower: UID
    /// The greatest uid that begins so; the same as `lower` for a whole uid.
    package let upper: UID

    /// Reads 8 to 32 hexadecimal digits of either case; a dash may stand where a uid has one.
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
      // Either the dashes of a uid, all that its length asks for, or none.
      let expected = [8, 12, 16, 20].count { digits > $0 }
      let isTrailing = text.utf8.last == 0x2D
      guard digits >= 8, dashes == 0 || dashes == expected + (isTrailing ? 1 : 0)
      else { return nil }
      lower = UID(high: halves[0], low: halves[1])
      upper = UID(
        high: halves[0] | Self.tail(after: digits),
        low: halves[1] | Self.tail(after: max(digits - 16, 0)))
    }

    /// Whether the uid begins so.
    package func matches(_ uid: UID) -> Bool { lower <= uid && uid <= upper }

    /// The bits of a half that follow its first digits.
    private static func tail(after digits: Int) -> UInt64 {
      digits >= 16 ? 0 : UInt64.max >> UInt64(digits * 4)
    }
  }
}
