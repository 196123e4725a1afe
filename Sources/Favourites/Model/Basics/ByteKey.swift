/// A text as its bytes, by which things are found again in memory: `String` takes two spellings of one accent for the
/// same.
///
/// A type of its own: of an array as a key the runtime has to find out that it can be one, which costs a twentieth of
/// an `add`.
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
