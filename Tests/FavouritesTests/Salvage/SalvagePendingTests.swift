import SQLite
import TestSupport
import Testing

@testable import Favourites

/// `doctor --salvage` of a file beside which a write lies that has not ended.
struct SalvagePendingTests {
  /// Hands over a file with half a write done: pages are in the file already that its journal is to
  /// take back.
  private func halfWritten(
    _ mode: String, _ body: (Scratch, Entered) throws -> Void
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fillWithEverything(path, 300)
      let entered = try Entered(path)
      let writer = try Connection(unhardened: path, access: .readWrite)
      try writer.execute("PRAGMA journal_mode=\(mode)")
      try writer.execute("PRAGMA cache_size=5; PRAGMA wal_autocheckpoint=0; BEGIN")
      try writer.execute("DELETE FROM place; DELETE FROM favourite; DELETE FROM trash")
      if mode == "WAL" { try writer.execute("ROLLBACK; UPDATE favourite SET opened = 7") }
      try body(scratch, entered)
      if mode != "WAL" { writer.rollBack() }
    }
  }

  private func copy(_ scratch: Scratch, _ suffix: String) throws {
    scratch.write(try #require(scratch.bytes("favs.db" + suffix)), to: "copy.db" + suffix)
  }

  @Test func `a write that was broken off is taken back, in a copy`() throws {
    try halfWritten("DELETE") { scratch, entered in
      try copy(scratch, "")
      try copy(scratch, "-journal")
      let (file, journal) = (scratch.bytes("copy.db"), scratch.bytes("copy.db-journal"))
      scratch.write(try #require(file), to: "alone.db")
      #expect(
        try Store.salvage(scratch.file("alone.db"), into: scratch.file("less.db"), command: "x")
          .favourites < 300)
      let found = try salvage(scratch.file("copy.db"), to: scratch.file("new.db"))
      #expect(try Entered(scratch.file("new.db")) == entered)
      #expect(found.isComplete, "\(found)")
      #expect(scratch.bytes("copy.db") == file && scratch.bytes("copy.db-journal") == journal)
      #expect(scratch.names.filter { $0.hasPrefix(".favs") } == [])
    }
  }

  @Test func `a write that is under way is not seen`() throws {
    try halfWritten("DELETE") { scratch, entered in
      let found = try salvage(scratch.file("favs.db"), to: scratch.file("new.db"))
      #expect(try Entered(scratch.file("new.db")) == entered)
      #expect(found.isComplete, "\(found)")
    }
  }

  @Test func `what another program left in its log is read`() throws {
    try halfWritten("WAL") { scratch, _ in
      try copy(scratch, "")
      try copy(scratch, "-wal")
      let found = try salvage(scratch.file("copy.db"), to: scratch.file("new.db"))
      #expect(found.isComplete, "\(found)")
      #expect(try listed(scratch.file("new.db")).allSatisfy { $0.opened == 7 })
      #expect(scratch.names.filter { $0.hasPrefix(".favs") } == [])
    }
  }

  @Test func `what cannot be taken back is told`() throws {
    try halfWritten("DELETE") { scratch, _ in
      try copy(scratch, "")
      // The size of the pages in it.
      var journal = try #require(scratch.bytes("favs.db-journal"))
      journal.replaceSubrange(24..<28, with: [0, 0, 0, 0])
      scratch.write(journal, to: "copy.db-journal")
      let found = try salvage(scratch.file("copy.db"), to: scratch.file("new.db"))
      #expect(found.isPending && !found.isComplete)
      #expect(scratch.names.filter { $0.hasPrefix(".favs") } == [])
    }
  }
}
