/// A text as its bytes, for use as a key in memory: `String` considers two spellings of one accent
/// equal.
///
/// A separate type, because with an array as the key the runtime has to look up its conformance,
/// which costs a twentieth of an `add`.
struct ByteKey: Hashable {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func == (one: ByteKey, other: ByteKey) -> Bool {
    one.bytes.elementsEqual(other.bytes)
  }

  func hash(into hasher: inout Hasher) {
    var (word, count) = (UInt64(bytes.count), 0)
    for byte in bytes {
      word = word << 8 ^ UInt64(byte)
      count += 1
      guard count % 7 == 0 else { continue }
      hasher.combine(word)
      word = 0
    }
    hasher.combine(word)
  }
}
