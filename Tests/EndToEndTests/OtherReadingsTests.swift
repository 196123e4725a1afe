import TestSupport
import Testing

/// What a search that finds nothing may have been meant for.
@Suite struct OtherReadingsTests {
  /// The titles found, and the exit code.
  private func found(_ favs: Favs, _ query: String, _ options: String...) throws -> String {
    let words = ["search", "--fields", "title"] + options + [query]
    return try favs.words(words).output
  }

  @Test func `a text with what means something in a query is found as it stands`() throws {
    try withFavs { favs in
      let titles = [
        "zsh: command not found: brew", "404 Page Not Found", "Not Without My Daughter",
        "docker run --rm -it -v \"$PWD\":/work alpine sh", "react issue #14099",
        "To be, or not to be",
        "Dune film",
      ]
      for title in titles { try favs("add", "--title", title) }
      for (query, title) in [
        ("zsh: command not found: brew", titles[0]), ("page not found", titles[1]),
        ("not without my daughter", titles[2]), (titles[3], titles[3]), ("issue #14099", titles[4]),
        ("#14099", titles[4]),
      ] {
        #expect(try found(favs, query) == title + "\n", "\(query)")
        #expect(try found(favs, query, "--limit", "3") == title + "\n", "\(query)")
        #expect(try favs.words(["search", "--count", query]).output == "1\n", "\(query)")
        #expect(try favs.words(["search", "--no-fuzzy", query]).code == 1, "\(query)")
      }
      expectSame(
        try favs("search", "page not found", "--fields", "id"),
        Outcome(
          0, "2\n",
          error: "no matches for the query: showing results for the text as it stands\n"))
      // What is left out stays out: its text is not what was typed.
      #expect(try favs("search", "dune -film").code == 1)
      let other = try favs("search", "to be or not to be", "--fields", "title")
      #expect(other.output == "To be, or not to be\n")
      #expect(other.error.contains("hint: favs search '\"to be or not to be\"' finds 1 favourite"))
      #expect(
        try favs("search", "not to be", "--envelope", "--json").output.contains("\"total\":1"))
    }
  }

  @Test func `a link is found with another fragment, other parameters or another host`() throws {
    try withFavs { favs in
      let links = [
        "https://github.com/junegunn/fzf", "https://www.bbc.co.uk/news",
        "https://de.wikipedia.org/wiki/K%C3%B6ln", "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=another",
      ]
      for link in links { try favs("add", "--title", "x", "-u", link) }
      for (query, id) in [
        ("https://github.com/junegunn/fzf?tab=readme-ov-file", 1),
        ("http://github.com/junegunn/fzf.git", 1), ("github.com/junegunn/fzf#readme", 1),
        ("<https://bbc.co.uk/news?utm_source=share>", 2),
        ("https://de.m.wikipedia.org/wiki/Köln#Geschichte", 3),
        ("https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=42s", 4),
      ] {
        let outcome = try favs("search", query, "--fields", "id")
        #expect(outcome.output == "\(id)\n", "\(query)")
        #expect(outcome.error.contains("showing results for '\(links[id - 1])'"), "\(query)")
      }
      #expect(try favs("search", "https://github.com/junegunn/other#x").code == 1)
    }
  }

  @Test(arguments: [
    ("IBAN DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
    ("Dr. Nguyen +1-415-555-0132", "4155550132"), ("Good 9780596517748", "978-0596517748"),
    ("Invoice €1,249.90", "1249.90"), ("10,000 steps", "10000"), ("Für Elise", "fuer elise"),
    ("Bücherregal", "buecher"), ("Haustürschlüssel", "schluessel"), ("hot dogs", "hotdog"),
    ("cheat sheet", "cheatsheets"), ("Let's Encrypt", "letsencrypt"), ("Don't Panic", "dontpanic"),
    ("Rock 'n' Roll", "rocknroll"), ("Dell 3840×2160", "3840x2160"), ("1920x1080", "1920×1080"),
    ("The Man from U.N.C.L.E.", "uncle"), ("ラーメン", "らーめん"), ("すし", "スシ"),
  ])
  func `a word is found in another form where nothing has it as typed`(
    title: String, query: String
  ) throws {
    try withFavs { favs in
      try favs("add", "--title", title)
      try favs("add", "--title", "Another thing")
      let outcome = try favs("search", query, "--fields", "title")
      #expect(outcome.output == title + "\n", "\(outcome)")
      #expect(outcome.error.contains("showing results for"), "\(outcome)")
    }
  }

  @Test func `a number without an operator is also a part of a text`() throws {
    try withFavs { favs in
      try favs("add", "ripgrep", "--set", "version:text=14.1.0", "--set", "year=1914")
      try favs("add", "Paper", "--set", "doi:text=10.1007/BF01491891", "--set", "year=2014-01-14")
      try favs("add", "Old", "--set", "version=14")
      for (query, ids) in [
        ("version:14", "1\n3\n"), ("version:14.1", "1\n"), ("doi:10.1007", "2\n"), ("year:14", ""),
        ("version:=14", "3\n"), ("year:1914", "1\n"), ("year:2014", "2\n"),
      ] {
        #expect(
          try favs("search", query, "--sort", "id", "--fields", "id").output == ids, "\(query)")
      }
    }
  }
}
