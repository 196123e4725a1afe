import Foundation
import TestSupport
import Testing

/// Statistics through the built program.
struct StatsCommandTests {
  private func fill(_ favs: inout Favs) throws {
    try favs("add", "Dune", "-c", "books/sci-fi", "-t", "classic", "--set", "year=1965")
    try favs("add", "Solaris", "-c", "books", "-t", "classic", "--set", "year=1961")
    try favs("add", "SQLite", "https://www.sqlite.org/lang.html", "-c", "links")
    try favs("add", "Gone", "-c", "links")
    try favs("rm", "4")
    favs.environment["BROWSER"] = "/bin/true"
    try favs("open", "3")
  }

  @Test func `JSON has all of it, and rows the same`() throws {
    try withFavs { favs in
      try fill(&favs)
      let object = try #require(try favs("stats", "--json").json as? [String: Any])
      #expect(object["favourites"] as? Int == 3)
      let categories = try #require(object["categories"] as? [[String: Any]])
      #expect(categories.map { $0["name"] as? String } == ["books", "books/sci-fi", "links"])
      #expect(categories.map { $0["total"] as? Int } == [2, 1, 1])
      #expect((object["months"] as? [Any])?.count == 24)
      #expect(
        (object["opened"] as? [String: Int]) == ["today": 1, "week": 1, "ever": 1, "never": 2])
      #expect((object["most_used"] as? [[String: Any]])?.first?["id"] as? Int == 3)
      #expect((object["trash"] as? [String: Any])?["count"] as? Int == 1)
      #expect(object["changes"] as? Int == 6)
      let rows = try favs("stats").output
      for row in ["favourites\t\t3", "category\tbooks\t2", "tag\tclassic\t2", "opened\tnever\t2"] {
        #expect(rows.contains(row + "\n"), "\(row)")
      }
    }
  }

  @Test func `the states of links and the parts of the file are told`() throws {
    try withFavs { favs in
      try fill(&favs)
      let script = """
        import sqlite3, sys
        file = sqlite3.connect(sys.argv[1])
        for id, state in (3, 1), (1, 5), (2, 5):
            file.execute("INSERT INTO sight(favourite, state, checked_at, failures) VALUES(?, ?, 1, 0)", (id, state))
        file.commit()
        """
      try #require(try python(["-c", script, favs.database]).code == 0)
      let told = try #require(try favs("stats", "--json").json as? [String: Any])
      #expect(told["links"] as? [String: Int] == ["alive": 1, "broken": 2])
      let size = try #require(told["size"] as? [String: Any])
      let parts = try #require(size["parts"] as? [String: Int])
      #expect(
        Set(parts.keys) == ["favourites", "search", "indexes", "history", "trash", "free"])
      #expect(parts.values.reduce(0, +) == size["database"] as? Int)
      let rows = try favs("stats").output
      #expect(rows.contains("link\tbroken\t2\n") && rows.contains("size\tsearch\t"))
      #expect(try favs("stats", "-c", "links").output.contains("link\talive\t1\n"))
      #expect(!(try favs("stats", "-c", "links").output.contains("broken")))
      let drawn = try favs.onTerminal("stats").output
      #expect(drawn.contains("alive 1 · broken 2"), "\(drawn)")
      #expect(drawn.contains("favourites 8.2 kB"), "\(drawn)")
    }
  }

  @Test func `backups that cannot be looked at have no size`() throws {
    try withFavs { favs in
      try fill(&favs)
      let size = { (favs: Favs) in
        let told = try favs("stats", "--json").json as? [String: Any]
        return try #require(told?["size"] as? [String: Any])
      }
      try favs("backup", "create")
      #expect(try size(favs)["backups"] as? Int ?? 0 > 0)
      #expect(try favs("stats").output.contains("size\tbackups\t"))
      // Others may lay files there: what is in it is nobody's backup.
      chmod(favs.database + ".backups", 0o777)
      #expect(try size(favs)["backups"] is NSNull)
      #expect(!(try favs("stats").output.contains("size\tbackups")))
      #expect(try size(favs)["database"] as? Int ?? 0 > 0)
    }
  }

  @Test func `filters and keys narrow it`() throws {
    try withFavs { favs in
      try fill(&favs)
      #expect(try favs("stats", "-c", "books").output.hasPrefix("favourites\t\t2\n"))
      let object = try #require(try favs("stats", "-t", "classic", "--json").json as? [String: Any])
      #expect(object["trash"] is NSNull && object["favourites"] as? Int == 2)
      expectSame(try favs("stats", "--by", "host"), Outcome(0, "sqlite.org\t1\n"))
      expectSame(try favs("stats", "--by", "year", "-c", "books"), Outcome(0, "1961\t1\n1965\t1\n"))
      expectSame(
        try favs("stats", "--by", "category", "--json"),
        Outcome(
          0,
          #"[{"value":"books","count":2},{"value":"books/sci-fi","count":1},{"value":"links","count":1}]"#
            + "\n"))
    }
  }

  @Test func `a category or a key that does not exist is no empty answer`() throws {
    try withFavs { favs in
      try fill(&favs)
      let gone = "favs: no category is called 'boks'\nhint: favs category list shows them\n"
      for words in [
        ["stats"], ["stats", "--by", "tag"], ["stats", "--by", "host"], ["list", "--count"],
        ["search", "dune", "--count"], ["search", "dune", "--facets", "tag"],
      ] {
        expectSame(
          try favs.run((words + ["-c", "boks"]).map { Array($0.utf8) }), Outcome(3, "", error: gone)
        )
      }
      func unknown(_ option: String, _ others: String) -> Outcome {
        Outcome(
          2, "",
          error: "favs: \(option): no favourite has metadata 'yaer'\n"
            + "hint: count by \(others), or by existing metadata\n")
      }
      expectSame(
        try favs("stats", "--by", "yaer"), unknown("--by", "category, tag, month, host"))
      expectSame(
        try favs("search", "dune", "--facets", "tag,yaer"), unknown("--facets", "category, tag"))
      expectSame(try favs("stats", "--by", "year", "-c", "links"), Outcome(0, ""))
    }
  }

  @Test func `a terminal gets a drawing, in the characters of its locale`() throws {
    try withFavs { favs in
      try fill(&favs)
      favs.environment["LANG"] = "de_DE.UTF-8"
      let drawn = try favs.onTerminal("stats", "--color", "never").output
      #expect(drawn.contains("3 favourites · 3 categories · 1 tag"), "\(drawn)")
      #expect(drawn.contains("books         2 █"))
      favs.environment["LC_ALL"] = "C"
      let plain = try favs.onTerminal("stats", "--color", "never").output
      #expect(plain.contains("books         2 #") && !plain.contains("█"), "\(plain)")
      #expect(try favs("stats", "--db", favs.folder + "/none.db").code == 3)
    }
  }
}
