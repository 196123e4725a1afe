import Foundation
import SQLite
import TestSupport
import Testing

/// What is the same, and what comes first: names and links by one rule at every door, and orders.
struct NamesTests {
  private func write(_ text: String, to name: String, of favs: Favs) throws {
    try text.write(toFile: favs.folder + "/" + name, atomically: true, encoding: .utf8)
  }

  @Test func `a title is found however its accents and its case are typed`() throws {
    try withFavs { favs in
      try favs("add", "\u{DC}ber den Wolken")
      try favs("add", "Stra\u{DF}e")
      try favs("add", "cafe\u{301}")
      #expect(try favs("show", "U\u{308}BER DEN WOLKEN", "--fields", "id").output == "1\n")
      #expect(try favs("show", "STRASSE", "--fields", "id").output == "2\n")
      let title = try favs("show", "3", "--fields", "title").output
      #expect(Array(title.utf8) == Array("caf\u{E9}\n".utf8))
      try favs("rm", "\u{FC}ber den wolken", "-y")
      #expect(try favs("trash", "show", "\u{DC}BER DEN WOLKEN").code == 0)
      #expect(try favs("restore", "\u{FC}BER den wolken").code == 0)
    }
  }

  @Test func `tags, categories and names of metadata are the same without case in every script`()
    throws
  {
    try withFavs { favs in
      try favs(
        "add", "one", "-c", "\u{41A}\u{438}\u{43D}\u{43E}", "-t", "caf\u{E9}", "--set",
        "\u{413}\u{43E}\u{434}=1960")
      try favs(
        "add", "two", "-c", "\u{41A}\u{418}\u{41D}\u{41E}", "-t", "CAFE\u{301}", "--set",
        "\u{433}\u{43E}\u{434}=1970")
      #expect(try favs("tag", "list").output == "caf\u{E9}\t2\n")
      #expect(try favs("category", "list").output == "\u{41A}\u{438}\u{43D}\u{43E}\t2\t2\t\n")
      #expect(
        try favs("list", "--where", "\u{413}\u{41E}\u{414} > 1960", "--fields", "title").output
          == "two\n")
      try favs("edit", "1", "--set", "\u{413}\u{41E}\u{414}=1961")
      #expect(
        try favs("show", "1", "--fields", "metadata").output == "\u{413}\u{43E}\u{434}=1961\n")
      try favs("edit", "1", "--unset", "\u{433}\u{43E}\u{434}")
      #expect(try favs("show", "1", "--fields", "metadata").output == "\n")
      try favs("rm", "1", "-y")
      #expect(
        try favs(
          "trash", "list", "-t", "CAF\u{C9}", "-c", "\u{43A}\u{438}\u{43D}\u{43E}", "--fields", "id"
        ).output == "1\n")
    }
  }

  @Test func `a link is the same at every door, however it is written`() throws {
    try withFavs { favs in
      try favs("add", "Cologne", "-u", "https://de.wikipedia.org/wiki/K\u{F6}ln", "-c", "towns")
      let other = "HTTPS://DE.wikipedia.org:443/wiki/K%c3%b6ln/"
      #expect(try favs("add", "again", "-u", other, "-c", "towns").code == 4)
      try favs("add", "else", "-u", "https://else.example", "-c", "towns")
      #expect(try favs("edit", "2", "--url", other).code == 4)
      #expect(try favs("show", other, "--fields", "id").output == "1\n")
      try write("[{\"title\":\"Imported\",\"url\":\"\(other)\"}]", to: "in.json", of: favs)
      #expect(try favs("import", favs.folder + "/in.json").code == 0)
      #expect(try favs("list", "--fields", "id").output == "1\n2\n")
      try favs("rm", "1", "-y")
      #expect(try favs("trash", "show", other).code == 0)
      try favs("add", "new", "-u", other, "-c", "towns")
      #expect(try favs("restore", "1").code == 1)
      // What is kept is what was typed.
      #expect(try favs("list", "towns", "--fields", "url", "--sort", "-id").output.hasPrefix(other))
    }
  }

  @Test func `lists are in the order in which people sort`() throws {
    try withFavs { favs in
      let titles = [
        "Item 10", "Zebra", "\u{C4}pfel", "item 2", "Apfel", "Birne", "\u{44F}", "\u{430}",
      ]
      for title in titles {
        try favs("add", title, "-c", title, "-t", title, "--set", "of:text=\(title)")
      }
      let order = [
        "Apfel", "\u{C4}pfel", "Birne", "item 2", "Item 10", "Zebra", "\u{430}", "\u{44F}",
      ]
      let lines = order.joined(separator: "\n") + "\n"
      let reversed = order.reversed().joined(separator: "\n") + "\n"
      for key in ["title", "category", "rank", "of", "OF"] {
        #expect(try favs("list", "--sort", key, "--fields", "title").output == lines, "by \(key)")
        #expect(try favs("list", "--sort", "-" + key, "--fields", "title").output == reversed)
      }
      #expect(try favs("category", "list", "--format", "{name}\\n").output == lines)
      #expect(try favs("tag", "list", "--format", "{name}\\n").output == lines)
      try favs("rm", "1-8", "-y")
      #expect(try favs("trash", "list", "--sort", "title", "--fields", "title").output == lines)
      #expect(
        try favs("trash", "list", "--sort", "-category", "--fields", "title").output == reversed)
      #expect(try favs("trash", "list", "--fields", "id").output.hasPrefix("8\n"))
      #expect(
        try favs("trash", "list", "--sort", "deleted", "--fields", "id").output.hasPrefix("1\n"))
    }
  }

  @Test func `every key sorts upwards, with a dash downwards, and what lacks it comes last`() throws
  {
    try withFavs { favs in
      try favs("add", "a", "--set", "year=1970", "--set", "Rating=10")
      try favs("add", "b", "--set", "year=unknown", "--set", "rating=9.5")
      try favs("add", "c")
      try favs("add", "d", "--set", "YEAR=1965.50")
      let connection = try Connection(path: favs.database, access: .readWrite)
      try connection.execute(
        "UPDATE favourite SET (opened, opened_at) = (3, 1000) WHERE id = 2;"
          + "UPDATE favourite SET (opened, opened_at) = (1, 2000) WHERE id = 3")
      func ids(_ words: String...) throws -> String {
        try favs.run((["list", "--fields", "id"] + words).map { Array($0.utf8) }).output
          .split(separator: "\n").joined()
      }
      for (key, order) in [
        ("year", "4123"), ("-year", "2143"), ("rating", "2134"), ("-rating", "1234"),
        ("opened", "2314"), ("-opened", "3214"), ("used", "1432"), ("-used", "2341"),
      ] {
        let wanted = order
        #expect(try ids("--sort", key) == wanted, "by \(key)")
        #expect(try ids("--sort", key, "-c", "inbox") == wanted, "by \(key), in a category")
        for size in 1...4 {
          let pages = try (1...4).map {
            try ids("--sort", key, "--page", "\($0)", "--per-page", "\(size)")
          }
          #expect(pages.joined() == wanted, "by \(key), pages of \(size)")
        }
      }
      let unknown = try favs("list", "--sort", "yaer")
      #expect(unknown.code == 2)
      #expect(unknown.error.hasPrefix("favs: --sort: no favourite has metadata 'yaer'\n"))
      #expect(try favs("list", "--sort", "a=b").code == 2)
    }
  }

  @Test func `a cursor of before is refused and says why`() throws {
    try withFavs { favs in
      try favs("add", "a")
      let old = Data("[\"title\",1,\"a\"]".utf8).base64EncodedString()
        .replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
      let outcome = try favs("list", "--after", old)
      #expect(outcome.code == 2)
      #expect(outcome.error.contains("another version of favs"))
      #expect(try favs("list", "--after", "abc").error.contains("is not a cursor"))
    }
  }

  @Test func `names that are one now are put together once, and that is told once`() throws {
    try withFavs { favs in
      try favs("add", "a")
      try FileManager.default.removeItem(atPath: favs.database)
      let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "..")
      let sql = try String(
        contentsOf: tests.appending(path: "Fixtures/version-2.sql"), encoding: .utf8)
      _ = FileManager.default.createFile(
        atPath: favs.database, contents: Data(), attributes: [.posixPermissions: 0o600])
      try Connection(unhardened: favs.database, access: .readWrite).execute(sql)
      let first = try favs("show", "CAF\u{C9} ONE", "--fields", "category,tags")
      #expect(first.output == "caf\u{E9}\tcaf\u{E9}\n")
      #expect(
        first.error.hasPrefix(
          "favs: the database was upgraded: 3 categories were merged with others"))
      let second = try favs("list", "caf\u{E9}", "--fields", "id")
      #expect(second.output == "2\n3\n4\n5\n")
      #expect(second.error == "")
      #expect(try favs("doctor").code == 0)
      let archive = try favs("export", "--full").output
      try write(archive, to: "all.jsonl", of: favs)
      let copy = favs.folder + "/copy.db"
      #expect(try favs("--db", copy, "import", favs.folder + "/all.jsonl").code == 0)
      #expect(try favs("--db", copy, "export", "--full").output == archive)
    }
  }
}
