import Foundation
import SQLite
import TestSupport
import Testing

/// `doctor`: what it finds, and what it puts right.
struct DoctorTests {
  private let subjects = [
    "only you can read the database", "only you can read its lock file and its backups",
    "only you can write to its folder",
    "its file system supports locks", "there is space for a backup",
    "SQLite \(Connection.libraryVersion) is new enough", "SQLite finds no damage",
    "every reference leads to something", "every entry can be read", "nothing exists twice",
    "each category is where its name says", "the counts of categories are right",
    "each favourite has its rank", "the totals are right", "no id is used twice",
    "each link check belongs to a link",
    "each tag is indexed", "all metadata is indexed", "each title is indexed",
    "each link is indexed", "each uid is indexed",
    "each favourite is in the search index", "the history agrees with the favourites",
  ]

  private func fill(_ favs: Favs) throws {
    try favs("add", "Dune", "-c", "books", "-t", "classic", "-u", "https://a.org", "--set", "y=1")
    try favs("add", "Emma", "-c", "books", "-t", "classic")
    try favs("add", "gone")
    try favs("rm", "gone")
  }

  @Test func `a sound file has nothing wrong with it`() throws {
    try withFavs { favs in
      try fill(favs)
      let lines = subjects.map { "ok\t\($0)\t\n" }.joined()
      expectSame(try favs("doctor"), Outcome(0, lines))
      let objects = try favs("doctor", "--json").objects
      #expect(objects.map { $0["check"] as? String } == subjects)
      #expect(objects.allSatisfy { $0["ok"] as? Bool == true && $0["problem"] is NSNull })
      #expect(try favs("history").output.split(separator: "\n").count == 4)
    }
  }

  @Test func `no file has nothing wrong with it either, and none is made`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": "", "XDG_DATA_HOME": favs.folder]
      try FileManager.default.createDirectory(
        atPath: favs.folder + "/favs", withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
      let outcome = try favs("doctor")
      #expect(outcome.code == 0, "\(outcome)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: favs.folder + "/favs") == [])
    }
  }

  @Test(arguments: [
    ("UPDATE category SET count = 9", "the counts of categories are right"),
    ("DELETE FROM place WHERE favourite = 2", "each favourite has its rank"),
    ("UPDATE totals SET favourites = 0", "the totals are right"),
    ("DELETE FROM tagging WHERE favourite = 1", "each tag is indexed"),
    ("DELETE FROM attribute", "all metadata is indexed"),
    ("DELETE FROM link", "each link is indexed"),
    ("INSERT INTO uid VALUES(1, 1)", "each uid is indexed"),
    (
      "INSERT INTO sight(favourite, state, checked_at, failures) VALUES(2, 1, 5, 0)",
      "each link check belongs to a link"
    ),
    ("UPDATE place SET lengths = x''", "each favourite is in the search index"),
    (
      "UPDATE search_data SET block = x'00' WHERE id > 1", "each favourite is in the search index"
    ),
    (
      "UPDATE search_data SET block = x'ffffffff' WHERE id > 10",
      "each favourite is in the search index"
    ),
  ])
  func `what was damaged is found and made anew`(sql: String, subject: String) throws {
    try withFavs { favs in
      try fill(favs)
      let before = try favs("list", "--json").output
      try Connection(unhardened: favs.database, access: .readWrite).execute(sql)
      let found = try favs("doctor", "--json")
      #expect(found.code == 1)
      let bad = found.objects.filter { $0["ok"] as? Bool == false }
      #expect(bad.contains { $0["check"] as? String == subject }, "\(found)")
      #expect(try favs("doctor", "--fix").code == 0)
      #expect(try favs("list", "--json").output == before)
      #expect(try favs("search", "dune", "--fields", "title").output == "Dune\n")
      #expect(try favs("list", "-t", "classic", "--fields", "title").output == "Dune\nEmma\n")
      #expect(try favs("undo").code == 0)
      #expect(try favs("doctor").code == 0)
    }
  }

  @Test(arguments: [
    "DELETE FROM search_data WHERE id = 1", "DELETE FROM search_data",
    "UPDATE search_data SET block = x'00' WHERE id = 10", "DELETE FROM search_config",
    "UPDATE search_config SET v = 3",
    "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'favourite'", "DELETE FROM totals",
    "DELETE FROM word", "UPDATE category SET key = 'zz' WHERE name = 'books'",
  ])
  func `what makes a later command fail is found and made anew`(sql: String) throws {
    try withFavs { favs in
      try fill(favs)
      try Connection(unhardened: favs.database, access: .readWrite).execute(sql)
      let damaged = FileManager.default.contents(atPath: favs.database)
      let found = try favs("doctor")
      #expect(found.code == 1, "\(found)")
      // Neither a look nor a rehearsal changes a byte, and a rehearsal prints what comes of it.
      let rehearsal = try favs("doctor", "--fix", "--dry-run")
      #expect(FileManager.default.contents(atPath: favs.database) == damaged)
      #expect(try favs("backup", "list").output == "")
      let fixed = try favs("doctor", "--fix")
      #expect(fixed.code == 0)
      #expect(rehearsal.code == 0)
      #expect(fixed.output == rehearsal.output)
      #expect(rehearsal.error.contains("would"))
      #expect(try favs("backup", "list").output.split(separator: "\n").count == 1)
      #expect(try favs("add", "Solaris", "-c", "books").output.hasPrefix("4\tbooks\t3\tSolaris"))
      #expect(try favs("restore", "gone").code == 0)
      #expect(try favs("doctor").code == 0)
    }
  }

  @Test func `a repair that mends nothing says so, and leaves no backup and no change`() throws {
    try withFavs { favs in
      try fill(favs)
      try Connection(unhardened: favs.database, access: .readWrite).execute(
        "UPDATE favourite SET opened = -1 WHERE id = 1")
      let before = FileManager.default.contents(atPath: favs.database)
      for words in [["doctor", "--fix"], ["doctor", "--fix", "-n"]] {
        let outcome = try favs.words(words)
        #expect(outcome.code == 1)
        let could = words.contains("-n") ? "would be" : "could be"
        #expect(outcome.error == "nothing \(could) repaired\n")
        #expect(
          outcome.output.contains(
            "bad\tevery entry can be read\tfavourite 1: how often it was opened\n"))
      }
      #expect(FileManager.default.contents(atPath: favs.database) == before)
      #expect(try favs("backup", "list").output == "")
    }
  }

  @Test func `what is no JSON in the file is none in the output, and can be written anew`() throws {
    try withFavs { favs in
      try fill(favs)
      try Connection(unhardened: favs.database, access: .readWrite).execute(
        "UPDATE favourite SET tags = '[bad' WHERE id = 1")
      for words in [["list", "--json"], ["show", "1", "--json"], ["search", "dune", "--json"]] {
        let outcome = try favs.words(words)
        #expect(outcome.code == 6)
        #expect(outcome.error.contains("the tags of favourite 1 cannot be read"))
      }
      let found = try favs("doctor", "--json")
      #expect(found.code == 1)
      let bad = found.objects.filter { $0["ok"] as? Bool == false }
      #expect(bad.first?["problem"] as? String == "favourite 1: its tags")
      #expect(bad.first?["fixable"] as? Bool == false)
      #expect(try favs("edit", "1", "-t", "classic").code == 0)
      #expect(try favs("doctor", "--fix").code == 0)
      #expect(try favs("list", "-t", "classic", "--fields", "title").output == "Dune\nEmma\n")
    }
  }

  @Test func `--fix takes the rights of others from backups, without another`() throws {
    try withFavs { favs in
      try fill(favs)
      try favs("backup")
      chmod(favs.database + ".backups", 0o755)
      #expect(try favs("doctor", "-n", "--fix").code == 0)
      #expect(try favs("doctor").code == 1)
      #expect(try favs("doctor", "--fix").code == 0)
      #expect(try favs("doctor").code == 0)
      #expect(try favs("backup", "list").output.split(separator: "\n").count == 1)
    }
  }

  @Test func `a file that others may read is not private`() throws {
    try withFavs { favs in
      try fill(favs)
      chmod(favs.database, 0o644)
      let outcome = try favs("doctor")
      #expect(outcome.code == 1)
      #expect(outcome.output.hasPrefix("bad\tonly you can read the database\tits mode is 644\n"))
      #expect(try favs("doctor", "--fix").code == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: favs.database)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test(arguments: ["x'00' WHERE id > 1", "x'0000000001070700ffffffff7f' WHERE id = 10"])
  func `a search without its index still finds, and says so`(damage: String) throws {
    try withFavs { favs in
      try fill(favs)
      try Connection(unhardened: favs.database, access: .readWrite)
        .execute("UPDATE search_data SET block = \(damage)")
      let outcome = try favs("search", "dune", "--fields", "title")
      #expect(outcome.code == 0)
      #expect(outcome.output == "Dune\n")
      #expect(outcome.error.hasPrefix("the search index is damaged"))
    }
  }

  @Test func `rescue what is left in a damaged file comes into a new one`() throws {
    try withFavs { favs in
      try fill(favs)
      let lines = (0..<300).map { "favourite \($0)\n" }.joined()
      try favs("add", "-", input: lines)
      var bytes = try #require(FileManager.default.contents(atPath: favs.database))
      bytes.replaceSubrange(0..<100, with: Data(repeating: 0, count: 100))
      try bytes.write(to: URL(fileURLWithPath: favs.database))
      #expect(try favs("list").code == 6)
      let target = favs.folder + "/saved.db"
      let outcome = try favs("doctor", "--salvage", target)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(outcome.output.hasPrefix("302\tfavourites\n1\tin the trash\n2\tcategories\n0\t"))
      #expect(FileManager.default.contents(atPath: favs.database) == bytes)
      #expect(try favs("doctor", "--salvage", target).code == 4)
      let saved = try favs("--db", target, "list", "books", "--fields", "title,tags,url")
      #expect(saved.output == "Dune\tclassic\thttps://a.org\nEmma\tclassic\t\n")
      #expect(try favs("--db", target, "doctor").code == 0)
    }
  }
}
