import Foundation
import TestSupport
import Testing

/// `category`, `tag`, `import`.
struct TidyingTests {
  @Test func `a category's fields check and complete metadata`() throws {
    try withFavs { favs in
      #expect(
        try favs(
          "category", "add", "films", "--note", "seen ones", "--field", "year:number", "--field",
          "seen:enum(yes,no,again)"
        ).output == "films\t0\t0\tseen ones\n")
      #expect(
        try favs("add", "Stalker", "-c", "films", "--set", "seen=YES", "--set", "year=1979").code
          == 0)
      #expect(try favs("list", "--fields", "metadata").output == "seen=yes;year=1979\n")
      let wrong = try favs("add", "Nope", "-c", "films", "--set", "seen=maybe")
      #expect(wrong.code == 8)
      #expect(wrong.error == "favs: metadata seen: 'maybe' is not one of yes, no, again\n")
      #expect(try favs("category", "edit", "films", "--unset-field", "seen").code == 0)
      #expect(try favs("add", "Nope", "-c", "films", "--set", "seen=maybe").code == 0)
      #expect(
        try favs("category", "show", "films").output.contains("field           year:number\n"))
    }
  }

  @Test func `categories are renamed and merged total`() throws {
    try withFavs { favs in
      try favs("add", "a", "-c", "books/old")
      try favs("add", "b", "-c", "books")
      try favs("add", "c", "-c", "media")
      #expect(try favs("category", "rename", "books", "media/books").code == 0)
      #expect(
        try favs("category").output
          == "media\t1\t3\t\nmedia/books\t1\t2\t\nmedia/books/old\t1\t1\t\n")
      #expect(try favs("category", "merge", "media/books", "media").code == 0)
      #expect(
        try favs("list", "--fields", "category,rank,title").output
          == "media\t1\tc\nmedia\t2\tb\nmedia/old\t1\ta\n")
      #expect(try favs("undo").code == 0)
      #expect(try favs("undo").code == 0)
      #expect(try favs("category").output == "books\t1\t2\t\nbooks/old\t1\t1\t\nmedia\t1\t1\t\n")
      #expect(try favs("category", "rename", "nope", "x").code == 3)
      #expect(try favs("category", "rename", "books", "media").code == 4)
      #expect(try favs("category", "rename", "books", "books/x").code == 4)
      #expect(try favs("category", "add", "BOOKS").code == 4)
    }
  }

  @Test func `tags are renamed, merged and removed`() throws {
    try withFavs { favs in
      try favs("add", "a", "-t", "SciFi", "-t", "x")
      try favs("add", "b", "-t", "sci-fi")
      #expect(try favs("tag").output == "sci-fi\t1\nSciFi\t1\nx\t1\n")
      #expect(try favs("tag", "merge", "scifi", "sci-fi").output == "1\tinbox\t1\ta\t\tsci-fi,x\n")
      #expect(try favs("tag", "rename", "sci-fi", "Sci-Fi").code == 0)
      #expect(
        try favs("tag", "list", "--json").output
          == "[{\"name\":\"Sci-Fi\",\"count\":2},{\"name\":\"x\",\"count\":1}]\n")
      #expect(try favs("tag", "rm", "x").code == 0)
      #expect(try favs("tag", "rm", "x").code == 3)
      #expect(try favs("tag", "list", "--format", "{name}:{count}\\n").output == "Sci-Fi:2\n")
    }
  }

  @Test func `what is listed as JSON is taken over elsewhere, once`() throws {
    try withFavs { favs in
      try favs(
        "add", "Dune", "-c", "books", "-t", "x", "--set", "year=1965", "--note", "n\n\"q\"", "-u",
        "https://x.org")
      try favs("add", "Solaris", "-c", "books", "--rank", "1")
      let lines = try favs("list", "--sort", "id", "--format", "jsonl").output
      try withFavs { other in
        #expect(
          try other("import", "-", input: lines)
            .output == "add\t1\tDune\nadd\t2\tSolaris\n")
        #expect(
          try other("list", "--json", "--fields", "uid,rank,title,note,metadata,created_at").output
            == favs("list", "--json", "--fields", "uid,rank,title,note,metadata,created_at").output)
        let again = try other("import", "-", input: lines)
        #expect(again.output == "skip\t1\tDune\nskip\t2\tSolaris\n")
        #expect(again.error == "2 read: 2 skipped as duplicates\n")
        #expect(try other("history").output.split(separator: "\n").count == 1)
        let array = try favs("list", "--json").output
        #expect(
          try other(
            "import", "-", "--on-duplicate", "keep", "--into", "copies", "-t", "new",
            input: array
          ).code == 0)
        #expect(
          try other("list", "copies", "--fields", "title,tags").output
            == "Solaris\tnew\nDune\tnew,x\n")
      }
    }
  }

  @Test func `the same link three times in a file is one favourite, and one change`() throws {
    try withFavs { favs in
      try favs("add", "old", "-u", "http://a.c/", "--note", "kept")
      let lines =
        (1...3).map { "{\"url\":\"http://a.c/\",\"title\":\"t\($0)\",\"tags\":[\"x\($0)\"]}\n" }
        .joined()
        + "{\"url\":\"http://b.c/\",\"title\":\"b\"}\n{\"url\":\"http://b.c/\",\"title\":\"B\"}\n"
      let before = try favs("list", "--json").output
      #expect(try favs("import", "-", "--on-duplicate", "update", input: lines).code == 0)
      let after = try favs("list", "--json").output
      #expect(try favs("list", "--fields", "title,tags").output == "t3\tx1,x2,x3\nB\t\n")
      #expect(try favs("undo").code == 0)
      #expect(try favs("list", "--json").output == before)
      #expect(try favs("redo").code == 0)
      #expect(try favs("list", "--json").output == after)
    }
  }

  @Test func `a category stays while another stands in it`() throws {
    try withFavs { favs in
      try favs("add", "X", "-c", "a/b")
      try favs("add", "Y", "-c", "a/c")
      #expect(try favs("undo", "1").code == 0)
      #expect(try favs("category").output == "a\t0\t1\t\na/c\t1\t1\t\n")
    }
  }

  @Test func `an import is all or nothing`() throws {
    try withFavs { favs in
      let broken = try favs("import", "-", input: "{\"title\":\"a\"}\n{\"title\":\"b\"\n")
      #expect(broken.code == 8)
      let input = "{\"title\":\"a\"}\n{\"title\":\"\"}\n"
      let strict = try favs("import", "-", "--strict", input: input)
      #expect(strict.code == 8)
      #expect(
        strict.error == """
          favs: standard input: line 2: title is empty
          hint: nothing was imported; without --strict, the rest would be

          """)
      #expect(try favs("list").output == "")
    }
  }

  @Test func `an import names what it cannot keep, and keeps the rest`() throws {
    try withFavs { favs in
      let input = """
        {"title":"a","metadata":{}}
        {"title":"b","tags":["x,y"]}
        {"title":""}
        {"title":"c","shape":[1,{"is":"odd"}]}
        {"title":"d"}

        """
      for form in [input, "[" + input.split(separator: "\n").joined(separator: ",\n") + "]"] {
        let outcome = try favs("import", "-", "--into", "x", "--on-duplicate", "keep", input: form)
        #expect(outcome.code == 1)
        #expect(
          outcome.error == """
            standard input: line 2, column 27: tag 'x,y' has a comma
            standard input: line 3: title is empty
            5 read: 3 added, 2 not imported

            """)
      }
      #expect(try favs("list", "--fields", "title").output == "a\nc\nd\na\nc\nd\n")
      #expect(try favs("undo", "--last", "2").code == 0)
      #expect(try favs("list", "--fields", "title").output == "")
    }
  }

  @Test func `importing links twice changes nothing, and what is a link is told by its meaning`()
    throws
  {
    try withFavs { favs in
      let links = "https://a.org/x\nhttp://b.org/?q=1&utm_source=z#top\n"
      #expect(try favs("import", "-", "--into", "links", "--clean", input: links).code == 0)
      #expect(
        try favs("list", "--fields", "url").output == "https://a.org/x\nhttp://b.org/?q=1#top\n")
      #expect(try favs("move", "1", "--to", "other").code == 0)
      let before = try favs("history", "--json").output
      let again = "HTTPS://A.org:443/x/\nhttp://b.org?q=1#top\n"
      let outcome = try favs("import", "-", "--into", "links", input: again)
      #expect(outcome.error == "2 read: 2 skipped as duplicates\n")
      #expect(try favs("history", "--json").output == before)
    }
  }
}

@Suite struct ImportProgressTests {
  @Test func `on a terminal a long import tells how far it is, and takes that away again`() throws {
    try withFavs { favs in
      let path = favs.folder + "/links.txt"
      // How many are many depends on the machine and on how the program was built.
      var count = 40_000
      var outcome = try importing(count, path, &favs)
      while told(outcome).isEmpty, count < 640_000 {
        count *= 4
        outcome = try importing(count, path, &favs)
      }
      let line = try #require(told(outcome).first)
      #expect(line.contains(" % · ") && line.contains(" favourites · ") && line.contains(" s left"))
      let quiet = try favs.onTerminal("import", path, "--quiet", "--on-duplicate", "keep")
      #expect(told(quiet).isEmpty)
    }
  }

  /// Imports so many links into an empty file.
  private func importing(_ count: Int, _ path: String, _ favs: inout Favs) throws -> Outcome {
    favs.environment["FAVS_DB"] = favs.folder + "/\(count).db"
    let links = (0..<count).map { "https://example.org/\($0)\n" }.joined()
    try Data(links.utf8).write(to: URL(fileURLWithPath: path))
    let outcome = try favs.onTerminal("import", path)
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("\(count / 1_000),000 read: \(count / 1_000),000 added"))
    return outcome
  }

  /// What is said of how far it is.
  private func told(_ outcome: Outcome) -> [Substring] {
    outcome.output.split(separator: "\r").filter { $0.contains("/s") }
  }
}
