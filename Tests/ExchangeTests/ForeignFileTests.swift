import Testing

@testable import Exchange

@Suite struct ForeignFileTests {
  @Test("lines are given without their ends, whatever these are, and counted")
  func lines() throws {
    var input = ForeignFile(Array("\u{FEFF}one\r\ntwo\n\rthree\n\nlast".utf8))
    var lines: [String] = []
    while let line = try input.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    #expect(lines == ["one", "two", "three", "", "last"])
    #expect(input.location == Location(line: 5, column: 1))
  }

  @Test("a place is told by line and character")
  func place() throws {
    var input = ForeignFile(Array("ab\né€x".utf8))
    while let byte = try input.next(), byte != UInt8(ascii: "x") {}
    #expect(input.location == Location(line: 2, column: 4))
  }

  @Test(
    "what is not UTF-8 is refused where it stands",
    arguments: [
      ([0x61, 0x0A, 0x62, 0xE9, 0x0A], Location(line: 2, column: 2)),
      ([0x61, 0xC3], Location(line: 1, column: 2)),
      ([0x61, 0x00], Location(line: 1, column: 2)),
    ] as [([UInt8], Location)])
  func invalid(bytes: [UInt8], location: Location) {
    var input = ForeignFile(bytes)
    let error = #expect(throws: ExchangeError.self) { while try input.next() != nil {} }
    guard case .malformed(let found, _)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(found == location)
  }

  @Test("a file that is too large for its kind is refused before it is held")
  func tooLarge() throws {
    var input = ForeignFile(Array(repeating: 0x61, count: 2_000))
    #expect(throws: ExchangeError.tooLarge("larger than 0 MiB, the limit for this format")) {
      _ = try input.readText(atMost: 1_000)
    }
    #expect(throws: ExchangeError.tooLarge("larger than 0 MiB, the limit for this format")) {
      _ = try input.readBytes(atMost: 1_999)
    }
    #expect(input.consumed == 0)
    #expect(try input.readText(atMost: 2_000).count == 2_000)
  }
}
