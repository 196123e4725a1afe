import Foundation
import TestSupport
import Testing

@testable import SQLite

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Journals that lie beside a database: which of them are played back.
struct JournalTests {
  private static let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

  private static func big(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).bigEndian) { Array($0) }
  }

  /// Hands over a folder with `x.db`, which holds half of a change, and the hot journal that
  /// reverts it.
  private func halfDone(mode: String = "DELETE", _ body: (Scratch) throws -> Void) throws {
    try withScratch { scratch in
      scratch.write([], to: "work.db")
      let writer = try Connection(unhardened: scratch.file("work.db"), access: .readWrite)
      try writer.execute("PRAGMA journal_mode=\(mode); PRAGMA cache_size=1; CREATE TABLE t(x)")
      try writer.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        INSERT INTO t SELECT 'before' || hex(zeroblob(50)) FROM n
        """)
      try writer.execute("BEGIN")
      try writer.execute("UPDATE t SET x = 'after' || hex(zeroblob(50))")
      if mode == "WAL" { try writer.commit() }
      for ending in ["", mode == "WAL" ? "-wal" : "-journal"] {
        scratch.write(try #require(scratch.bytes("work.db" + ending)), to: "x.db" + ending)
      }
      if mode != "WAL" { writer.rollBack() }
      try body(scratch)
    }
  }

  /// How many rows are as they were before the change that was broken off.
  private func countBefore(
    _ scratch: Scratch, _ access: Connection.Access = .readWrite
  ) throws(SQLiteError) -> Int64 {
    try Self.countBefore(Connection(path: scratch.file("x.db"), access: access))
  }

  private static func countBefore(
    _ connection: borrowing Connection
  ) throws(SQLiteError) -> Int64 {
    let rows = try connection.prepare("SELECT count(*) FROM t WHERE x GLOB 'before*'")
    return try rows.step() ? rows.integer(0) : -1
  }

  private func refusal(_ scratch: Scratch, ending: String = "-journal") throws -> JournalRefusal? {
    var reasons: [JournalRefusal?] = []
    let before = try #require(scratch.bytes("x.db"))
    for access in [Connection.Access.readOnly, .readWrite] {
      do throws(SQLiteError) {
        _ = try countBefore(scratch, access)
        reasons.append(nil)
      } catch {
        #expect(error.refusedJournal?.path == scratch.file("x.db" + ending), "\(error)")
        reasons.append(error.refusedJournal?.reason)
      }
    }
    if reasons[0] != nil {
      #expect(scratch.bytes("x.db") == before)
      #expect(scratch.bytes("x.db" + ending) != nil)
    }
    #expect(reasons[0] == reasons[1])
    return reasons[0]
  }

  @Test func `what was broken off is taken back`() throws {
    try halfDone { (scratch) throws in
      #expect(try countBefore(scratch) == 500)
      #expect(scratch.bytes("x.db-journal") == nil)
    }
  }

  @Test(arguments: [true, false])
  func `a journal that names another file removes none`(isReadable: Bool) throws {
    try halfDone { (scratch) throws in
      scratch.write(Array("precious".utf8), to: "mine.txt")
      let name = Array(scratch.file("mine.txt").utf8)
      // SQLite looks at the end of what does not begin like a journal too.
      var journal =
        isReadable ? try #require(scratch.bytes("x.db-journal")) : Array(repeating: 1, count: 512)
      journal += [0, 0, 0, 0] + name + Self.big(name.count)
      journal += Self.big(name.reduce(0) { $0 + Int($1) }) + Self.magic
      scratch.write(journal, to: "x.db-journal")
      #expect(try refusal(scratch) == .namesAnother)
      #expect(scratch.bytes("mine.txt") == Array("precious".utf8))
    }
  }

  @Test(arguments: [0o777, 0o1777, 0o770, 0o702])
  func `no journal is played back in a folder that others may write to`(mode: mode_t) throws {
    try halfDone { (scratch) throws in
      #expect(chmod(scratch.path, mode) == 0)
      #expect(try refusal(scratch) == .folderIsOpen)
      // Where none lies there, all goes on as elsewhere.
      try FileManager.default.removeItem(atPath: scratch.file("x.db-journal"))
      let bare = try Connection(unhardened: scratch.file("x.db"), access: .readOnly)
      #expect(try countBefore(scratch, .readOnly) == Self.countBefore(bare))
      let connection = try Connection(path: scratch.file("x.db"), access: .readWrite)
      try connection.execute("UPDATE t SET x = 'again'")
      #expect(scratch.bytes("x.db-journal") == nil)
    }
  }

  @Test func `a journal that others may write to is not played back`() throws {
    try halfDone { (scratch) throws in
      for mode: mode_t in [0o660, 0o602] {
        #expect(chmod(scratch.file("x.db-journal"), mode) == 0)
        #expect(try refusal(scratch) == .isOpen)
      }
    }
  }

  @Test func `a journal with another name is not played back`() throws {
    try halfDone { (scratch) throws in
      #expect(link(scratch.file("x.db-journal"), scratch.file("other")) == 0)
      #expect(try refusal(scratch) == .notPlain)
    }
  }

  @Test func `nothing is written to a file that has the name of the journal and another`() throws {
    try halfDone { (scratch) throws in
      try FileManager.default.removeItem(atPath: scratch.file("x.db-journal"))
      scratch.write([0, 0], to: "mine.txt")
      #expect(link(scratch.file("mine.txt"), scratch.file("x.db-journal")) == 0)
      let connection = try Connection(path: scratch.file("x.db"), access: .readWrite)
      let error = #expect(throws: SQLiteError.self) { try connection.execute("DELETE FROM t") }
      #expect(error?.refusedJournal?.reason == .notPlain)
      #expect(scratch.bytes("mine.txt") == [0, 0])
    }
  }

  @Test(.enabled(if: geteuid() == 0, "this user cannot give a file away"))
  func `the journal of another user is not played back`() throws {
    try halfDone { (scratch) throws in
      #expect(chown(scratch.file("x.db-journal"), 12_345, 12_345) == 0)
      #expect(try refusal(scratch) == .notOurs)
      #expect(chmod(scratch.file("x.db-journal"), 0o600) == 0)
      #expect(try refusal(scratch) == .notOurs)
      // Of one who gives both away, root plays it back, in a folder of that user.
      #expect(chown(scratch.file("x.db"), 12_345, 12_345) == 0)
      #expect(chown(scratch.path, 54_321, 54_321) == 0)
      #expect(try refusal(scratch) == .folderIsOpen)
      #expect(chown(scratch.path, 12_345, 12_345) == 0)
      #expect(try countBefore(scratch) == 500)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "this user cannot give a file away"))
  func `no page goes into a journal that another user keeps ready`() throws {
    try halfDone { (scratch) throws in
      scratch.write([0], to: "x.db-journal")
      #expect(chown(scratch.file("x.db-journal"), 12_345, 12_345) == 0)
      let connection = try Connection(path: scratch.file("x.db"), access: .readWrite)
      let error = #expect(throws: SQLiteError.self) { try connection.execute("DELETE FROM t") }
      #expect(error?.refusedJournal?.reason == .notOurs)
      #expect(scratch.bytes("x.db-journal") == [0])
    }
  }

  @Test func `a journal of another database is not played back`() throws {
    try halfDone { (scratch) throws in
      let journal = try #require(scratch.bytes("x.db-journal"))
      for (offset, number) in [(24, 1_024), (24, 65_536), (16, 1 << 30), (16, 0xFFFF_FFFF)] {
        var other = journal
        other.replaceSubrange(offset..<offset + 4, with: Self.big(number))
        scratch.write(other, to: "x.db-journal")
        #expect(try refusal(scratch) == .isOfAnother, "\(offset) \(number)")
      }
    }
  }

  @Test func `a journal that never came to the disk is done with`() throws {
    try halfDone { (scratch) throws in
      let journal = try #require(scratch.bytes("x.db-journal"))
      for (length, beginning) in [(0, []), (512, []), (10, Self.magic), (20, Self.magic)] {
        var left = Array(journal.prefix(length))
        if beginning.isEmpty { left = left.map { _ in 0 } }
        scratch.write(left, to: "x.db-journal")
        #expect(try countBefore(scratch) >= 0, "\(length)")
      }
    }
  }

  @Test func `a log is read only where no other can have put it`() throws {
    try halfDone(mode: "WAL") { (scratch) throws in
      for ending in ["-wal", "-shm"] {
        scratch.write(scratch.bytes("x.db" + ending) ?? [], to: "x.db" + ending)
        #expect(chmod(scratch.file("x.db" + ending), 0o666) == 0)
        #expect(try refusal(scratch, ending: "-wal") == .isOpen)
        #expect(chmod(scratch.file("x.db" + ending), 0o600) == 0)
      }
      #expect(chmod(scratch.path, 0o1777) == 0)
      #expect(try refusal(scratch, ending: "-wal") == .folderIsOpen)
      // Nor is one begun there, which others would have to be let in on.
      let log = try #require(scratch.bytes("x.db-wal"))
      for ending in ["-wal", "-shm"] {
        try FileManager.default.removeItem(atPath: scratch.file("x.db" + ending))
      }
      for access in [Connection.Access.readOnly, .readWrite] {
        let error = #expect(throws: SQLiteError.self) { try countBefore(scratch, access) }
        #expect(error?.refusedJournal?.reason == .folderIsOpen)
      }
      #expect(chmod(scratch.path, 0o700) == 0)
      scratch.write(log, to: "x.db-wal")
      #expect(try countBefore(scratch) == 0)
    }
  }

  /// Nobody can put one there between the look and the opening.
  @Test func `a journal that is begun where none is has to be new`() throws {
    try halfDone { (scratch) throws in
      try FileManager.default.removeItem(atPath: scratch.file("x.db-journal"))
      // SQLITE_OPEN_READWRITE and SQLITE_OPEN_MAIN_JOURNAL, with and without SQLITE_OPEN_CREATE;
      // 0x10 is SQLITE_OPEN_EXCLUSIVE.
      for (asked, expected) in [(0x806, 0x816), (0x802, 0x802)] as [(Int32, Int32)] {
        var flags = asked
        let path = scratch.file("x.db-journal")
        #expect(JournalJudge.judge(path, &flags, header: nil, size: 0) == 0)
        #expect(flags == expected)
      }
    }
  }
}
