import Foundation
import TestSupport
import Testing

/// What `search` prints beside a plain list: counts, facets, snippets, notes; and where.
struct SearchOutputTests {
  @Test func `a category whose name has the word is a field that matched`() throws {
    try withFavs { favs in
      try favs("add", "Beyoncé", "-c", "music")
      try favs("add", "Music for Airports", "-c", "music/ambient")
      let objects = try favs("search", "music", "--sort", "id", "--json", "--fields", "matched")
        .objects
      #expect(objects.map { $0["matched"] as? [String] } == [["category"], ["title", "category"]])
    }
  }

  @Test func `facets are counted, the most frequent first, as columns and as JSON`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      expectSame(
        try favs("search", "dune or solaris or brothers", "--facets", "category, tags,year"),
        Outcome(
          0,
          """
          category\tbooks/sci-fi\t2
          category\tbooks\t1
          category\tfilms\t1
          tags\tclassic\t3
          tags\tdesert\t1
          year\t1961\t1
          year\t1965\t1
          year\t1984\t1

          """))
      expectSame(
        try favs("search", "dune", "--facets", "category,year", "-c", "films", "--json"),
        Outcome(
          0,
          #"[{"facet":"category","value":"films","count":1},"#
            + #"{"facet":"year","value":"1984","count":1}]"# + "\n"))
      #expect(
        try favs("search", "--regex", "^(dune|solaris)$", "--facets", "category").output
          == "category\tbooks/sci-fi\t2\ncategory\tfilms\t1\n")
      #expect(
        try favs("search", "--substring", "une", "--facets", "tag").output
          == "tag\tclassic\t1\ntag\tdesert\t1\n")
      expectSame(
        try favs("search", "nowhere", "--no-fuzzy", "--facets", "tag", "--json"), Outcome(1, "[]\n")
      )
      expectSame(try favs("search", "nowhere", "--no-fuzzy", "--facets", "tag"), Outcome(1))
    }
  }

  @Test func `a count is one number, in JSON too`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      for words in [["--count"], ["--count", "--json"]] {
        expectSame(try favs.words(["search", "classic"] + words), Outcome(0, "3\n"))
        expectSame(
          try favs.words(["search", "classic", "-c", "books/sci-fi"] + words), Outcome(0, "2\n"))
        expectSame(try favs.words(["search"] + words + ["--", "-classic"]), Outcome(0, "3\n"))
        expectSame(try favs.words(["search", "--substring", "u"] + words), Outcome(0, "3\n"))
        expectSame(try favs.words(["search", "--regex", "^d"] + words), Outcome(0, "2\n"))
        expectSame(try favs.words(["search", "x y", "--no-fuzzy"] + words), Outcome(1, "0\n"))
      }
    }
  }

  @Test func `all that is found is counted and listed once, also beyond what is ranked`() throws {
    try withFavs { favs in
      let lines = (1...620).map { "sea number \($0)\n" }.joined()
      try favs("add", "-", "-q", "-c", "all", input: lines)
      expectSame(try favs("search", "sea", "--count"), Outcome(0, "620\n"))
      expectSame(
        try favs("search", "sea", "--facets", "category"), Outcome(0, "category\tall\t620\n"))
      let whole = try favs("search", "sea", "--fields", "id").output
      #expect(Set(whole.split(separator: "\n")).count == 620)
      var pages = ""
      for page in 1...7 {
        pages += try favs(
          "search", "sea", "--fields", "id", "--page", "\(page)", "--per-page", "97"
        ).output
      }
      #expect(pages == whole)
      var (runs, cursor) = ("", String?.none)
      repeat {
        var words = ["search", "sea", "--json", "--envelope", "--limit", "97", "--fields", "id"]
        if let cursor { words += ["--after", cursor] }
        let envelope = try #require(try favs.words(words).json as? [String: Any])
        #expect(envelope["total"] as? Int == 620)
        let favourites = try #require(envelope["favourites"] as? [[String: Any]])
        #expect(favourites.count == 97 || envelope["next"] is NSNull)
        runs += favourites.map { "\($0["id"] ?? "")\n" }.joined()
        cursor = envelope["next"] as? String
      } while cursor != nil && runs.utf8.count <= whole.utf8.count
      #expect(runs == whole)
      // A page behind the last one is empty, and no failure.
      expectSame(try favs("search", "sea", "--page", "8", "--per-page", "97"), Outcome(0))
      favs.environment = ["COLUMNS": "60", "NO_COLOR": "1", "TERM": "xterm"]
      let shown = try favs.onTerminal("search", "sea").output.split(separator: "\n")
      #expect(shown.count == 41)
      #expect(shown.last == "Page 1 of 31 · 620 favourites · next: favs search sea --page 2")
    }
  }

  /// A query and what it has to find in the snippets, in their order.
  static let marked: [(String, [String])] = [
    ("spice", ["spice"]), ("\"the spice\"", ["The spice"]), ("desert", ["desert"]),
    ("plan*", ["planet"]),
    ("planets", ["planet"]), ("dessert", ["desert"]), ("dune", ["Dune", "Dune"]), ("c++", ["C++"]),
    ("c#", ["C#"]), ("strasse amelie", ["Amélie", "Straße"]), ("cafe", ["cafe\u{301}"]),
    ("尋", ["尋"]),
    ("神隠し", ["神隠し"]), ("url:dune", ["dune"]), ("herbert", ["Herbert"]), ("100", ["100"]),
    ("ocean -dune", ["ocean"]), ("flow or thinks", ["flow", "thinks"]),
  ]

  @Test(arguments: marked)
  func `the places in a snippet are those of the hit`(query: String, words: [String]) throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let objects = try favs(
        "search", "--json", "--fields", "snippet", "--sort", "id", "--", query
      ).objects
      var found: [String] = []
      for object in objects {
        let snippet = try #require(object["snippet"] as? [String: Any])
        let text = Array(try #require(snippet["text"] as? String).unicodeScalars)
        for hit in try #require(snippet["hits"] as? [[Int]]) {
          found.append(String(String.UnicodeScalarView(text[hit[0]..<hit[1]])))
        }
      }
      #expect(found == words)
    }
  }

  @Test func `hits stand out in a snippet on a terminal, and nowhere else`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      try favs("add", "x", "-c", "far", "--note", "\u{1B}spice\u{202E}", "-q")
      favs.environment = ["COLUMNS": "80", "TERM": "xterm"]
      let (on, off) = ("\u{1B}[1m", "\u{1B}[0m")
      let heading = ["ID", "CATEGORY", "RANK", "TITLE", "SNIPPET"].map { on + $0 + off }
      let first = try favs.onTerminal("search", "spice", "-c", "books", "--snippets")
      #expect(
        first.output == """
          \(heading[0])  \(heading[1])      \(heading[2])  \(heading[3])  \(heading[4])
           1  books/sci-fi     1  Dune   A desert planet. The \u{1B}[1;4mspice\(off) must flow.
          \u{1B}[2mPage 1 of 1 · 1 favourite\u{1B}[0m

          """)
      // Where characters had to be made visible nothing stands out, and nothing is obeyed.
      let hostile = try favs.onTerminal("search", "spice", "-c", "far", "--snippets").output
      #expect(hostile.contains("\\u{1b}spice\\u{202e}"), "\(hostile)")
      #expect(
        try !favs.onTerminal("search", "spice", "--color", "never", "--snippets").output.contains(
          "\u{1B}"))
      favs.environment["NO_COLOR"] = "1"
      #expect(try !favs.onTerminal("search", "spice", "--snippets").output.contains("\u{1B}"))
      favs.environment = [:]
      expectSame(
        try favs("search", "spice", "-c", "books", "--snippets"),
        Outcome(0, "1\tbooks/sci-fi\t1\tDune\tA desert planet. The spice must flow.\n"))
      #expect(try !favs("search", "spice", "--snippets", "--json").output.contains("\u{1B}"))
    }
  }

  @Test func `fields tell how each was found, in every format`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let objects = try favs(
        "search", "dune", "--json", "--fields", "snippet,matched,score,id"
      ).objects
      #expect(objects.map { $0["id"] as? Int } == [6, 1])
      #expect(objects.map { $0["matched"] as? [String] } == [["title", "url"], ["title"]])
      let scores = objects.compactMap { $0["score"] as? Double }
      #expect(scores.count == 2 && scores[0] > scores[1] && scores[1] > 0)
      let rounded = scores.map { "\(($0 * 1_000).rounded() / 1_000)" }
      expectSame(
        try favs("search", "dune", "--fields", "matched,id,score,snippet"),
        Outcome(0, "title,url\t6\t\(rounded[0])\tDune\ntitle\t1\t\(rounded[1])\tDune\n"))
      expectSame(
        try favs("search", "dune", "--format", "{id}|{matched}|{snippet}\\n"),
        Outcome(0, "6|title,url|Dune\n1|title|Dune\n"))
      expectSame(
        try favs("search", "url:dune", "--format", "csv", "--fields", "snippet,matched"),
        Outcome(0, "snippet,matched\r\nhttps://example.org/dune,url\r\n"))
      expectSame(
        try favs("search", "url:dune", "--json", "--fields", "snippet,id"),
        Outcome(
          0,
          #"[{"snippet":{"field":"url","text":"https://example.org/dune","hits":[[20,24]]},"id":6}]"#
            + "\n"))
      // By its category alone it is found in none of its texts.
      #expect(
        try favs("search", "films", "--json", "--fields", "id,matched,snippet").output
          == "[{\"id\":5,\"matched\":[\"category\"],\"snippet\":null},\n"
          + "{\"id\":6,\"matched\":[\"category\"],\"snippet\":null}]\n")
      expectSame(
        try favs("list", "films", "--json", "--fields", "id,score,matched,snippet", "--limit", "1"),
        Outcome(0, "[{\"id\":5,\"score\":null,\"matched\":[],\"snippet\":null}]\n"))
    }
  }
}
