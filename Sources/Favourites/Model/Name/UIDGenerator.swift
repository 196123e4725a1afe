/// Makes ascending uids, however many are made in one millisecond and however the clock is set.
///
/// RFC 9562, 6.2, method 2 ("Monotonic Random"): the random bits are a number that starts from
/// ten random bytes and grows by one with every uid.
package struct UIDGenerator: Sendable {
  private var timestamp = Timestamp(milliseconds: 0)
  /// The 12 and the 62 bits of the counter.
  private var high: UInt64
  private var low: UInt64

  /// Makes a generator that starts from ten random bytes.
  package init(seed: [UInt8]) {
    let first = UID(timestamp: timestamp, random: seed)
    high = first.high & 0x0FFF
    low = first.low & 0x3FFF_FFFF_FFFF_FFFF
  }

  /// A uid greater than all previous ones: for `now`, or for the latest time it was given.
  package mutating func next(at now: Timestamp) -> UID {
    timestamp = max(timestamp, now)
    low += 1
    if low > 0x3FFF_FFFF_FFFF_FFFF {
      low = 0
      high += 1
    }
    if high > 0x0FFF {
      // RFC 9562, 6.2, on counter rollover: advance the timestamp ahead of the actual time and
      // start again.
      high = 0
      timestamp = Timestamp(milliseconds: timestamp.milliseconds + 1)
    }
    return UID(
      high: UInt64(timestamp.milliseconds) << 16 | 0x7000 | high,
      low: 0x8000_0000_0000_0000 | low)
  }
}
