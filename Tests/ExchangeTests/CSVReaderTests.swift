import Testing

@testable import Exchange

@Suite struct CSVReaderTests {
  private func records(_ text: String, separator: String = ",") throws -> [CSVRecord] {
    var input = ForeignFile(Array(text.utf8))
    var reader = CSVReader(separator: Array(separator.utf8)[0])
    var records: [CSVRecord] = []
    while let record = try reader.next(from: &input) { records.append(record) }
    return records
  }

  private func cells(_ text: String, separator: String = ",") throws -> [[String]] {
    try records(text, separator: separator).map(\.cells)
  }

  @Test func `quotes hold separators, line ends and doubled quotes`() throws {
    #expect(
      try cells("a,\"b,\"\"c\"\"\r\nd\ne\rf\",g\r\n\"\",,\n") == [
        ["a", "b,\"c\"\r\nd\ne\rf", "g"], ["", "", ""],
      ])
  }

  @Test func `any line end will do, and the last may be missing`() throws {
    for end in ["\n", "\r\n", "\r"] {
      #expect(try cells("a,b\(end)\(end)c,d") == [["a", "b"], ["c", "d"]])
      #expect(try cells("a,\(end)") == [["a", ""]])
    }
  }

  @Test func `a record knows the line on which it begins, whatever ends lines`() throws {
    for end in ["\n", "\r\n", "\r"] {
      let text = "a\(end)\"b\(end)\(end)c\"\(end)\(end)d\(end)"
      #expect(try records(text).map(\.line) == [1, 2, 6])
    }
  }

  @Test func `spaces belong to a cell, a quote within it is itself, and text behind one is kept`()
    throws
  {
    #expect(try cells(" a , b\"c\n\"d\"e,f\n") == [[" a ", " b\"c"], ["de", "f"]])
  }

  @Test func `a quote that is never closed is told by the line of its beginning`() {
    #expect(
      throws: ExchangeError.malformed(Location(line: 2), "a quote that is never closed")
    ) { _ = try cells("a,b\nc,\"d\n\n\n") }
  }

  @Test func `a quote that swallows the file is given up at the limit`() throws {
    let text = "a,b\n\"" + String(repeating: "x,\"\"\n", count: 4_000_000)
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(
        throws: ExchangeError.malformed(
          Location(line: 2), "a quote that is not closed within 16777216 bytes")
      ) { _ = try cells(text) }
    }
    #expect(time < .seconds(20))
  }

  @Test func `a record that is too long, or has too many cells, is refused`() {
    #expect(
      throws: ExchangeError.malformed(
        Location(line: 2), "a record of more than 16777216 bytes")
    ) { _ = try cells("a\n" + String(repeating: "x", count: 17_000_000)) }
    #expect(throws: ExchangeError.malformed(Location(line: 1), "more than 4096 cells")) {
      _ = try cells(String(repeating: ",", count: 100_000))
    }
  }

  @Test(arguments: [
    ("title,url", ","), ("title;url", ";"), ("title\turl", "\t"),
    ("\"a;b;c\",url,x", ","), ("title", ","), ("sep=;\r\ntitle;url", ";"),
    ("\u{FEFF}title;url\r\n", ";"), ("\r\n\r\ntitle\turl", "\t"),
  ])
  func `the separator is found in the header`(header: String, separator: String) throws {
    #expect(TableHeader(Array((header + "\n1,2;3").utf8))?.separator == Array(separator.utf8)[0])
  }
}
