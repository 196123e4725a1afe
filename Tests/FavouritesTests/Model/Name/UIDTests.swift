import Testing

@testable import Favourites

struct UIDTests {
  @Test func `the example of RFC 9562 comes out`() {
    // Appendix A.6: 0x017F22E279B0, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    let uid = UID(
      timestamp: Timestamp(milliseconds: 0x017F_22E2_79B0),
      random: [0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F])
    #expect(uid.text == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    #expect(UID(text: "017F22E2-79B0-7CC3-98C4-DC0C0C07398F") == uid)
    #expect(UID(bytes: uid.bytes) == uid)
    #expect(uid.bytes.prefix(3) == [0x01, 0x7F, 0x22])
  }

  @Test func `version and variant stand whatever the random bytes are`() {
    let ones = UID(timestamp: .latest, random: [UInt8](repeating: 0xFF, count: 10))
    let zeros = UID(timestamp: .earliest, random: [UInt8](repeating: 0, count: 10))
    #expect(ones.text == "e677d21f-dbff-7fff-bfff-ffffffffffff")
    #expect(zeros.text == "00000000-0000-7000-8000-000000000000")
    #expect(zeros < ones)
  }

  @Test(arguments: [
    "", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
    "017f22e27-9b0-7cc3-98c4-dc0c0c07398f", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
    "017f22e2-79b0-7cc3-98c4dc0c0c07398f0",
  ])
  func `what is no uid is refused`(text: String) {
    #expect(UID(text: text) == nil)
  }

  @Test func `sixteen bytes and no other number`() {
    #expect(UID(bytes: []) == nil)
    #expect(UID(bytes: [UInt8](repeating: 1, count: 15)) == nil)
    #expect(UID(bytes: [UInt8](repeating: 1, count: 17)) == nil)
    #expect(
      UID(bytes: [UInt8](repeating: 0xAB, count: 16))?.text
        == "abababab-abab-abab-abab-abababababab")
  }

  @Test func `a million uids of one millisecond ascend`() {
    var generator = UIDGenerator(seed: [0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xF0, 0, 0])
    let now = Timestamp(milliseconds: 1_700_000_000_000)
    var last = generator.next(at: now)
    var isAscending = true
    for _ in 0..<1_000_000 {
      let next = generator.next(at: now)
      isAscending =
        isAscending && last < next && next.high & 0xF000 == 0x7000 && next.low >> 62 == 2
      last = next
    }
    #expect(isAscending)
  }

  @Test func `uids ascend when the clock goes back and when the counter is spent`() {
    var generator = UIDGenerator(seed: [UInt8](repeating: 0xFF, count: 10))
    let uids = [5, 5, 3, 9].map { generator.next(at: Timestamp(milliseconds: $0)).text }
    #expect(
      uids == [
        "00000000-0006-7000-8000-000000000000", "00000000-0006-7000-8000-000000000001",
        "00000000-0006-7000-8000-000000000002", "00000000-0009-7000-8000-000000000003",
      ])
  }

  @Test(arguments: [
    ("017f22E2", "017f22e2-0000-0000-0000-000000000000", "017f22e2-ffff-ffff-ffff-ffffffffffff"),
    ("017f22e2-", "017f22e2-0000-0000-0000-000000000000", "017f22e2-ffff-ffff-ffff-ffffffffffff"),
    ("017f22e2-79", "017f22e2-7900-0000-0000-000000000000", "017f22e2-79ff-ffff-ffff-ffffffffffff"),
    ("017f22e279", "017f22e2-7900-0000-0000-000000000000", "017f22e2-79ff-ffff-ffff-ffffffffffff"),
    (
      "017f22e2-79b0-7cc3", "017f22e2-79b0-7cc3-0000-000000000000",
      "017f22e2-79b0-7cc3-ffff-ffffffffffff"
    ),
    (
      "017f22e2-79b0-7cc3-9", "017f22e2-79b0-7cc3-9000-000000000000",
      "017f22e2-79b0-7cc3-9fff-ffffffffffff"
    ),
    (
      "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
      "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
    ),
  ])
  func `the beginning of a uid is a range`(text: String, lower: String, upper: String) throws {
    let prefix = try #require(UID.Prefix(text: text))
    #expect(prefix.lower.text == lower)
    #expect(prefix.upper.text == upper)
    #expect(prefix.matches(prefix.lower) && prefix.matches(prefix.upper))
  }

  @Test(arguments: [
    "", "017f22e", "017f22-e2", "017f22e2--79", "-017f22e2", "017f22e279-b0", "dune herb",
  ])
  func `too short or not hexadecimal is no beginning`(text: String) {
    #expect(UID.Prefix(text: text) == nil)
  }
}
