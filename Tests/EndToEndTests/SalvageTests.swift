import Foundation
import SQLite
import TestSupport
import Testing

/// `doctor --salvage`: what it tells, how it ends, and what is in the new file.
struct SalvageTests {
  private func fill(_ favs: Favs, _ count: Int = 600) throws {
    try favs("category", "add", "gone/far", "--note", "far off", "--field", "year:number")
    try favs("add", "Dune", "-c", "gone/far", "-t", "classic", "--set", "year=1965")
    try favs("add", "Emma", "-c", "gone", "-t", "classic", "-u", "https://emma.org")
    try favs("category", "rm", "gone")
    let lines = (0..<count).map { "https://example.org/\($0) favourite \($0)\n" }.joined()
    try favs("add", "-", input: lines)
    try favs("rm", "5")
    try favs("rm", "8", "6", "7")
    try favs("edit", "20", "--note", String(repeating: "a long note ", count: 10_000))
    try favs("move", "20", "--first")
  }

  private func bytes(_ path: String) throws -> Data {
    try #require(FileManager.default.contents(atPath: path))
  }

  private func zeros(_ names: String...) -> String { names.map { "0\t\($0)\n" }.joined() }

  private var noLoss: String {
    zeros(
      "lost rows", "unreadable pages", "repaired texts",
      "replaced uids", "renamed categories",
      "lost tags, metadata and fields")
  }

  @Test func `a sound file comes out as it was, and so does its trash`() throws {
    try withFavs { favs in
      try fill(favs)
      let target = favs.folder + "/saved.db"
      let outcome = try favs("doctor", "--salvage", target)
      #expect(outcome.code == 0)
      let trashed = try favs("trash", "list", "--json").objects.count
      #expect(outcome.output.hasSuffix("1\tcategories\n2\tcategories in the trash\n" + noLoss))
      for words in [
        ["list", "--fields", "uid,category,rank,title,url,tags,note,created_at,modified_at"],
        [
          "trash", "list", "--sort", "category", "--fields",
          "uid,category,title,url,tags,deleted_at",
        ],
        ["category", "list"], ["export", "--format", "html"],
      ] {
        let old = try favs.run(words.map { Array($0.utf8) })
        let new = try favs.run((["--db", target] + words).map { Array($0.utf8) })
        #expect(old.code == 0, "\(old)")
        expectSame(new, old)
      }
      #expect(trashed >= 3)
      let restored = try favs("--db", target, "restore", "-c", "gone")
      #expect(restored.code == 0, "\(restored)")
      let there = try favs("--db", target, "list", "-c", "gone", "--fields", "title,category")
      #expect(there.output == "Emma\tgone\nDune\tgone/far\n")
      #expect(try favs("--db", target, "category", "show", "gone/far").output.contains("far off"))
      #expect(try favs("--db", target, "doctor").code == 0)
    }
  }

  @Test func `what was cut off is told`() throws {
    try withFavs { favs in
      try fill(favs)
      let whole = try bytes(favs.database)
      try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: favs.database))
      let target = favs.folder + "/saved.db"
      let found = try #require(
        try favs("doctor", "--salvage", target, "--json").json as? [String: Any])
      let pages = try #require(found["damaged_pages"] as? Int)
      #expect(pages >= whole.count / 2 / 4_096)
      try FileManager.default.removeItem(atPath: target)
      #expect(try favs("doctor", "--salvage", target).code == 1)
    }
  }

  @Test(arguments: [
    ("", "is empty, so it is not a favs database"),
    (String(repeating: "x", count: 50), "is not a database"),
    (String(repeating: "a text ", count: 9_000), "is not a database"),
  ])
  func `what holds no favourites is refused, and no file is made`(
    content: String, reason: String
  ) throws {
    try withFavs { favs in
      try Data(content.utf8).write(to: URL(fileURLWithPath: favs.database))
      let target = favs.folder + "/new/saved.db"
      let outcome = try favs("doctor", "--salvage", target)
      let error = "favs: '\(favs.database)' \(reason)\nhint: favs backup list shows backups\n"
      expectSame(outcome, Outcome(6, "", error: error))
      #expect(!FileManager.default.fileExists(atPath: favs.folder + "/new"))
    }
  }

  @Test func `a sound file without anything in it is refused, and no file is made`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      try favs("undo")
      let target = favs.folder + "/new/saved.db"
      let outcome = try favs("doctor", "--salvage", target)
      let error =
        "favs: '\(favs.database)' has no favourites or categories that can be read\n"
        + "hint: favs backup list shows backups\n"
      expectSame(outcome, Outcome(6, "", error: error))
      #expect(!FileManager.default.fileExists(atPath: favs.folder + "/new"))
    }
  }

  @Test func `where only the trash or categories are found, the command named shows them`() throws {
    try withFavs { favs in
      try favs("category", "add", "films", "--note", "a note")
      let (one, two) = (favs.folder + "/one.db", favs.folder + "/two.db")
      #expect(
        try favs("doctor", "--salvage", one).error.contains("one.db category shows what was"))
      try favs("add", "Dune", "-c", "films")
      try favs("rm", "Dune")
      #expect(try favs("doctor", "--salvage", two).error.contains("two.db trash shows what was"))
    }
  }

  @Test func `a name is needed for the new file`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      for name in ["", favs.folder + "/"] {
        let outcome = try favs("doctor", "--salvage", name)
        let error = "favs: --salvage: '\(name)' is not a file name\nhint: name a new file\n"
        expectSame(outcome, Outcome(2, "", error: error))
      }
    }
  }

  @Test func `a write that was broken off is taken back, and the old file not touched`() throws {
    try withFavs { favs in
      try fill(favs)
      let before = try favs("list", "--fields", "title").output
      let broken = favs.folder + "/broken.db"
      do {
        let writer = try Connection(unhardened: favs.database, access: .readWrite)
        try writer.execute(
          "PRAGMA cache_size=5; BEGIN; DELETE FROM place; DELETE FROM trash; DELETE FROM favourite")
        for suffix in ["", "-journal"] {
          try bytes(favs.database + suffix).write(to: URL(fileURLWithPath: broken + suffix))
        }
        writer.rollBack()
      }
      let old = (try bytes(broken), try bytes(broken + "-journal"))
      let target = favs.folder + "/saved.db"
      let outcome = try favs("--db", broken, "doctor", "--salvage", target)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(try favs("--db", target, "list", "--fields", "title").output == before)
      #expect(try bytes(broken) == old.0)
      #expect(try bytes(broken + "-journal") == old.1)
      let names = try FileManager.default.contentsOfDirectory(atPath: favs.folder)
      #expect(names.filter { $0.hasPrefix(".favs-new") } == [])
    }
  }

  @Test func `changes that cannot be taken back are told`() throws {
    try withFavs { favs in
      try fill(favs)
      // The beginning of a journal, and nothing that says how to read it.
      let journal = Data(
        [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7] + [UInt8](repeating: 0, count: 5_000))
      try journal.write(to: URL(fileURLWithPath: favs.database + "-journal"))
      let outcome = try favs("doctor", "--salvage", favs.folder + "/saved.db", "--quiet")
      #expect(outcome.code == 1)
      let told =
        "a write to '\(favs.database)' was interrupted, and its journal was not used\n"
      #expect(outcome.error == told)
      #expect(try bytes(favs.database + "-journal") == journal)
    }
  }

  @Test func `rows with something bad in them are kept, and told`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books", "-t", "classic")
      try favs("add", "Emma", "-c", "books", "-t", "classic")
      try Connection(unhardened: favs.database, access: .readWrite).execute(
        """
        PRAGMA ignore_check_constraints=1;
        UPDATE favourite SET uid = x'01', title = CAST(x'44FF' AS TEXT) WHERE id = 1;
        UPDATE favourite SET tags = '[' WHERE id = 2
        """)
      let target = favs.folder + "/saved.db"
      let outcome = try favs("doctor", "--salvage", target)
      #expect(outcome.code == 1)
      #expect(
        outcome.output
          == "2\tfavourites\n0\tin the trash\n1\tcategories\n0\tcategories in the trash\n"
          + "0\tlost rows\n0\tunreadable pages\n1\trepaired texts\n"
          + "1\treplaced uids\n0\trenamed categories\n"
          + "1\tlost tags, metadata and fields\n")
      let saved = try favs("--db", target, "list", "--fields", "title,tags")
      #expect(saved.output == "D\u{FFFD}\tclassic\nEmma\t\n")
    }
  }
}
