import SQLite
import TestSupport
import Testing

struct StatementTests {
  @Test(arguments: [
    "", "plain", "a\u{0}b", "\u{0}", "caf\u{E9}", "cafe\u{301}", "👩‍👩‍👧‍👦", "'; DROP TABLE t; --",
    "\u{FEFF}x",
  ])
  func `a text comes back byte for byte`(text: String) throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    let echo = try connection.prepare("SELECT ?1, length(CAST(?1 AS BLOB)), typeof(?1)")
    echo.bind(text, at: 1)
    #expect(try echo.step())
    #expect(Array(echo.text(0).utf8) == Array(text.utf8))
    #expect(echo.bytes(0) == Array(text.utf8))
    #expect(echo.integer(1) == Int64(text.utf8.count))
    #expect(echo.text(2) == "text")
  }

  @Test func `numbers, blobs and nothing come back as they went in`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    let echo = try connection.prepare("SELECT ?, ?, ?, ?, ?, ?, typeof(?5), ?")
    echo.bind(Int64.min, at: 1)
    echo.bind(0.1, at: 2)
    echo.bind([0, 255, 0] as [UInt8], at: 3)
    echo.bind(String?.none, at: 4)
    echo.bind([] as [UInt8], at: 5)
    echo.bind(Int64?.none, at: 6)
    echo.bind(text: [], at: 7)
    #expect(try echo.step())
    #expect(echo.columnCount == 8)
    #expect(echo.integer(0) == Int64.min)
    #expect(echo.double(1) == 0.1)
    #expect(echo.bytes(2) == [0, 255, 0])
    #expect(echo.textOrNil(3) == nil)
    #expect(echo.text(3) == "")
    #expect(echo.bytes(4) == [])
    #expect(echo.isNull(4) == false)
    #expect(echo.integerOrNil(5) == nil)
    #expect(echo.isNull(5) == true)
    #expect(echo.text(6) == "blob")
    #expect(echo.textOrNil(7) == "")
  }

  @Test func `bytes that are not UTF-8 are read as U+FFFD`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    let echo = try connection.prepare("SELECT CAST(x'61FF62' AS TEXT)")
    #expect(try echo.step())
    #expect(echo.text(0) == "a\u{FFFD}b")
  }

  @Test func `a statement of one call site is used again without its old values`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    var seen: [String?] = []
    for turn in 0..<3 {
      let echo = try connection.statement("SELECT ?")
      if turn != 1 { echo.bind("turn \(turn)", at: 1) }
      #expect(try echo.step())
      seen.append(echo.textOrNil(0))
    }
    #expect(seen == ["turn 0", nil, "turn 2"])
  }

  @Test func `two uses of one call site at a time do not disturb each other`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    func count(to last: Int64) throws -> [Int64] {
      let rows = try connection.statement(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT i FROM n
        """)
      rows.bind(last, at: 1)
      var seen: [Int64] = []
      while try rows.step() {
        seen.append(rows.integer(0))
        if last == 3 { seen += try count(to: 2) }
      }
      return seen
    }
    #expect(try count(to: 3) == [1, 1, 2, 2, 1, 2, 3, 1, 2])
    #expect(try count(to: 3) == [1, 1, 2, 2, 1, 2, 3, 1, 2])
  }

  @Test func `a statement that was reset keeps its values`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    let echo = try connection.prepare("SELECT ?")
    echo.bind("kept", at: 1)
    #expect(try echo.step())
    echo.reset()
    #expect(try echo.step())
    #expect(echo.text(0) == "kept")
  }

  @Test func `a statement outlives its connection`() throws {
    func statement(pooled: Bool) throws -> Statement {
      let connection = try Connection(unhardened: ":memory:", access: .memory)
      return pooled ? try connection.statement("SELECT 7") : try connection.prepare("SELECT 7")
    }
    for isPooled in [true, false] {
      let orphan = try statement(pooled: isPooled)
      #expect(try orphan.step())
      #expect(orphan.integer(0) == 7)
    }
  }

  @Test func `an error tells the statement and not its values`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    try connection.execute("CREATE TABLE t(x TEXT CHECK(x <> 'secret'))")
    let insert = try connection.prepare("INSERT INTO t VALUES(?)")
    insert.bind("secret", at: 1)
    let error = #expect(throws: SQLiteError.self) { try insert.execute() }
    #expect(
      error
        == SQLiteError(
          code: ResultCode(rawValue: 275), message: "CHECK constraint failed: x <> 'secret'",
          sql: "INSERT INTO t VALUES(?)"))
    insert.bind("harmless", at: 1)
    try insert.execute()
  }

  @Test func `a statement that is no SQL is an error with its text`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    let first = #expect(throws: SQLiteError.self) { _ = try connection.prepare("SELEKT 1") }
    #expect(first?.message == "near \"SELEKT\": syntax error")
    #expect(first?.sql == "SELEKT 1")
    let second = #expect(throws: SQLiteError.self) { _ = try connection.statement("SELECT x") }
    #expect(second?.sql == "SELECT x")
  }

  @Test func `what cannot write says so`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    try connection.execute("CREATE TABLE t(x)")
    #expect(try connection.prepare("SELECT x FROM t").isReadOnly == true)
    #expect(try connection.prepare("DELETE FROM t").isReadOnly == false)
  }

  @Test func `a column is compared with a text of the program byte by byte`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    let row = try connection.prepare("SELECT 'dune', NULL, 'dune2'")
    #expect(try row.step())
    #expect(row.isText(0, "dune") == true)
    #expect(row.isText(0, "Dune") == false)
    #expect(row.isText(1, "dune") == false)
    #expect(row.isText(2, "dune") == false)
  }
}
