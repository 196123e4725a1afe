import CSQLite
import Foundation
import TestSupport
import Testing

@testable import SQLite

struct HardeningTests {
  @Test func `a text in double quotes is a name and nothing else`() throws {
    let connection = try hardened()
    let error = #expect(throws: SQLiteError.self) {
      try connection.execute("SELECT \"nothing\" FROM t")
    }
    #expect(error?.message == "no such column: nothing")
    #expect(throws: SQLiteError.self) {
      try connection.execute("CREATE TABLE u(x CHECK(x <> \"text\"))")
    }
  }

  @Test func `no extension can be loaded`() throws {
    let connection = try hardened()
    let error = #expect(throws: SQLiteError.self) {
      try connection.execute("SELECT load_extension('/tmp/x.so')")
    }
    // Compiled without extensions, SQLite has no such function at all.
    let refusals = ["not authorized", "no such function: load_extension"]
    #expect(refusals.contains(error?.message ?? ""))
  }

  @Test func `a value by default calls nothing that reaches out of the file`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    try connection.execute("CREATE TABLE t(x, y DEFAULT (load_extension('/tmp/x.so')))")
    try connection.harden(busyMilliseconds: 0, longestValue: 1_000)
    let error = #expect(throws: SQLiteError.self) {
      try connection.execute("INSERT INTO t(x) VALUES (1)")
    }
    // Compiled without extensions, SQLite has no such function at all.
    let refusals = ["unsafe use of load_extension()", "no such function: load_extension"]
    #expect(refusals.contains { error?.message.contains($0) ?? false }, "\(error as Any)")
  }

  @Test func `reading a file does not change its time of access`() throws {
    try withScratch { scratch in
      scratch.write([], to: "a.db")
      let path = scratch.file("a.db")
      try Connection(unhardened: path, access: .readWrite).execute("CREATE TABLE t(x)")
      // So long ago that the system would note it.
      var times = [timespec(tv_sec: 1_000, tv_nsec: 0), timespec(tv_sec: 2_000, tv_nsec: 0)]
      #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
      let reader = try Connection(unhardened: path, access: .readOnly)
      #expect(try numbers(reader, "SELECT count(*) FROM t") == [0])
      var status = stat()
      #expect(stat(path, &status) == 0)
      #expect(status.st_atim.tv_sec == 1_000)
    }
  }

  @Test func `a file's own schema is not trusted`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    #expect(try numbers(connection, "PRAGMA trusted_schema") == [1])
    try connection.harden(busyMilliseconds: 0, longestValue: 1_000)
    #expect(try numbers(connection, "PRAGMA trusted_schema") == [0])
  }

  @Test func `what takes more instructions than it may is ended, all that is run together`() throws
  {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    let counting = "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n LIMIT 2000)"
    connection.limitInstructions(to: 100_000)
    #expect(try numbers(connection, counting + " SELECT max(i) FROM n") == [2_000])
    let error = #expect(throws: SQLiteError.self) {
      for _ in 0..<100 { _ = try numbers(connection, counting + " SELECT max(i) FROM n") }
    }
    #expect(error?.code == .interrupted)
  }

  @Test func `a trigger in the file does not run`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    try connection.execute(
      """
      CREATE TABLE t(x);
      CREATE TABLE spy(x);
      CREATE TRIGGER steal AFTER INSERT ON t BEGIN INSERT INTO spy VALUES(NEW.x); END
      """)
    try connection.execute("INSERT INTO t VALUES(1)")
    try connection.harden(busyMilliseconds: 0, longestValue: 1_000)
    try connection.execute("INSERT INTO t VALUES(2)")
    #expect(try numbers(connection, "SELECT x FROM spy") == [1])
  }

  @Test func `a view in the file cannot be read`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    try connection.execute("CREATE TABLE t(x); CREATE VIEW v AS SELECT x FROM t")
    try connection.harden(busyMilliseconds: 0, longestValue: 1_000)
    let error = #expect(throws: SQLiteError.self) { try connection.execute("SELECT x FROM v") }
    #expect(error?.message == "access to view \"v\" prohibited")
  }

  @Test func `the schema cannot be written to and no other file attached`() throws {
    let connection = try hardened()
    #expect(throws: SQLiteError.self) {
      try connection.execute("PRAGMA writable_schema=ON; DELETE FROM sqlite_schema")
    }
    #expect(throws: SQLiteError.self) { try connection.execute("ATTACH ':memory:' AS other") }
  }

  @Test func `foreign keys hold`() throws {
    let connection = try hardened()
    try connection.execute(
      "CREATE TABLE a(id INTEGER PRIMARY KEY); CREATE TABLE b(a REFERENCES a(id))")
    let error = #expect(throws: SQLiteError.self) {
      try connection.execute("INSERT INTO b VALUES(1)")
    }
    #expect(error?.code.primary == .constraint)
  }

  @Test func `a value that is too long is refused and leaves the connection in order`() throws {
    let connection = try hardened()
    let error = #expect(throws: SQLiteError.self) {
      try connection.execute("INSERT INTO t VALUES(zeroblob(2000))")
    }
    #expect(error?.code == .tooBig)
    try connection.execute("INSERT INTO t VALUES(1)")
    #expect(try numbers(connection, "SELECT x FROM t") == [1])
  }

  @Test func `a connection that writes syncs fully and overwrites what is deleted`() throws {
    let connection = try hardened()
    try connection.prepareForWriting()
    #expect(try numbers(connection, "PRAGMA synchronous") == [3])
    #expect(try numbers(connection, "PRAGMA secure_delete") == [1])
    #expect(try numbers(connection, "PRAGMA cell_size_check") == [1])
    #expect(try numbers(connection, "PRAGMA temp_store") == [2])
    try connection.holdChangedPages(upToMebibytes: 2)
    #expect(try numbers(connection, "PRAGMA cache_size") == [-2_048])
  }

  /// SQLite would otherwise use each of them for the next page, as the only ones that it need not
  /// write first.
  @Test func `pages that are read again and again stay in a cache that is full of changed ones`()
    throws
  {
    try withScratch { scratch in
      scratch.write([], to: "a.db")
      let connection = try Connection(unhardened: scratch.file("a.db"), access: .readWrite)
      try connection.execute(
        """
        CREATE TABLE seen(id INTEGER PRIMARY KEY, x);
        CREATE TABLE added(id INTEGER PRIMARY KEY, x);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
        INSERT INTO seen SELECT i, zeroblob(3000) FROM n
        """)
      try connection.holdChangedPages(upToMebibytes: 2)
      try connection.beginImmediate()
      let add = try connection.prepare("INSERT INTO added(x) VALUES(zeroblob(3000))")
      let look = try connection.prepare("SELECT x FROM seen WHERE id = ?")
      for number in 0..<2_000 {
        _ = try add.step()
        add.reset()
        look.bind(Int64(number % 20 + 1), at: 1)
        #expect(try look.step())
        look.reset()
      }
      var (now, most): (Int32, Int32) = (0, 0)
      let code = unsafe sqlite3_db_status(
        connection.handle, SQLITE_DBSTATUS_CACHE_MISS, &now, &most, 0)
      #expect(code == SQLITE_OK)
      // Each of the 20 once, and some of the tables above them.
      #expect(now < 60, "\(now) pages were read")
    }
  }
}

/// A connection in memory with a table `t(x)` and values of 1,000 bytes at most.
private func hardened() throws -> Connection {
  let connection = try Connection(unhardened: ":memory:", access: .memory)
  try connection.execute("CREATE TABLE t(x)")
  try connection.harden(busyMilliseconds: 0, longestValue: 1_000)
  try connection.hardenReading()
  return connection
}
