/// A hash that is quick to make and the same everywhere: FNV-1a of 64 bits, http://www.isthe.com/chongo/tech/comp/fnv/.
///
/// Not for what a stranger chooses: whoever wants two texts of one hash finds them.
package struct FNV1a {
  /// The hash of what was taken in so far.
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// A hash of nothing.
  package init() {}

  /// A hash of some bytes.
  package init(_ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe take($0) } }

  init(_ bytes: UnsafeRawBufferPointer) { unsafe take(bytes) }

  /// Takes in some more bytes.
  ///
  /// Neither is generic: across the border of a module each byte would come by way of a table of functions, and a
  /// fifth of a large import was spent on that.
  package mutating func take(_ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe take($0) } }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    for index in 0..<bytes.count {
      value = (value ^ UInt64(unsafe bytes[index])) &* 0x0000_0100_0000_01b3
    }
  }
}
