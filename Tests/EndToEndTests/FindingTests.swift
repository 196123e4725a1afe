import Foundation
import TestSupport
import Testing

/// `list`, `search`, `show`, pages, cursors and formats.
struct FindingTests {
  private func filled(_ favs: Favs, _ count: Int) throws {
    let lines = (1...count).map { "Thing \($0)" }.joined(separator: "\n")
    try favs("add", "-", "-c", "things", "-q", input: lines)
  }

  @Test func `every format prints the same favourite`() throws {
    try withFavs { favs in
      try favs("add", "a\t\"b\"", "-u", "https://x.org/?a,b", "-t", "one", "-t", "two")
      #expect(try favs("list").output == "1\tinbox\t1\ta\\t\"b\"\thttps://x.org/?a,b\tone,two\n")
      #expect(
        try favs("list", "--format", "csv").output
          == "id,category,rank,title,url,tags\r\n1,inbox,1,\"a\t\"\"b\"\"\",\"https://x.org/?a,b\",\"one,two\"\r\n"
      )
      #expect(
        try favs("list", "--format", "{id}\\t{title} {{}}\\n").output == "1\ta\\t\"b\" {}\n")
      #expect(try favs("list", "--fields", "title,id", "-0").output == "a\t\"b\"\t1\0")
      #expect(
        try favs("list", "--json", "--fields", "rank,id").output == "[{\"rank\":1,\"id\":1}]\n")
      #expect(
        try favs("list", "--fields", "nope").error
          == "favs: --fields: unknown field 'nope'\nhint: the fields are id, uid, title, url, "
          + "note, category, rank, tags, metadata, metadata_types, created_at, modified_at, opened_at, opened, "
          + "deleted_at, link, score, matched, snippet\n")
    }
  }

  @Test func `an empty list is an empty array and no error`() throws {
    try withFavs { favs in
      favs.environment = ["FAVS_DB": "", "HOME": favs.folder]
      expectSame(try favs("list", "--json"), Outcome(0, "[]\n"))
      expectSame(try favs("list"), Outcome(0))
      expectSame(try favs("search", "x", "--json"), Outcome(1, "[]\n"))
      #expect(try favs("list", "nowhere").code == 3)
      // Nothing was made by looking.
      #expect(!FileManager.default.fileExists(atPath: favs.database))
    }
  }

  @Test func `pages and cursors put together are the whole`() throws {
    try withFavs { favs in
      try filled(favs, 47)
      let whole = try favs("list", "--fields", "id").output
      #expect(whole.split(separator: "\n").count == 47)
      var paged = ""
      for page in 1...4 {
        paged += try favs("list", "--page", "\(page)", "--per-page", "13", "--fields", "id").output
      }
      #expect(paged == whole)
      var (run, cursor) = ("", String?.none)
      for sort in ["rank", "-rank", "title", "-created", "id"] {
        run = ""
        cursor = nil
        let sorted = try favs("list", "--sort", sort, "--fields", "id").output
        repeat {
          var words = ["list", "--json", "--envelope", "--limit", "10"]
          if let cursor { words += ["--after", cursor] } else { words += ["--sort", sort] }
          let outcome = try favs.run(words.map { Array($0.utf8) })
          let envelope = try #require(outcome.json as? [String: Any])
          let favourites = try #require(envelope["favourites"] as? [[String: Any]])
          #expect(envelope["total"] as? Int == 47)
          run += favourites.map { "\($0["id"] ?? "")\n" }.joined()
          cursor = envelope["next"] as? String
        } while cursor != nil
        #expect(run == sorted, "sorted by \(sort)")
      }
    }
  }

  @Test func `a page beyond all reckoning is empty`() throws {
    try withFavs { favs in
      try filled(favs, 3)
      let huge = "9223372036854775807"
      for words in [["list"], ["search", "thing"], ["trash", "list"], ["history"]] {
        expectSame(try favs.words(words + ["--page", huge, "--per-page", huge]), Outcome(0))
      }
      expectSame(
        try favs("list", "--limit", huge, "--fields", "id"), Outcome(0, "1\n2\n3\n"))
    }
  }

  @Test func `a search with many words is a search`() throws {
    try withFavs { favs in
      try favs("add", "x")
      #expect(try favs.words(["search"] + (1...200).map { "w\($0)" }).code == 1)
      #expect(try favs.words(["search"] + (1...700).map { "w\($0)" }).code == 1)
      #expect(try favs.words(["search", "--substring"] + (1...201).map { "w\($0)" }).code == 2)
      #expect(try favs.words(["list"] + (1...150).flatMap { ["--no-tag", "t\($0)"] }).code == 0)
    }
  }

  @Test func `an envelope tells the page`() throws {
    try withFavs { favs in
      try filled(favs, 3)
      let outcome = try favs("list", "--json", "--envelope", "--per-page", "2", "--fields", "id")
      let envelope = try #require(outcome.json as? [String: Any])
      #expect(
        envelope.keys.sorted() == ["favourites", "next", "page", "pages", "per_page", "total"])
      #expect(envelope["page"] as? Int == 1)
      #expect(envelope["pages"] as? Int == 2)
      #expect(envelope["per_page"] as? Int == 2)
    }
  }

  @Test func `a terminal gets a table, a page of 20 and a footer`() throws {
    try withFavs { favs in
      try filled(favs, 21)
      favs.environment = ["COLUMNS": "40", "NO_COLOR": "1", "TERM": "xterm"]
      let lines = try favs.onTerminal("list", "things").output.split(separator: "\n")
      #expect(lines.prefix(3) == ["things", " #  ID  TITLE", " 1   1  Thing 1"])
      #expect(lines.count == 23)
      let wide = try favs.onTerminal("list", "things", "--wide").output.split(separator: "\n")
      #expect(wide.first == "ID  CATEGORY  RANK  TITLE     URL  TAGS")
      #expect(wide.dropFirst().first == " 1  things       1  Thing 1")
      #expect(
        lines.last == "Page 1 of 2 · 21 favourites · next: favs list things --page 2")
      try favs("edit", "--all", "-t", "x y", "-q")
      let filtered = try favs.onTerminal("list", "-t", "x y", "--page", "1", "--per-page", "3")
        .output
      #expect(filtered.hasSuffix("next: favs list -t 'x y' --per-page 3 --page 2\n"))
      favs.environment = ["TERM": "xterm", "COLUMNS": "60"]
      try favs("add", "Link", "-u", "https://x.org", "-c", "a")
      let colour = try favs.onTerminal("list", "a").output
      #expect(colour.contains("\u{1B}[1mID\u{1B}[0m"))
      let host = "\u{1B}]8;;https://x.org\u{1B}\\\u{1B}[2mx.org\u{1B}[0m\u{1B}]8;;\u{1B}\\"
      #expect(colour.contains(host), "\(colour)")
      #expect(try !favs.onTerminal("list", "a", "--color", "never").output.contains("\u{1B}"))
    }
  }

  @Test func `stored text never reaches a terminal raw`() throws {
    try withFavs { favs in
      let title = "x\u{1B}]2;PWNED\u{7}y\u{202E}z\u{200B}\n\u{9B}31m"
      try favs("add", title, "--note", title, "-t", "t\u{202E}")
      for words in [["list"], ["show", "1"], ["rm", "1"], ["trash"], ["history"]] {
        let outcome = try favs.onTerminalWords(words)
        let text = outcome.output.replacingOccurrences(of: "\u{1B}[", with: "")
          .replacingOccurrences(of: "\u{1B}]8;;", with: "")
        #expect(!text.contains("PWNED\u{7}"))
        for scalar in ["\u{202E}", "\u{200B}", "\u{9B}", "\u{7}"] {
          #expect(!text.unicodeScalars.contains(Unicode.Scalar(scalar)!), "\(words)")
        }
      }
    }
  }

  @Test func `filters choose and sort orders`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books", "-t", "classic", "--set", "year=1965")
      try favs("add", "Solaris", "-c", "books", "-t", "classic", "-t", "film", "--set", "year=1961")
      try favs("add", "sqlite.org", "-u", "https://sqlite.org", "-c", "links")
      func titles(_ words: String...) throws -> String {
        let all = ["list", "--fields", "title"] + words
        return try favs.run(all.map { Array($0.utf8) }).output
          .replacingOccurrences(of: "\n", with: " ")
      }
      #expect(try titles("-t", "CLASSIC", "-t", "film") == "Solaris ")
      #expect(try titles("-t", "film", "-t", "nope", "--any-tag") == "Solaris ")
      #expect(try titles("--untagged") == "sqlite.org ")
      #expect(try titles("--no-tag", "film", "-c", "books") == "Dune ")
      #expect(try titles("--where", "year > 1962") == "Dune ")
      #expect(try titles("--where", "year<=1965", "--sort", "-title") == "Solaris Dune ")
      #expect(try titles("--has", "url") == "sqlite.org ")
      #expect(try titles("--no", "year") == "sqlite.org ")
      #expect(try titles("--since", "1d", "--sort", "-id") == "sqlite.org Solaris Dune ")
      #expect(try titles("--until", "2020-01-01") == "")
      #expect(try titles("--change", "2") == "Solaris ")
    }
  }

  @Test func `search finds every word and puts titles first`() throws {
    try withFavs { favs in
      try favs("add", "Notes", "--note", "about the dune sea")
      try favs("add", "Dune", "-t", "sea")
      try favs("add", "100%", "-u", "https://x.org/c++")
      #expect(try favs("search", "DUNE", "sea", "--fields", "title").output == "Dune\nNotes\n")
      #expect(try favs("search", "c++", "--fields", "title").output == "100%\n")
      #expect(try favs("search", "%", "--fields", "title").output == "100%\n")
      #expect(try favs("search", "dune", "--count").output == "2\n")
      expectSame(try favs("search", "foo\"bar"), Outcome(1))
    }
  }

  @Test func `names of fields are the same in any case`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-u", "https://a.example", "-t", "sf", "--set", "Year=1965")
      #expect(
        try favs("list", "--format", "{ID} {Title} {URL} {TAGS} {year}\n").output
          == "1 Dune https://a.example sf 1965\n")
      #expect(try favs("list", "--fields", "ID,Title").output == "1\tDune\n")
      #expect(try favs("list", "--format", "{titel}").code == 2)
    }
  }

  private func words(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

  @Test func `a page of a search that finds nothing is told by the exit code too`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books")
      for options in [["--limit", "5"], ["--page", "1"], ["--per-page", "3", "--json"]] {
        #expect(try favs.run(words(["search", "nowhere"] + options)).code == 1, "\(options)")
        #expect(try favs.run(words(["search", "dune"] + options)).code == 0, "\(options)")
      }
      #expect(try favs("search", "dune", "--page", "3").code == 0)
    }
  }

  @Test func `punctuation, capitals and the usual port of a link are no hindrance`() throws {
    try withFavs { favs in
      try favs("add", "A", "https://www.example.com/a")
      for query in [
        "WWW.EXAMPLE.COM/a", "url:Www.example.com", "HTTPS://WWW.EXAMPLE.COM",
        "https://example.com:443/a", "<https://www.example.com/a>",
      ] {
        #expect(try favs("search", query, "--fields", "id").output == "1\n", "\(query)")
      }
      expectSame(try favs("search", "---"), Outcome(1))
      expectSame(try favs("search", "example", "---", "--fields", "id"), Outcome(0, "1\n"))
    }
  }

  @Test func `a text with a dash before a word is found, and that is said`() throws {
    try withFavs { favs in
      try favs("add", "tar -xzvf archive.tar.gz")
      expectSame(
        try favs("search", "tar -xzvf archive.tar.gz", "--fields", "id"),
        Outcome(
          0, "1\n",
          error: "no matches for the query: showing results for the text as it stands\n"))
      #expect(try favs("search", "\"tar -xzvf archive.tar.gz\"").code == 0)
      #expect(try favs("search", "tar -zzz").error == "")
      #expect(try favs("search", "data -tar").error == "")
    }
  }

  @Test func `the beginning of a word with signs finds it, and the word itself comes first`() throws
  {
    try withFavs { favs in
      for title in ["Data-science primer", "Server 192.168.178.21", "Arch Wiki", "Wi-Fi password"] {
        try favs("add", title)
      }
      for (query, id) in [("data-sci", "1"), ("192.168.178.2", "2")] {
        expectSame(
          try favs("search", query, "--fields", "id"),
          Outcome(
            0, id + "\n",
            error: "no matches for '\(query)': showing results for '\(query)*'\n"))
      }
      #expect(try favs("search", "wifi", "--fuzzy", "--fields", "id").output == "4\n3\n")
      #expect(try favs("search", "the wifi", "--fuzzy", "--fields", "id").output == "4\n3\n")
    }
  }

  @Test func `names of fields are not taken for metadata`() throws {
    try withFavs { favs in
      try favs("add", "A", "-c", "c", "--set", "rank=7")
      try favs("add", "B", "-c", "c")
      for condition in ["rank != 1", "opened != 0", "created > 2020", "modified < 2020", "id = 1"] {
        let refused = try favs("rm", "-y", "--where", condition)
        #expect(
          refused.code == 2 && refused.error.contains("which is not metadata"), "\(condition)")
      }
      for name in ["title", "category", "rank", "opened", "created", "uid"] {
        let refused = try favs("rm", "-y", "--no", name)
        #expect(refused.code == 2 && refused.error.contains("'\"\(name)\"'"), "\(name)")
      }
      expectSame(
        try favs("list", "--where", "\"rank\" = 7", "--fields", "title"), Outcome(0, "A\n"))
      expectSame(try favs("list", "--no", "\"rank\"", "--fields", "title"), Outcome(0, "B\n"))
      expectSame(try favs("list", "--no", "tag", "--fields", "title"), Outcome(0, "A\nB\n"))
    }
  }

  @Test func `the trash tells where a favourite would be restored to`() throws {
    try withFavs { favs in
      try favs("add", "One", "-c", "box")
      try favs("add", "Two", "-c", "box")
      try favs("rm", "One")
      try favs("category", "rename", "box", "yy")
      try favs("category", "rm", "yy", "-y")
      expectSame(
        try favs("trash", "list", "--fields", "title,category", "--sort", "title"),
        Outcome(0, "One\tyy\nTwo\tyy\n"))
      // The name that it had then finds it too.
      #expect(try favs("trash", "list", "-c", "box", "--fields", "title").output == "One\n")
      #expect(try favs("restore", "One").output.contains("yy"))
    }
  }
}

extension Favs {
  /// A command line on a terminal, from a list of words.
  func onTerminalWords(_ words: [String]) throws -> Outcome {
    switch words.count {
    case 1: try onTerminal(words[0])
    default: try onTerminal(words[0], words[1])
    }
  }
}
