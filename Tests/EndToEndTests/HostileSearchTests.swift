import Foundation
import TestSupport
import Testing

/// Searches that are no sentences: signs without end, other programs' operators, patterns to choke
/// on.
struct HostileSearchTests {
  /// What `search` may say beside its data when nothing is wrong.
  private static let notes = [
    "query: ", "no matches for '", "only the first 500 words were searched for",
    "hint: --substring finds ", "hint: no favourite has the tag '", "hint: favs search '",
    "no matches for the query: ",
  ]

  private func expectSearch(
    _ outcome: Outcome, _ words: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      outcome.code == 0 || outcome.code == 1, "\(words): \(outcome)",
      sourceLocation: sourceLocation)
    for line in outcome.error.split(separator: "\n") {
      #expect(
        Self.notes.contains { line.hasPrefix($0) }, "\(words): \(line.prefix(200))",
        sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [
    "(", ")", "()", "-(", "\"", "\"\"", "\"a\" ", "a\"", "-", "- ", "-a ", "*", "a*", "* ", ":",
    "a:",
    "title:", "title:(", "title:a ", "|", "a|", "not ", "a or ", "a and ", "a or (", "NEAR(", "#",
    "#t ",
    "year:1..2 ", "year:1961..1972 ", "year:2024-03..2024-05 ", "year:>", "created:2024 ", "dune ",
    "c++", "c++ ", "x", "é", "千", "\u{301}",
    "a\u{301}",
    "👩‍👩‍👧", "\u{202E}", "\u{3000}x", "\\", "'", ";", "\t(", "{", "^", "+",
  ])
  func `100 kB of one sign are a search`(piece: String) throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let query = String(repeating: piece, count: 100_000 / piece.utf8.count)
      expectSearch(try favs("search", "--", query), [piece])
      let short = String(repeating: piece, count: 40)
      for words in [["--fuzzy", "--count"], ["--explain", "--snippets"], ["--facets", "tag"]] {
        expectSearch(try favs.words(["search"] + words + ["--", short]), words)
      }
    }
  }

  @Test func `thousands of parentheses, each in the one before, are looked into`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let depth = 20_000
      let (open, close) = (
        String(repeating: "(", count: depth), String(repeating: ")", count: depth)
      )
      #expect(try favs.found("--", open + "solaris" + close) == "2")
      #expect(try favs.found("--", open + "solaris") == "2")
      #expect(try favs.found("--", "solaris" + close) == "2")
      #expect(try favs.found("--", close + "solaris" + open) == "2")
    }
  }

  /// What FTS5 would obey, and the ids that it finds as words.
  @Test(arguments: [
    ("NEAR(alpha beta)", "1"), ("NEAR(alpha beta, 2)", ""), ("alpha NEAR beta", "1"),
    ("place:k1", "2"),
    ("place k1", "2"), ("k1", "2"), ("rowid:1", "3"), ("rank:1", ""), ("search:alpha", ""),
    ("{title note}:alpha", ""), ("other:alpha", ""), ("-- - title:alpha", "1"), ("^alpha", "1"),
    ("alpha ^ gamma", ""), ("alpha + gamma", ""), ("AND alpha", ""), ("alpha AND", ""),
    ("alpha AND AND gamma", ""), ("alpha OR OR gamma", "4"), ("NOT", ""), ("OR", ""),
    ("'k1' OR 1=1", "2"),
    ("alpha\"; DROP TABLE favourite; --", ""), ("*", ""), ("alpha*", "1"), ("\"alpha\"*", "1"),
  ])
  func `words that mean something to the index are words`(query: String, ids: String) throws {
    try withFavs { favs in
      try favs(
        "add", "-", "-q", "-c", "one", input: "near alpha beta\nplace k1\nrowid 1\ngamma\n")
      #expect(try favs.found("--no-fuzzy", "--", query) == ids)
      #expect(try favs("list").output.split(separator: "\n").count == 4)
    }
  }

  @Test(arguments: [
    ("👩‍👩‍👧", "1"), ("🏴‍☠️", ""), ("\u{301}", ""), ("cafe\u{301}", "2"), ("café", "2"), ("CAFE", "2"),
    ("尋", "3"),
    ("千尋 神", "3"), ("神尋", ""), ("\"千と\"", "3"), ("神隠*", "3"), ("\u{FB01}n", ""), ("👩‍👩‍👧 family", "1"),
    ("100%", "4"), ("100", "4"), ("%", "4"), ("_", ""), ("\u{202E}cafe", "2"), ("\u{200B}", ""),
  ])
  func `signs, accents and scripts find what has them`(query: String, ids: String) throws {
    try withFavs { favs in
      let titles = ["family 👩‍👩‍👧", "le cafe\u{301}", "千と千尋の神隠し", "100%"]
      try favs("add", "-", "-q", input: titles.joined(separator: "\n") + "\n")
      #expect(try favs.found("--no-fuzzy", "--", query) == ids)
    }
  }

  @Test(arguments: ["", " ", "\t\n", "\u{3000}", "\u{A0} \u{2028}"])
  func `nothing to search for is a wrong use`(query: String) throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let wanted = Outcome(2, error: "favs: no words to search for\n")
      expectSame(try favs("search", query), wanted)
      expectSame(try favs("search", "--substring", query), wanted)
      expectSame(try favs("search", "--count", query, query), wanted)
    }
  }

  @Test func `more words than are looked for are passed over, and that is said`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let many = (1...600).map { "w\($0)" }.joined(separator: " or ")
      expectSame(
        try favs("search", "solaris or " + many, "--no-fuzzy", "--fields", "id"),
        Outcome(0, "2\n", error: "only the first 500 words were searched for\n"))
      expectSame(
        try favs("search", many + " or solaris", "--no-fuzzy", "--fields", "id"),
        Outcome(1, error: "only the first 500 words were searched for\n"))
    }
  }

  @Test func `too much to look for within words is refused`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let refused = Outcome(
        2,
        error: "favs: query too long\nhint: a query may have up to 200 words of 20,000 bytes each\n"
      )
      expectSame(
        try favs("search", "--substring", String(repeating: "x", count: 20_000)), refused)
      expectSame(
        try favs("search", "--substring", String(repeating: "x ", count: 201)), refused)
      expectSame(
        try favs("search", "--substring", String(repeating: "x", count: 19_999)), Outcome(1))
      #expect(try favs.found("--substring", String(repeating: "u ", count: 200)) == "6 4 1")
    }
  }

  @Test(arguments: [
    ("(", "Unmatched ( or \\("), ("a(b", "Unmatched ( or \\("), ("*", "Invalid preceding regular"),
    ("+", "Invalid preceding regular"), ("[", ""), ("[z-a]", "Invalid range end"),
    ("a{2,1}", "Invalid content of"), ("\\", "Trailing backslash"),
    ("[[:nope:]]", "Invalid character class"),
  ])
  func `a pattern that is none is refused with the reason`(pattern: String, reason: String) throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      for words in [[], ["--count"], ["--facets", "tag"]] {
        let outcome = try favs.words(["search", "--regex"] + words + ["--", pattern])
        #expect(outcome.code == 8 && outcome.output == "", "\(outcome)")
        #expect(
          outcome.error.hasPrefix("favs: '\(pattern)' is not a pattern: \(reason)"), "\(outcome)")
        #expect(outcome.error.split(separator: "\n").count == 1, "\(outcome)")
      }
    }
  }

  /// The C library reads a pattern by recursion: one of 50,000 parentheses ended the program with a
  /// signal.
  @Test(arguments: ["(", "((a)", "a*", "(a|", "[", "a{1,9}", "\\("])
  func `a pattern without end is refused`(piece: String) throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      expectSame(
        try favs("search", "--regex", String(repeating: piece, count: 100_000 / piece.utf8.count)),
        Outcome(
          2,
          error:
            "favs: query too long\nhint: a regular expression may have up to 1,000 bytes\n"
        ))
    }
  }

  /// The C library takes them for what POSIX does not have, and minutes and gigabytes for some.
  @Test(arguments: ["(a)\\1", "(.*)x\\1", "(a*)(b*)\\2", "^(.*)\\1$"])
  func `a back reference is refused`(pattern: String) throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      expectSame(
        try favs("search", "--regex", "--", pattern),
        Outcome(
          8, error: "favs: '\(pattern)' is not a pattern: back references are not supported\n"))
      #expect(try favs("search", "--regex", "[\\1]u").code == 1)
    }
  }

  @Test func `no pattern takes all of the memory for a long text`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": favs.database]
      let note = String((0..<300_000).map { $0 % 7 % 2 == 0 ? "a" : "b" })
      #expect(
        try favs("import", "-", "-q", input: "{\"title\":\"x\",\"note\":\"\(note)\"}").code == 0)
      for pattern in ["(a|b)*a(a|b){20}c", "(.*)(.*)(.*)x$", "(a|aa)*c", "(a?){9}a{9}b{9}"] {
        let outcome = try favs.inShell(
          "ulimit -v 400000; ulimit -t 120; $F search --regex --count -- '\(pattern)'")
        #expect([0, 1].contains(outcome.code), "\(pattern): \(outcome)")
      }
    }
  }

  @Test func `a pattern may be as long as it is said`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      let (open, close) = (String(repeating: "(", count: 495), String(repeating: ")", count: 495))
      #expect(try favs.found("--regex", open + "^solaris$" + close) == "2")
      let choice = "solaris|" + String(repeating: "x", count: 992)
      #expect(try favs.found("--regex", choice) == "2")
      #expect(try favs("search", "--regex", choice + "x").code == 2)
    }
  }

  @Test func `what is typed never reaches a terminal raw`() throws {
    try withFavs { favs in
      try favs.addSearchSamples()
      favs.environment = ["TERM": "xterm", "NO_COLOR": "1"]
      let word = "\u{1B}]2;PWNED\u{7}\u{202E}\u{9B}31m"
      for words in ["--explain", "--fuzzy", "--substring", "--snippets"] {
        let outcome = try favs.onTerminal("search", words, "--", word + " solarsi" + word)
        let raw = outcome.output.unicodeScalars.filter { scalar in
          scalar != "\n" && (scalar.properties.generalCategory == .control || scalar == "\u{202E}")
        }
        #expect(raw.isEmpty, "\(words): \(outcome.output.debugDescription)")
      }
      let bad = try favs.onTerminal("search", "--regex", "--", "(" + word)
      #expect(bad.code == 8 && !bad.output.contains("\u{1B}"), "\(bad)")
    }
  }
}
