import Sync
import Testing

@Suite struct HashTests {
  /// Source: the examples of NIST for SHA-256, cut to sixteen bytes.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb924"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67"),
  ])
  func `a file is named by its SHA-256`(text: String, name: String) {
    #expect(SHA256.name(Array(text.utf8)) == name)
  }
}
