import Foundation
import SQLite
import TestSupport
import Testing

struct ConnectionTests {
  @Test func `a file that is not there is not made`() {
    withScratch { scratch in
      let path = scratch.file("none.db")
      let error = #expect(throws: SQLiteError.self) {
        _ = try Connection(unhardened: path, access: .readWrite)
      }
      #expect(error?.code.primary == .cannotOpen)
      #expect(error?.systemError == 2)
      #expect(scratch.names == [])
    }
  }

  @Test func `a link is not followed`() throws {
    try withScratch { scratch in
      _ = try made(scratch)
      try FileManager.default.createSymbolicLink(
        atPath: scratch.file("link.db"), withDestinationPath: scratch.file("a.db"))
      let error = #expect(throws: SQLiteError.self) {
        _ = try Connection(unhardened: scratch.file("link.db"), access: .readWrite)
      }
      #expect(error?.code.primary == .cannotOpen)
    }
  }

  /// SQLite itself would try again after 228 and 328 milliseconds.
  @Test func `a reader goes on soon after the file is free`() throws {
    try withScratch { scratch in
      let path = try made(scratch)
      let late = try (0..<5).map { _ in
        let free = DispatchSemaphore(value: 0)
        let locked = DispatchSemaphore(value: 0)
        let released = Instant()
        Thread.detachNewThread {
          defer { free.signal() }
          guard let writer = try? Connection(unhardened: path, access: .readWrite) else {
            locked.signal()
            return
          }
          try? writer.execute("BEGIN EXCLUSIVE")
          locked.signal()
          Thread.sleep(forTimeInterval: 0.235)
          try? writer.execute("COMMIT")
          released.date = Date()
        }
        locked.wait()
        let reader = try Connection(unhardened: path, access: .readOnly)
        reader.waitForOthers(milliseconds: 5_000)
        try reader.execute("SELECT * FROM t")
        let read = Date()
        free.wait()
        return read.timeIntervalSince(try #require(released.date))
      }
      // One of them, since the machine may be busy.
      #expect(late.contains { $0 < 0.05 }, "\(late)")
    }
  }

  @Test func `a connection that reads refuses to write`() throws {
    try withScratch { scratch in
      let path = try made(scratch)
      let connection = try Connection(unhardened: path, access: .readOnly)
      let error = #expect(throws: SQLiteError.self) {
        try connection.execute("INSERT INTO t VALUES(1)")
      }
      #expect(error?.code.primary == .readOnly)
      #expect(error?.sql == "INSERT INTO t VALUES(1)")
    }
  }

  @Test func `a transaction is kept by a commit and gone after a rollback`() throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    try connection.execute("CREATE TABLE t(x)")
    #expect(connection.isInTransaction == false)
    try connection.beginImmediate()
    #expect(connection.isInTransaction == true)
    try connection.execute("INSERT INTO t VALUES(1)")
    try connection.commit()
    try connection.beginImmediate()
    try connection.execute("INSERT INTO t VALUES(2), (3)")
    #expect(connection.changes == 2)
    #expect(connection.lastRowID == 3)
    connection.rollBack()
    connection.rollBack()
    #expect(connection.isInTransaction == false)
    #expect(try numbers(connection, "SELECT x FROM t") == [1])
    #expect(connection.totalChanges == 3)
  }

  @Test func `what is written is rolled back where a connection goes out of scope`() throws {
    try withScratch { scratch in
      let path = try made(scratch)
      do {
        let connection = try Connection(unhardened: path, access: .readWrite)
        try connection.beginImmediate()
        try connection.execute("INSERT INTO t VALUES(1)")
      }
      let connection = try Connection(unhardened: path, access: .readOnly)
      #expect(try numbers(connection, "SELECT x FROM t") == [])
      #expect(connection.filePath == path)
    }
  }

  @Test func `a file that another connection writes to is busy after the patience`() throws {
    try withScratch { scratch in
      let path = try made(scratch)
      let first = try Connection(unhardened: path, access: .readWrite)
      try first.beginImmediate()
      let second = try Connection(unhardened: path, access: .readWrite)
      try second.harden(busyMilliseconds: 20, longestValue: 1_000_000)
      let error = #expect(throws: SQLiteError.self) { try second.beginImmediate() }
      #expect(error?.code.primary == .busy)
      first.rollBack()
      try second.beginImmediate()
    }
  }

  @Test func `a file that is no database is told from others`() throws {
    withScratch { scratch in
      scratch.write(Array(String(repeating: "no database ", count: 500).utf8), to: "a.db")
      let error = #expect(throws: SQLiteError.self) {
        let connection = try Connection(unhardened: scratch.file("a.db"), access: .readOnly)
        try connection.execute("SELECT 1 FROM sqlite_schema")
      }
      #expect(error?.code == .notADatabase)
    }
  }
}

/// A file with an empty table `t(x)`.
private func made(_ scratch: Scratch) throws -> String {
  let path = scratch.file("a.db")
  scratch.write([], to: "a.db")
  try Connection(unhardened: path, access: .readWrite).execute("CREATE TABLE t(x)")
  return path
}

/// The first column of all rows.
func numbers(_ connection: borrowing Connection, _ sql: String) throws -> [Int64] {
  let rows = try connection.prepare(sql)
  var numbers: [Int64] = []
  while try rows.step() { numbers.append(rows.integer(0)) }
  return numbers
}

/// When something happened on another thread; read after that.
private final class Instant: @unchecked Sendable {
  var date: Date?
}
