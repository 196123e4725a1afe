import SQLite
import TestSupport
import Testing

@testable import Favourites

/// How many words a favourite has in each column of the full-text index.
struct SearchLengthsTests {
  @Test(
    arguments: [
      ([0, 0, 0, 0, 0, 1], []), ([0, 3, 0, 0, 0, 1], [0, 3]),
      ([1, 0, 0, 0, 2, 1], [1, 0, 0, 0, 2]),
      ([127, 128, 0, 0, 0, 1], [0x7F, 0x81, 0]),
      ([16_383, 16_384, 1, 0, 0, 1], [0xFF, 0x7F, 0x81, 0x80, 0, 1]),
    ] as [([Int], [UInt8])])
  func `they are stored in few bytes, and read again`(lengths: [Int], stored: [UInt8]) {
    #expect(SearchLengths.stored(lengths) == stored)
    var read = [Double](repeating: 7, count: SearchColumn.count)
    #expect(SearchLengths.read(stored, into: &read))
    #expect(read == lengths.map(Double.init))
  }

  @Test func `before they are known they are zero`() {
    var read = [Double](repeating: 7, count: SearchColumn.count)
    #expect(SearchLengths.read(SearchLengths.unknown, into: &read))
    #expect(read == [0, 0, 0, 0, 0, 1])
  }

  @Test(arguments: [[0x81], [1, 2, 0xFF], [1, 2, 3, 4, 5, 6]] as [[UInt8]])
  func `what cannot be their bytes is a fault`(stored: [UInt8]) {
    var read = [Double](repeating: 0, count: SearchColumn.count)
    #expect(!SearchLengths.read(stored, into: &read))
  }

  @Test func `words of ASCII are counted as the tokenizer splits them`() throws {
    let store = try Store.inMemory(named: "memory")
    let tokenizer = try store.tokenizer()
    var random = SplitMix(seed: 5)
    for length in 0..<400 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0..<0x80, using: &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(SearchLengths.count(ofASCII: text) == tokenizer.tokens(of: text).count)
    }
    #expect(SearchLengths.count(ofASCII: "caf\u{E9}") == nil)
  }

  @Test func `they are what FTS5 counts, however a favourite came to be`() throws {
    var store = try Store.inMemory(named: "memory")
    let titles = [
      "Dune", "PostgreSQL wi-fi", "caf\u{E9} \u{6771}\u{4EAC}", "C++ and .NET", "AC/DC", "gone",
    ]
    for (number, title) in titles.enumerated() {
      try store.adding(
        draft(
          title, url: "https://example.com/\(number)", in: "books",
          note: number % 2 == 0 ? "again, and again" : nil, tags: ["two words"]))
    }
    var note = Patch()
    note.note = "edited, twice"
    var category = Patch()
    category.category = try CategoryPath.parse("films")
    var both = category
    both.note = "moved and edited"
    let patches = [note, category, both]
    try store.changing { store throws(StoreError) in
      for (id, patch) in zip([2, 1, 3] as [Int64], patches) { try store.edit([id], patch) }
      try store.remove([5, 6])
    }
    try store.undoing()
    try store.redoing()
    try store.changing { store throws(StoreError) in try store.restore([5]) }
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    try connection.execute(
      """
      CREATE VIRTUAL TABLE s USING fts5(
        note, title, tags, url, other, place, content='',
        tokenize='unicode61 remove_diacritics 0 categories ''L* N* Co M*'' tokenchars ''^''')
      """)
    let insert = try connection.prepare(
      "INSERT INTO s(rowid, note, title, tags, url, other, place) VALUES(?, ?, ?, ?, ?, ?, ?)")
    let rows = try store.connection.query(composed: FavouriteSQL.all)
    while try rows.next() {
      let record = FavouriteRecord(rows)
      insert.bind(record.id, at: 1)
      for column in SearchColumn.allCases {
        insert.bind(SearchText(record)[column], at: Int32(column.rawValue) + 2)
      }
      _ = try insert.step()
      insert.reset()
    }
    let counted = try connection.prepare("SELECT sz FROM s_docsize ORDER BY id")
    let stored = try store.connection.query("SELECT lengths FROM place ORDER BY favourite")
    for _ in 1...5 {
      #expect(try counted.step() && stored.next())
      var (lengths, place): ([Int], Int) = ([], 0)
      let bytes = counted.bytes(0)
      while place < bytes.count {
        lengths.append(Int(IndexLeaf.number(bytes, &place, bytes.count)))
      }
      #expect(stored.bytes(0) == SearchLengths.stored(lengths))
    }
    #expect(try !stored.next())
  }
}
