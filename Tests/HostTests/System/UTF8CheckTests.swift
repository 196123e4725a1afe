import Host
import Testing

struct UTF8CheckTests {
  @Test func `every character is accepted`() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(Character(scalar)).utf8)
      if UTF8Check.firstInvalidOffset(in: bytes) != nil { Issue.record("U+\(value)") }
    }
  }

  @Test func `short sequences are judged as the standard library judges them`() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        compare([first, second])
        for third: UInt8 in [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0] where first >= 0xC0 {
          compare([first, second, third])
          for fourth: UInt8 in [0x7F, 0x80, 0xBF, 0xC0] where first >= 0xF0 {
            compare([first, second, third, fourth])
          }
        }
      }
    }
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE], 0), ([0x61, 0xFF, 0x62], 1), ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0),
      ([0xE0, 0x9F, 0xBF], 0), ([0xED, 0xA0, 0x80], 0), ([0xED, 0xBF, 0xBF], 0),
      ([0xF0, 0x8F, 0xBF, 0xBF], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0),
      ([0x61, 0xC3], 1), ([0xE2, 0x82], 0), ([0x61, 0xF0, 0x9F, 0x98], 1), ([0x80], 0),
      ([0xC3, 0xA9, 0x80], 2), ([0xE2, 0x82, 0x61], 0),
    ] as [([UInt8], Int)])
  func `the first bad byte is named`(bytes: [UInt8], offset: Int) {
    #expect(UTF8Check.firstInvalidOffset(in: bytes) == offset)
  }

  @Test func `a bad byte is found at each place of a long text`() {
    for place in 0..<64 {
      var bytes = [UInt8](repeating: 0x61, count: 64)
      #expect(UTF8Check.firstInvalidOffset(in: bytes) == nil)
      bytes[place] = 0xFF
      #expect(UTF8Check.firstInvalidOffset(in: bytes) == place)
      #expect(UTF8Check.firstInvalidOffset(in: bytes[place...]) == 0)
      #expect(UTF8Check.firstInvalidOffset(in: bytes[..<place]) == nil)
    }
  }

  @Test func `nothing is valid`() {
    #expect(UTF8Check.firstInvalidOffset(in: [UInt8]()) == nil)
  }

  private func compare(_ bytes: [UInt8]) {
    let isValid = String(validating: bytes, as: UTF8.self) != nil
    if (UTF8Check.firstInvalidOffset(in: bytes) == nil) != isValid { Issue.record("\(bytes)") }
  }
}
