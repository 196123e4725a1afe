import Foundation
import SQLite
import TestSupport
import Testing

/// `doctor`: what it finds, and what it puts right.
struct DoctorTests {
  private let subjects = [
    "only you may read the file", "only you may write to its folder",
    "its file system keeps locks", "there is room for a backup",
    "SQLite \(Connection.libraryVersion) is as new as favs needs", "the file is sound",
    "what is referred to is there", "each category knows how many are in it",
    "each favourite has its rank", "the totals are what there is",
    "tags are indexed as they stand", "metadata is indexed as it stands", "each link is indexed",
    "the search index holds each favourite", "the history goes with the favourites",
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
      let outcome = try favs("doctor")
      #expect(outcome.code == 0)
      #expect(!FileManager.default.fileExists(atPath: favs.database))
    }
  }

  @Test(arguments: [
    ("UPDATE category SET count = 9", "each category knows how many are in it"),
    ("DELETE FROM place WHERE favourite = 2", "each favourite has its rank"),
    ("UPDATE totals SET favourites = 0", "the totals are what there is"),
    ("DELETE FROM tagging WHERE favourite = 1", "tags are indexed as they stand"),
    ("DELETE FROM attribute", "metadata is indexed as it stands"),
    ("DELETE FROM link", "each link is indexed"),
    ("DELETE FROM search_docsize", "the search index holds each favourite"),
    (
      "UPDATE search_data SET block = x'00' WHERE id > 1", "the search index holds each favourite"
    ),
    (
      "UPDATE search_data SET block = x'ffffffff' WHERE id > 10",
      "the search index holds each favourite"
    ),
  ])
  func `what was damaged is found and made anew`(sql: String, subject: String) throws {
    try withFavs { favs in
      try fill(favs)
      let before = try favs("list", "--json").output
      try Connection(path: favs.database, access: .readWrite).execute(sql)
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

  @Test func `a file that others may read is not private`() throws {
    try withFavs { favs in
      try fill(favs)
      chmod(favs.database, 0o644)
      let outcome = try favs("doctor")
      #expect(outcome.code == 1)
      #expect(outcome.output.hasPrefix("bad\tonly you may read the file\tits mode is 644\n"))
      #expect(try favs("doctor", "--fix").code == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: favs.database)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `a search without its index still finds, and says so`() throws {
    try withFavs { favs in
      try fill(favs)
      try Connection(path: favs.database, access: .readWrite)
        .execute("UPDATE search_data SET block = x'00' WHERE id > 1")
      let outcome = try favs("search", "dune", "--fields", "title")
      #expect(outcome.code == 0)
      #expect(outcome.output == "Dune\n")
      #expect(outcome.error.hasPrefix("the search index is damaged"))
    }
  }

  @Test func `what is left of a damaged file comes into a new one`() throws {
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
