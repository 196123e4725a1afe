/// A hash that is fast and the same everywhere: FNV-1a of 64 bits,
/// http://www.isthe.com/chongo/tech/comp/fnv/.
///
/// Not for untrusted input: collisions are easy to construct.
package struct FNV1a {
  /// The hash of the input so far.
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Makes a hash of no bytes.
  package init() {}

  /// Makes a hash of some bytes.
  package init(_ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe take($0) } }

  /// Makes a hash of some bytes that begins with another value than the usual one.
  init(_ bytes: UnsafeRawBufferPointer, from seed: UInt64) {
    value = seed
    unsafe take(bytes)
  }

  init(_ bytes: UnsafeRawBufferPointer) { unsafe take(bytes) }

  /// Adds more bytes.
  ///
  /// Neither method is generic: across modules, each byte would go through a witness table, which
  /// took a fifth of the time of a large import.
  package mutating func take(_ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe take($0) } }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    for index in 0..<bytes.count {
      value = (value ^ UInt64(unsafe bytes[index])) &* 0x0000_0100_0000_01b3
    }
  }
}
