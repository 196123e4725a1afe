import Foundation
import TestSupport
import Testing

@testable import SQLite

/// `TableRows`, which reads pages itself: whatever it says has to be what SQLite says.
struct TableRowsTests {
  @Test(arguments: [512, 1_024, 4_096, 65_536])
  func `rows are as SQLite reads them, or left to it`(pageSize: Int) throws {
    try withScratch { scratch in
      var random = SplitMix(seed: UInt64(pageSize))
      let path = try Self.made(scratch, pageSize: pageSize, &random)
      let connection = try Connection(unhardened: path, access: .readOnly)
      let rows = try #require(try Self.rows(of: connection))
      let expected = try Self.expected(connection)
      var ids = expected.map(\.key) + [.min, .max, 0]
      for id in expected.keys { ids += [id &+ 1, id &- 1] }
      var (found, left) = (0, 0)
      for order in [ids.sorted(), ids.shuffled(using: &random)] {
        for id in order {
          var texts = ByteCounts()
          var numbers: [Int64] = []
          let elsewhere = rows.count([id], in: &texts) { numbers.append($0) }
          var text: [UInt8]?
          texts.forEach { bytes, times in text = times == 1 ? Array(bytes) : nil }
          guard elsewhere.isEmpty else {
            #expect(elsewhere == [id] && numbers.isEmpty && text == nil)
            // The lowest id is left to SQLite, and so is a row that is not on one page.
            #expect(id == .min || expected[id].map { $0.size > pageSize / 10 } ?? false, "\(id)")
            left += 1
            continue
          }
          #expect(numbers == (expected[id].map { [$0.number] } ?? []), "\(id)")
          #expect(text == expected[id]?.text, "\(id)")
          found += numbers.count
        }
      }
      #expect(found > 1_000 && left > 2)
    }
  }

  @Test func `all rows at once are counted as one by one`() throws {
    try withScratch { scratch in
      var random = SplitMix(seed: 5)
      let path = try Self.made(scratch, pageSize: 4_096, &random)
      let connection = try Connection(unhardened: path, access: .readOnly)
      let rows = try #require(try Self.rows(of: connection))
      let expected = try Self.expected(connection)
      var texts = ByteCounts()
      var sum: Int64 = 0
      let left = rows.count(expected.keys.sorted()[...], in: &texts) { sum &+= $0 }
      let counted = expected.filter { !left.contains($0.key) }
      #expect(sum == counted.values.reduce(0) { $0 &+ $1.number })
      for text in Set(counted.values.compactMap(\.text)) {
        #expect(texts.count(of: text) == Int64(counted.values.count { $0.text == text }))
      }
    }
  }

  @Test func `pages that may differ from what is in the file are left to SQLite`() throws {
    let memory = try Connection(unhardened: ":memory:", access: .memory)
    try memory.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, x TEXT); BEGIN")
    #expect(try Self.rows(of: memory) == nil)
    try withScratch { scratch in
      var random = SplitMix(seed: 1)
      let path = try Self.made(scratch, pageSize: 4_096, &random)
      let connection = try Connection(unhardened: path, access: .readWrite)
      #expect(TableRows(root: 2, number: 2, text: 3, of: connection) == nil, "no transaction")
      #expect(try Self.rows(of: connection) != nil)
      try connection.execute("UPDATE t SET n = n + 1")
      #expect(try Self.rows(of: connection) == nil, "a change")
      try connection.execute("ROLLBACK")
      try connection.execute("PRAGMA journal_mode = WAL")
      #expect(try Self.rows(of: connection) == nil, "a log")
    }
  }

  /// What comes of it may be anything that SQLite would say of such a file too; but it comes.
  @Test func `damaged pages lead to no fault`() throws {
    try withScratch { scratch in
      var random = SplitMix(seed: 11)
      let path = try Self.made(scratch, pageSize: 512, &random)
      let sound = try Data(contentsOf: URL(filePath: path))
      let ids = try Self.expected(try Connection(unhardened: path, access: .readOnly)).keys.sorted()
      var answered = 0
      for round in 0..<400 {
        var damaged = sound
        for _ in 0..<Int.random(in: 1...60, using: &random) {
          // The first page is left, so that SQLite opens the file.
          let place = Int.random(in: 512..<damaged.count, using: &random)
          // Often where a page says what is on it.
          let at = Bool.random(using: &random) ? place / 512 * 512 + place % 16 : place
          damaged[at] = UInt8.random(in: 0...255, using: &random)
        }
        if round % 10 == 0 { damaged.removeLast(damaged.count / 3) }
        try damaged.write(to: URL(filePath: path))
        let connection = try Connection(unhardened: path, access: .readOnly)
        guard let rows = try? Self.rows(of: connection) else { continue }
        var texts = ByteCounts()
        let left = rows.count(ids[...], in: &texts) { _ in answered += 1 }
        #expect(left.count <= ids.count)
      }
      #expect(answered > 10_000)
    }
  }

  /// The rows of a table `t`, in a transaction that has begun to read.
  private static func rows(of connection: borrowing Connection) throws -> TableRows? {
    if try Self.value(of: connection, "SELECT count(*) FROM pragma_database_list WHERE file <> ''")
      == 1
    {
      try? connection.execute("BEGIN")
    }
    let root = try Self.value(of: connection, "SELECT rootpage FROM sqlite_schema WHERE name = 't'")
    let number = try Self.value(
      of: connection, "SELECT cid FROM pragma_table_info('t') WHERE name = 'n'")
    let text = try Self.value(
      of: connection, "SELECT cid FROM pragma_table_info('t') WHERE name = 'x'")
    return TableRows(root: root, number: Int32(number), text: Int32(text), of: connection)
  }

  private static func value(of connection: borrowing Connection, _ sql: String) throws -> Int64 {
    let row = try connection.prepare(sql)
    return try row.step() ? row.integer(0) : 0
  }

  private typealias Row = (number: Int64, text: [UInt8]?, size: Int)

  private static func expected(_ connection: borrowing Connection) throws -> [Int64: Row] {
    let all = try connection.prepare(
      """
      SELECT id, n, CAST(x AS BLOB), x IS NULL,
        8 + ifnull(length(before), 0) + ifnull(length(CAST(x AS BLOB)), 0)
          + ifnull(length(after), 0) FROM t
      """)
    var rows: [Int64: Row] = [:]
    while try all.step() {
      rows[all.integer(0)] = (
        all.integer(1), all.integer(3) == 1 ? nil : all.bytes(2), Int(all.integer(4))
      )
    }
    return rows
  }

  /// A file with a table of rows of all sizes, some of which were deleted.
  private static func made(
    _ scratch: borrowing Scratch, pageSize: Int, _ random: inout SplitMix
  ) throws -> String {
    let path = scratch.file("a.db")
    try Data().write(to: URL(filePath: path))
    let connection = try Connection(unhardened: path, access: .readWrite)
    try connection.execute(
      """
      PRAGMA page_size = \(pageSize);
      CREATE TABLE other(x);
      CREATE TABLE t(
        id INTEGER PRIMARY KEY, before BLOB, n INTEGER NOT NULL, x TEXT, after TEXT) STRICT;
      BEGIN
      """)
    let add = try connection.prepare("INSERT OR IGNORE INTO t VALUES (?, zeroblob(?), ?, ?, ?)")
    func text(_ random: inout SplitMix) -> String {
      let lengths =
        Int.random(in: 0...40, using: &random) == 0
        ? [pageSize / 8, pageSize, 3 * pageSize] : [0, 1, 3, 7, 20, 100]
      let length = lengths.randomElement(using: &random) ?? 0
      return String((0..<length).map { _ in "aé字".randomElement(using: &random) ?? "a" })
    }
    for _ in 0..<1_500 {
      add.bind(
        Int64.random(in: .min ... .max, using: &random)
          >> Int64.random(in: 0...50, using: &random), at: 1)
      add.bind(Int64(Int.random(in: 0...5, using: &random)), at: 2)
      add.bind(
        Int64.random(in: .min ... .max, using: &random)
          >> Int64.random(in: 0...63, using: &random), at: 3)
      if Int.random(in: 0...4, using: &random) == 0 {
        add.bindNull(at: 4)
      } else {
        add.bind(text(&random), at: 4)
      }
      add.bind(text(&random), at: 5)
      _ = try add.step()
      add.reset()
    }
    try connection.execute("DELETE FROM t WHERE n % 7 = 0; COMMIT")
    return path
  }
}
