import TestSupport
import Testing

@testable import SQLite

struct MeterTests {
  /// A connection with a table of three rows.
  private func filled(_ meter: Meter) throws -> Connection {
    let connection = try Connection(unhardened: ":memory:", access: .memory, meter: meter)
    try connection.execute(
      """
      CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT UNIQUE) STRICT;
      INSERT INTO t(name) VALUES('a'), ('b'), ('c');
      """)
    return connection
  }

  @Test func `rows are counted, whichever way a statement is made`() throws {
    let meter = Meter()
    do {
      let connection = try filled(meter)
      #expect(meter.rowsRead == 0)
      try connection.statement("SELECT name FROM t").execute()
      try connection.prepare("SELECT name FROM t WHERE id > 1").execute()
      try connection.execute("UPDATE t SET name = name || 'x'")
      #expect(meter.rowsRead == 5)
      #expect(meter.rowsWritten == 0)
    }
    #expect(meter.rowsWritten == 6)
    #expect(meter.lastError == nil)
    #expect(meter.profiles == [])
  }

  @Test func `connections of one run count in one meter`() throws {
    let meter = Meter()
    for _ in 1...2 {
      let connection = try filled(meter)
      try connection.statement("SELECT name FROM t").execute()
    }
    #expect(meter.rowsRead == 6)
    #expect(meter.rowsWritten == 6)
  }

  @Test(arguments: [Meter.Detail.counts, .plans])
  func `the last error is kept, with its extended code`(detail: Meter.Detail) throws {
    let meter = Meter(detail)
    let connection = try filled(meter)
    #expect(throws: SQLiteError.self) { try connection.execute("NONSENSE") }
    #expect(meter.lastError?.code.rawValue == 1)
    #expect(throws: SQLiteError.self) {
      try connection.statement("INSERT INTO t(name) VALUES('a')").execute()
    }
    #expect(meter.lastError?.code.rawValue == 2067)
    #expect(throws: SQLiteError.self) { _ = try connection.prepare("SELECT nothing").columnCount }
    #expect(meter.lastError?.code.rawValue == 1)
    if detail == .plans {
      let failed = meter.profiles.filter { $0.error != nil }
      #expect(failed.map(\.sql) == ["INSERT INTO t(name) VALUES('a')"])
      #expect(failed.map(\.error) == ["UNIQUE constraint failed: t.name"])
    }
  }

  @Test func `a file that cannot be opened is an error with its errno`() {
    let meter = Meter()
    #expect(throws: SQLiteError.self) {
      _ = try Connection(unhardened: "/nowhere/at/all", access: .readOnly, meter: meter).filePath
    }
    #expect(meter.lastError?.code.primary == .cannotOpen)
    #expect(meter.lastError?.systemError == 2)
  }

  @Test func `each text has one profile, however often and from wherever it is run`() throws {
    let meter = Meter(.statements)
    do {
      let connection = try filled(meter)
      for _ in 1...2 { try connection.statement("SELECT name FROM t").execute() }
      try connection.prepare("SELECT name FROM t").execute()
      let again = try connection.prepare("SELECT name FROM t")
      try again.execute()
      try again.execute()
    }
    let profile = try #require(meter.profiles.first { $0.sql == "SELECT name FROM t" })
    #expect(profile.runs == 5)
    #expect(profile.rows == 15)
    #expect(profile.steps > 15)
    #expect(profile.scannedRows == 10)
    #expect(profile.nanoseconds > 0)
    #expect(profile.plan == nil)
    #expect(meter.rowsRead == 15)
    let created = meter.profiles.filter { $0.sql.contains("CREATE") || $0.sql.contains("INSERT") }
    #expect(created.map(\.runs) == [1, 1])
  }

  @Test func `plans have their nesting; scans, sorts and passing indexes are counted`() throws {
    let meter = Meter(.plans)
    do {
      let connection = try filled(meter)
      try connection.execute("CREATE TABLE u(t INTEGER) STRICT; INSERT INTO u VALUES(1), (2)")
      try connection.prepare("SELECT name FROM t WHERE id = 2").execute()
      try connection.prepare(
        "SELECT name, (SELECT t FROM u WHERE t = t.id) FROM t ORDER BY name || 1"
      )
      .execute()
      try connection.prepare("SELECT * FROM t CROSS JOIN u x CROSS JOIN u y ON x.t = y.t").execute()
      try connection.execute("PRAGMA cache_size=100")
    }
    func profile(_ beginning: String) throws -> StatementProfile {
      try #require(meter.profiles.first { $0.sql.contains(beginning) })
    }
    let search = try profile("id = 2")
    #expect(search.plan?.map(\.text) == ["SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"])
    #expect(search.scannedRows == 0)
    let sort = try profile("ORDER BY")
    #expect(sort.sorts == 1)
    #expect(sort.plan?.first?.depth == 0)
    #expect(sort.plan?.contains { $0.depth == 1 && $0.text.hasPrefix("SCAN u") } == true)
    #expect(sort.plan?.last?.text == "USE TEMP B-TREE FOR ORDER BY")
    #expect(try profile("CROSS JOIN").automaticIndexRows > 0)
    #expect(try profile("PRAGMA").plan == [])
    #expect(meter.profiles.allSatisfy { $0.plan != nil })
  }

  @Test func `asking for plans changes nothing`() throws {
    let scratch = Scratch()
    scratch.write([], to: "x.db")
    for detail in [Meter.Detail.counts, .plans] {
      let connection = try Connection(
        path: scratch.file("x.db"), access: .readWrite, meter: Meter(detail))
      try connection.execute("CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY) STRICT")
      try connection.statement("DELETE FROM t WHERE id < 0").execute()
      try connection.statement("INSERT INTO t DEFAULT VALUES").execute()
    }
    let connection = try Connection(unhardened: scratch.file("x.db"), access: .readOnly)
    let count = try connection.prepare("SELECT count(*) FROM t")
    #expect(try count.step())
    #expect(count.integer(0) == 2)
  }
}
