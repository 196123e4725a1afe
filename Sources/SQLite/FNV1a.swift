/// A hash that is quick to make and the same everywhere: FNV-1a of 64 bits, http://www.isthe.com/chongo/tech/comp/fnv/.
///
/// Not for what a stranger chooses: whoever wants two texts of one hash finds them.
package struct FNV1a {
  /// The hash of what was taken in so far.
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// A hash of nothing.
  package init() {}

  /// A hash of some bytes.
  package init(_ bytes: some Sequence<UInt8>) { take(bytes) }

  /// Takes in some more bytes.
  package mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  }
}
