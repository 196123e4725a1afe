import Foundation
import SQLite
import TestSupport
import Testing

/// Files that another hand has changed in a way that favs has to live with.
struct ForeignModeTests {
  @Test func `what waits in the log of a file in WAL mode is there, and more can be added`() throws
  {
    try withFavs { favs in
      try favs("add", "first")
      let connection = try Connection(unhardened: favs.database, access: .readWrite)
      try connection.execute("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0")
      // As long as another has the file open, what is written stays in its log.
      let count = try connection.prepare("SELECT count(*) FROM favourite").step()
      #expect(count)
      try favs("add", "second", "-t", "pending")
      let size = try FileManager.default.attributesOfItem(atPath: favs.database + "-wal")[.size]
      try #require((size as? Int ?? 0) > 0)
      // As after a crash: the file and its log, and nobody who has them open.
      let files = FileManager.default
      let copy = favs.folder + "/copy"
      try files.createDirectory(
        atPath: copy, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      for ending in ["", "-wal"] {
        try files.copyItem(atPath: favs.database + ending, toPath: copy + "/favs.db" + ending)
      }
      var other = favs
      other.environment = ["FAVS_DB": copy + "/favs.db"]
      #expect(try other("list", "--fields", "title").output == "first\nsecond\n")
      #expect(try other("search", "pending", "--fields", "id").output == "2\n")
      let added = try other("add", "third", "--fields", "id")
      expectSame(added, Outcome(0, "3\n"))
      #expect(try other("list", "--fields", "title").output == "first\nsecond\nthird\n")
      let kept = copy + "/kept.db"
      #expect(try other("backup", kept).code == 0)
      #expect(
        try other("--db", kept, "list", "--fields", "title").output == "first\nsecond\nthird\n")
      #expect(try other("undo").code == 0)
      #expect(try other("list", "--fields", "title").output == "first\nsecond\n")
    }
  }

  @Test func `a clock that was put back turns no history round`() throws {
    try withFavs { favs in
      try favs("add", "first")
      // What was written while the clock was ten years ahead.
      try Connection(unhardened: favs.database, access: .readWrite)
        .execute("UPDATE change SET at = at + 315576000000")
      try favs("add", "second")
      try favs("rm", "first")
      try favs("restore", "--last")
      let changes = try favs("history", "--json").objects
      let times = changes.compactMap { $0["at"] as? String }
      #expect(times.count == 4)
      #expect(times == times.sorted().reversed())
      #expect(Set(times).count == 4)
      #expect(changes.compactMap { $0["number"] as? Int } == [4, 3, 2, 1])
      #expect(try favs("list", "--since", "1d", "--fields", "id").output.contains("2\n"))
      // And the last is taken back first.
      #expect(try favs("undo").output.contains("@4"))
      #expect(try favs("list", "--fields", "title").output == "second\n")
      #expect(try favs("doctor").code == 0)
    }
  }
}
