import SQLite
import Testing

struct ByteCountsTests {
  @Test func `what is the same byte by byte is counted together`() {
    var counts = ByteCounts()
    // The two spellings of é are equal as strings.
    for text in ["a", "b", "a", "", "e\u{301}", "\u{E9}", "a"] { counts.add(Array(text.utf8)[...]) }
    counts.add(Array("b".utf8)[...], times: 5)
    #expect(counts.count(of: Array("a".utf8)) == 3)
    #expect(counts.count(of: Array("b".utf8)) == 6)
    #expect(counts.count(of: []) == 1)
    #expect(counts.count(of: Array("e\u{301}".utf8)) == 1)
    #expect(counts.count(of: Array("\u{E9}".utf8)) == 1)
    #expect(counts.count(of: Array("c".utf8)) == 0)
    #expect(ByteCounts().count(of: Array("a".utf8)) == 0)
  }

  @Test func `each of many is kept, in the order in which they came`() {
    var counts = ByteCounts()
    let words = (0..<5_000).map { Array("word \($0 * 7_919 % 5_000)".utf8) }
    for round in 0..<3 { for word in words.dropFirst(round) { counts.add(word[...]) } }
    var met: [[UInt8]] = []
    var numbers: [Int64] = []
    counts.forEach {
      met.append(Array($0))
      numbers.append($1)
    }
    #expect(met == words)
    #expect(numbers == [1, 2] + [Int64](repeating: 3, count: 4_998))
  }

  @Test func `the bytes of columns are counted, null is not`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    let rows = try connection.prepare(
      "SELECT column1 FROM (VALUES('x'), ('yz'), (NULL), ('x'), (''), (x'78'))")
    var counts = ByteCounts()
    while try rows.step() { rows.count(0, in: &counts) }
    #expect(counts.count(of: Array("x".utf8)) == 3)
    #expect(counts.count(of: Array("yz".utf8)) == 1)
  }
}
