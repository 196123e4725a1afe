import SQLite
import Testing

struct FNV1aTests {
  /// Values of http://www.isthe.com/chongo/src/fnv/test_fnv.c.
  @Test(
    arguments: [
      ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
    ] as [(String, UInt64)])
  func `a hash is that of its inventors`(text: String, value: UInt64) {
    #expect(FNV1a(Array(text.utf8)).value == value)
    var parts = FNV1a()
    for byte in text.utf8 { parts.take([byte]) }
    #expect(parts.value == value)
  }
}
