import Foundation
import TestSupport
import Testing

/// `search` as it is called: what it prints, where, and how it ends.
@Suite struct SearchCommandTests {
  private func fill(_ favs: Favs) throws {
    try favs(
      "add", "Dune", "-c", "books/sci-fi", "-t", "classic", "--note",
      "A desert planet, spice and a family.")
    try favs("add", "Desert Solitaire", "-c", "books", "-t", "nature")
    try favs("add", "The café", "-u", "https://example.org/desert-cafe", "-c", "places")
  }

  private func titles(_ favs: Favs, _ words: String...) throws -> [String] {
    let outcome = try favs.words(["search"] + words + ["--fields", "title"])
    #expect(outcome.code == (outcome.output.isEmpty ? 1 : 0))
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    "\"", "\"\"", "\"a", "(", ")", "((a", "a))", "()", "*", "-", "--", "---", ":", "::", "a:", ":a",
    "title:", "title:(", "NEAR(a b)", "NEAR", "AND", "OR", "NOT", "and or not", "a AND", "OR a",
    "^a", "a^", "{a b}: c", "search:a", "rank:a", "rowid:1", "+", "k1 + k2", "\\", "%", "_", "'",
    "';DROP TABLE favourite;--", "\u{1}", "e\u{301}", "👩‍👩‍👧", "七人の侍", "\u{202E}abc",
    "year:>", "created:>", "age:<", "is:", "is:\"nothing\"", "#", "#a#b", "has:", "1e999",
    "year:1..2", "-(", "-\"", "a*b*c*", "**",
  ])
  func `whatever is typed is a search`(query: String) throws {
    try withFavs { favs in
      try fill(favs)
      for words in [[], ["--count"], ["--substring"], ["--fuzzy"], ["--explain"], ["--snippets"]] {
        let outcome = try favs.words(["search"] + words + ["--", query])
        #expect(outcome.code == 0 || outcome.code == 1, "\(outcome)")
        #expect(!outcome.error.contains("favs:"), "\(outcome)")
      }
    }
  }

  @Test(arguments: [
    String(repeating: "(", count: 20_000) + "dune", String(repeating: "a ", count: 40_000),
    String(repeating: "\"", count: 80_001), String(repeating: "x", count: 100_000),
    String(repeating: "not ", count: 20_000) + "dune",
  ])
  func `a very long search is one too`(query: String) throws {
    try withFavs { favs in
      try fill(favs)
      let outcome = try favs("search", "--", query)
      #expect(outcome.code == 0 || outcome.code == 1)
      #expect(!outcome.error.contains("favs:"))
    }
  }

  @Test func `a misspelt word is looked for as another, and that is said beside the data`() throws {
    try withFavs { favs in
      try fill(favs)
      expectSame(
        try favs("search", "solitare", "--fields", "title"),
        Outcome(
          0, "Desert Solitaire\n",
          error: "no matches for 'solitare': showing results for 'solitaire'\n"))
      expectSame(try favs("search", "solitare", "--no-fuzzy"), Outcome(1))
      expectSame(
        try favs("search", "desert", "--fields", "title", "-c", "places"), Outcome(0, "The café\n"))
      // What is found is not looked for in another spelling, unless that is asked for.
      try favs("add", "Dessert", "-c", "food")
      #expect(try titles(favs, "dessert") == ["Dessert"])
      #expect(try titles(favs, "dessert", "--fuzzy").count == 4)
    }
  }

  @Test func `counts and facets are of all that is found`() throws {
    try withFavs { favs in
      try fill(favs)
      expectSame(try favs("search", "desert", "--count"), Outcome(0, "3\n"))
      expectSame(try favs("search", "desert", "--count", "-c", "books"), Outcome(0, "2\n"))
      expectSame(try favs("search", "nowhere", "--count", "--no-fuzzy"), Outcome(1, "0\n"))
      expectSame(
        try favs("search", "desert", "--facets", "category,tag"),
        Outcome(
          0,
          """
          category\tbooks\t1
          category\tbooks/sci-fi\t1
          category\tplaces\t1
          tag\tclassic\t1
          tag\tnature\t1

          """))
      let objects = try favs("search", "desert", "--facets", "tag", "--json").objects
      #expect(objects.map { $0["value"] as? String } == ["classic", "nature"])
      #expect(objects.allSatisfy { $0["facet"] as? String == "tag" && $0["count"] as? Int == 1 })
    }
  }

  @Test func `a snippet tells where the hit stands`() throws {
    try withFavs { favs in
      try fill(favs)
      try favs(
        "add", "x", "-c", "far", "--note", String(repeating: "é🙂 ", count: 200) + "desert sand")
      let objects = try favs(
        "search", "desert", "--snippets", "--json", "--fields", "title,snippet"
      ).objects
      #expect(objects.count == 4)
      for object in objects {
        let snippet = try #require(object["snippet"] as? [String: Any])
        let scalars = Array(try #require(snippet["text"] as? String).unicodeScalars)
        let hits = try #require(snippet["hits"] as? [[Int]])
        #expect(!hits.isEmpty)
        for hit in hits {
          var word = String.UnicodeScalarView()
          word.append(contentsOf: scalars[hit[0]..<hit[1]])
          #expect(String(word).lowercased() == "desert")
        }
      }
      let fields = objects.compactMap { ($0["snippet"] as? [String: Any])?["field"] as? String }
      #expect(Set(fields) == ["title", "url", "note"])
    }
  }

  @Test func `on request it is told how well and where each was found`() throws {
    try withFavs { favs in
      try fill(favs)
      let objects = try favs(
        "search", "desert", "--json", "--fields", "title,score,matched"
      ).objects
      let scores = objects.compactMap { $0["score"] as? Double }
      #expect(scores.count == 3 && scores == scores.sorted(by: >) && scores.allSatisfy { $0 > 0 })
      #expect(objects.map { $0["matched"] as? [String] } == [["title"], ["url"], ["note"]])
    }
  }

  @Test func `it tells how a query was understood`() throws {
    try withFavs { favs in
      try fill(favs)
      let outcome = try favs(
        "search", "(dune or solitaire) -tag:nature", "--explain", "--fields", "title")
      expectSame(
        outcome,
        Outcome(
          0, "Dune\n", error: "query: (\"dune\" OR \"solitaire\") AND NOT tag:nature\n"))
    }
  }

  @Test func `parts of words and patterns`() throws {
    try withFavs { favs in
      try fill(favs)
      #expect(try titles(favs, "olitair") == ["Desert Solitaire"])
      #expect(try titles(favs, "olitair", "--no-fuzzy") == [])
      #expect(try titles(favs, "--substring", "olitair") == ["Desert Solitaire"])
      #expect(try titles(favs, "--substring", "AF") == ["The café"])
      #expect(try titles(favs, "--regex", "^d.*e$") == ["Desert Solitaire", "Dune"])
      let broken = try favs("search", "--regex", "(")
      #expect(broken.code == 8)
      #expect(broken.error.hasPrefix("favs: '(' is not a pattern"))
      for pattern in ["a{1,32767}", "((a{1,255}){1,255}){1,255}", "a{99999999999}{9}", ""] {
        #expect(try favs("search", "--regex", pattern).code == 2)
      }
      #expect(try titles(favs, "--regex", "e{1,2}t{0,9}") != [])
    }
  }

  @Test func `a category is searched with those below it, and categories by their names`() throws {
    try withFavs { favs in
      try fill(favs)
      #expect(try titles(favs, "desert", "-c", "books") == ["Desert Solitaire", "Dune"])
      #expect(try titles(favs, "desert", "category:books/sci-fi") == ["Dune"])
      #expect(try titles(favs, "desert -category:books") == ["The café"])
      #expect(try favs("search", "desert", "-c", "nowhere").code == 3)
      #expect(try favs("category", "list", "sci").output == "books/sci-fi\t1\t1\t\n")
    }
  }

  @Test func `pages of what is found hold each just once`() throws {
    try withFavs { favs in
      let lines = (0..<95).map { "sea number \($0)\n" }.joined()
      try favs("add", "-", input: lines)
      var seen: [String] = []
      for page in 1...10 {
        seen += try titles(favs, "sea", "--page", "\(page)", "--per-page", "10")
      }
      #expect(seen.count == 95 && Set(seen).count == 95)
      #expect(try titles(favs, "sea") == seen)
    }
  }

  @Test(arguments: [
    ["--explain", "--regex"], ["--snippets", "--substring"], ["--facets", "tag", "--count"],
    ["--facets", ","],
  ])
  func `what would do nothing together is refused`(options: [String]) throws {
    try withFavs { favs in
      try fill(favs)
      #expect(try favs.words(["search", "desert"] + options).code == 2)
    }
  }
}
