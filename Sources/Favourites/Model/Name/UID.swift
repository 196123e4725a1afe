internal import SQLite

/// The identifier of a favourite that is the same on every machine: a UUID, version 7 if made here.
package struct UID: Hashable, Sendable {
  /// The first eight bytes, most significant first.
  package let high: UInt64
  /// The last eight bytes.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Makes a UUIDv7 for this millisecond; `random` is ten bytes, of which 74 bits are used.
  ///
  /// RFC 9562, 5.7: 48 bits of milliseconds since 1970, version 7, 12 random bits, variant 2,
  /// 62 random bits. A time before 1970 counts as 1970.
  package init(timestamp: Timestamp, random: [UInt8]) {
    precondition(random.count == 10, "a UUIDv7 is made of ten random bytes")
    let time = UInt64(max(timestamp.milliseconds, 0))
    let first = Self.number(random[0..<2])
    let rest = Self.number(random[2..<10])
    high = time << 16 | 0x7000 | first & 0x0FFF
    low = 0x8000_0000_0000_0000 | rest & 0x3FFF_FFFF_FFFF_FFFF
  }

  /// Sixteen bytes, of any version; nil for any other number.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    high = Self.number(bytes[0..<8])
    low = Self.number(bytes[8..<16])
  }

  /// Parses 8-4-4-4-12 hexadecimal digits in either case, of any version.
  package init?(text: String) {
    guard text.utf8.count == 36, let prefix = Prefix(text: text) else { return nil }
    self = prefix.lower
  }

  /// The sixteen bytes, most significant first.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    for place in 0..<16 {
      let half = place < 8 ? high : low
      bytes.append(UInt8(truncatingIfNeeded: half &>> UInt64(56 &- (place & 7) &* 8)))
    }
    return bytes
  }

  /// 8-4-4-4-12 hexadecimal digits in lower case.
  package var text: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the 36 bytes of `text`.
  package func append(to bytes: inout [UInt8]) {
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 { bytes.append(0x2D) }
      let half = index < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - index % 16 * 4)) & 0xF
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  /// The time in its first six bytes, in milliseconds since 1970: of version 7, when it was made.
  var milliseconds: Int64 { Int64(high >> 16) }

  /// What the index of uids keeps of it: the first four bytes, which any beginning that names a uid
  /// has, and the last two, which tell those of one minute apart. Different uids may have the same.
  var indexKey: Int64 { Int64(bitPattern: (high >> 32) << 16 | low & 0xFFFF) }

  /// A hash for `HashesMet`.
  var hash: UInt64 { FNV1a(bytes).value }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension UID: Comparable {
  /// Orders by bytes, which is the order of the text and, for version 7, of time.
  package static func < (first: UID, second: UID) -> Bool {
    (first.high, first.low) < (second.high, second.low)
  }
}

extension UID: CustomStringConvertible {
  /// The same as `text`.
  package var description: String { text }
}
