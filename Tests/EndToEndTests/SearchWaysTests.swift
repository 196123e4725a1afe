import Foundation
import TestSupport
import Testing

/// The ways of `search`: other spellings, explanations, parts of words, patterns, categories.
struct SearchWaysTests {
  @Test func `another spelling is told on standard error and never among the data`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let note = "no matches for 'slaris': showing results for 'solaris'\n"
      expectSame(try favs("search", "slaris", "--fields", "id"), Outcome(0, "2\n", error: note))
      expectSame(
        try favs("search", "slaris", "--json", "--fields", "id"),
        Outcome(0, "[{\"id\":2}]\n", error: note))
      expectSame(try favs("search", "slaris", "--count"), Outcome(0, "1\n", error: note))
      expectSame(
        try favs("search", "slaris", "--facets", "category"),
        Outcome(0, "category\tbooks/sci-fi\t1\n", error: note))
      expectSame(try favs("search", "slaris", "--quiet", "--fields", "id"), Outcome(0, "2\n"))
      expectSame(try favs("search", "slaris", "--no-fuzzy"), Outcome(1))
      expectSame(try favs("search", "slaris", "--no-fuzzy", "--json"), Outcome(1, "[]\n"))
      expectSame(
        try favs("search", "spcie kara", "--count"),
        Outcome(
          1, "0\n",
          error:
            "no matches for 'spcie', nor with 'spice'\nno matches for 'kara', nor with 'kara*'\n"))
      // In quotes it is meant as it stands; so is what is not wanted.
      expectSame(try favs("search", "\"slaris x\""), Outcome(1))
      expectSame(
        try favs("search", "classic -slaris", "--fields", "id", "--sort", "id"),
        Outcome(0, "1\n2\n3\n"))
    }
  }

  @Test func `near spellings are looked for at once where that is asked for`() throws {
    try withFavs { favs in
      try favs("add", "-", "-q", input: "dune\ntune\ndunes\nduet\n")
      #expect(try favs.found("dune", "--no-fuzzy") == "1 3")
      #expect(try favs.found("dune") == "1 3")
      #expect(try favs.found("dune", "--fuzzy", "--sort", "id") == "1 2 3")
      #expect(try favs("search", "dune", "--fuzzy").error == "")
      expectSame(
        try favs("search", "dnue", "--fuzzy", "--fields", "id"), Outcome(0, "1\n3\n"))
    }
  }

  /// A query and how it is understood.
  static let explained: [(String, String)] = [
    ("dune herbert", #""dune" AND "herbert""#),
    ("\"frank  herbert\" dun*", #""frank  herbert" AND "dun"*"#),
    ("dune or solaris brothers", #""dune" OR ("solaris" AND "brothers")"#),
    ("dune not herbert -solaris", #""dune" AND NOT "herbert" AND NOT "solaris""#),
    (
      "title:dune note:\"the spice\" tags:clas*",
      #"title:"dune" AND note:"the spice" AND tags:"clas"*"#
    ),
    (
      "#classic category:books/sci-fi tag:\"to read\"",
      "tag:classic AND category:books/sci-fi AND tag:\"to read\""
    ),
    (
      "year:>1960 author:herb year:1960..1970",
      #"year:>1960 AND author:~"herb" AND year:>=1960 AND year:<=1970"#
    ),
    ("pages:>100 nokey:1", #"pages:>100 AND "nokey:1""#),
    (
      "created:>2024-01-31 modified:2024",
      "created:>=2024-02-01 AND modified:>=2024-01-01 AND modified:<=2024-12-31"
    ),
    ("is:untagged has:note no:url is:opened", "no:tags AND has:note AND no:url AND is:opened"),
    ("c++ foo\"bar --- ((", #""c++" AND "foo""bar""#), ("AND", #""AND""#),
  ]

  @Test(arguments: explained)
  func `it is said how a query is understood`(query: String, explanation: String) throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let outcome = try favs(
        "search", "--explain", "--no-fuzzy", "--count", "--", query)
      #expect(outcome.error == "query: \(explanation)\n")
      // What is said is a query that finds the same.
      let again = try favs("search", "--explain", "--no-fuzzy", "--count", "--", explanation)
      #expect(again == outcome)
    }
  }

  @Test func `the explanation is of what is looked for instead, too`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      expectSame(
        try favs("search", "slaris", "or", "brot", "--explain", "--fields", "id", "--sort", "id"),
        Outcome(
          0, "2\n3\n",
          error: "query: \"solaris\" OR \"brot\"*\n"
            + "no matches for 'slaris': showing results for 'solaris'\n"
            + "no matches for 'brot': showing results for 'brot*'\n"))
      expectSame(
        try favs("search", "desert", "--fuzzy", "--explain", "--json", "--fields", "id"),
        Outcome(0, "[{\"id\":1}]\n", error: "query: \"desert\"\n"))
      expectSame(
        try favs("search", "\u{1B}[31m", "--explain", "--no-fuzzy"),
        Outcome(1, error: "query: \"\\u{1b}[31m\"\n"))
    }
  }

  @Test func `parts of words are found, however short, the latest first`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      #expect(try favs.found("une", "--no-fuzzy") == "")
      #expect(try favs.found("--substring", "une") == "6 1")
      #expect(try favs.found("--substring", "UNE") == "6 1")
      #expect(try favs.found("--substring", "u") == "6 4 1")
      #expect(try favs.found("--substring", "ic") == "4 3 2 1")
      #expect(try favs.found("--substring", "ic", "un") == "1")
      #expect(try favs.found("--substring", "尋の") == "5")
      #expect(try favs.found("--substring", "++") == "4")
      #expect(try favs.found("--substring", "0%") == "5")
      #expect(try favs.found("--substring", "_") == "")
      #expect(try favs.found("--substring", "u", "-c", "books") == "1")
      #expect(try favs.found("--substring", "u", "--sort", "id") == "1 4 6")
      // No operator is one there.
      #expect(try favs.found("--substring", "dune or solaris") == "")
      expectSame(try favs("search", "--substring", "slaris"), Outcome(1))
    }
  }

  @Test func `words of one and two letters are words`() throws {
    try withFavs { favs in
      try favs("add", "-", "-q", input: "Go\nGone\nR\nRuby\nA to Z\n")
      #expect(try favs.found("go") == "1")
      #expect(try favs.found("r") == "3")
      #expect(try favs.found("z") == "5")
      #expect(try favs.found("g") == "")
      #expect(try favs.found("g*", "--sort", "id") == "1 2")
      #expect(try favs.found("--substring", "g") == "2 1")
      #expect(try favs.found("--substring", "go") == "2 1")
    }
  }

  @Test func `a pattern is looked for in each text, the latest first`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      #expect(try favs.found("--regex", "^dune$") == "6 1")
      #expect(try favs.found("--regex", "^(dune|solaris)$") == "6 2 1")
      #expect(try favs.found("--regex", "^classic$") == "3 2 1")
      #expect(try favs.found("--regex", "thinks[.]$") == "2")
      #expect(try favs.found("--regex", "^https://.*/dune") == "6")
      #expect(try favs.found("--regex", "D.NE", "-c", "books") == "1")
      #expect(try favs.found("--regex", "the", "spice") == "1")
      expectSame(try favs("search", "--regex", "^une"), Outcome(1))
      expectSame(try favs("search", "--regex", "^une", "--json"), Outcome(1, "[]\n"))
    }
  }

  @Test(arguments: [
    ["--regex", "--substring"], ["--regex", "--fuzzy"], ["--substring", "--no-fuzzy"],
    ["--fuzzy", "--no-fuzzy"], ["--regex", "--substring", "--fuzzy", "--no-fuzzy"],
  ])
  func `there is one way to look at a time`(options: [String]) throws {
    try withFavs { favs in
      expectSame(
        try favs.words(["search", "dune"] + options),
        Outcome(
          2, error: "favs: use only one of --regex, --substring, --fuzzy and --no-fuzzy\n"))
    }
  }

  @Test func `a category is searched total it, and no other of like name`() throws {
    try withFavs { favs in
      for category in ["a", "a/b", "a/b/c", "a b", "ab", "b", "b/a"] {
        try favs("add", "sea \(category)", "-c", category, "-q")
      }
      #expect(try favs.found("sea", "-c", "a", "--sort", "id") == "1 2 3")
      #expect(try favs.found("sea", "-c", "A/B", "--sort", "id") == "2 3")
      #expect(try favs.found("sea", "-c", "a/b", "-c", "b", "--sort", "id") == "2 3 6 7")
      #expect(try favs.found("sea category:a", "--sort", "id") == "1 2 3")
      #expect(try favs.found("sea -category:a", "--sort", "id") == "4 5 6 7")
      #expect(try favs.found("--substring", "ea", "-c", "a/b", "--sort", "id") == "2 3")
      #expect(try favs.found("--regex", "^sea", "-c", "a/b", "--sort", "id") == "2 3")
      expectSame(
        try favs("search", "sea", "-c", "a/c"),
        Outcome(
          3,
          error: "favs: no category is called 'a/c'\nhint: favs category list shows them\n"))
    }
  }

  @Test func `categories are found by the words of their names and notes`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      try favs("category", "edit", "films", "--note", "Seen at the Café", "-q")
      func names(_ query: String) throws -> [String] {
        try favs("category", "list", query, "--json").objects.compactMap { $0["name"] as? String }
      }
      #expect(try names("books") == ["books", "books/sci-fi"])
      #expect(try names("BOOK") == ["books", "books/sci-fi"])
      #expect(try names("sci") == ["books/sci-fi"])
      #expect(try names("fi") == ["books/sci-fi", "films"])
      #expect(try names("fi book") == ["books/sci-fi"])
      #expect(try names("cafe seen") == ["films"])
      expectSame(
        try favs("category", "list", "fi"),
        Outcome(0, "books/sci-fi\t2\t2\t\nfilms\t2\t2\tSeen at the Café\n"))
      for query in ["ook", "films sci", "(", "\"", "*", "NEAR(", "a//b", "👩‍👩‍👧"] {
        expectSame(
          try favs("category", "list", query),
          Outcome(
            3,
            error: "favs: no category is called '\(query)'\nhint: favs category list shows them\n"))
      }
    }
  }
}
