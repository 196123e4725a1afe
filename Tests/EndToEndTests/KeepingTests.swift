import TestSupport
import Testing

/// `add`, `edit`, `move`, `swap` as a person or a script runs them.
struct KeepingTests {
  @Test func `add prints what was kept, as columns`() throws {
    try withFavs { favs in
      expectSame(
        try favs("add", "Dune", "-c", "books/sci-fi", "-t", "classic", "--set", "year=1965"),
        Outcome(0, "1\tbooks/sci-fi\t1\tDune\t\tclassic\n"))
      expectSame(
        try favs("add", "https://sqlite.org/"),
        Outcome(
          0, "2\tinbox\t1\tsqlite.org\thttps://sqlite.org/\t\n"))
      expectSame(
        try favs("list"),
        Outcome(
          0, "1\tbooks/sci-fi\t1\tDune\t\tclassic\n2\tinbox\t1\tsqlite.org\thttps://sqlite.org/\t\n"
        ))
    }
  }

  @Test func `JSON has all keys in the order of the contract`() throws {
    try withFavs { favs in
      let outcome = try favs(
        "add", "Dune", "--json", "--note", "Read it slowly.", "-t", "desert", "-t", "Classic",
        "--set", "year=1965", "--set", "read:date=2024-02-11", "--rank", "first")
      let parts = outcome.output.split(separator: "\"uid\":\"", maxSplits: 1)
      #expect(parts.first == "[{\"id\":1,")
      let rest = parts.last?.dropFirst(36).split(separator: "\"created_at\"").first
      #expect(
        rest
          == #"","title":"Dune","url":null,"note":"Read it slowly.","category":"inbox","rank":1,"tags":["Classic","desert"],"metadata":{"read":"2024-02-11","year":1965},"metadata_types":{"read":"date"},"#
      )
      let keys = outcome.objects.first?.keys.sorted()
      #expect(
        keys == [
          "category", "created_at", "id", "metadata", "metadata_types", "modified_at", "note",
          "opened", "opened_at", "rank", "tags", "title", "uid", "url",
        ])
      #expect(try favs("list", "-c", "inbox", "--json").output == outcome.output)
      #expect(try favs("show", "1", "--json").output == outcome.output)
      #expect(try favs("search", "dune", "--json").output == outcome.output)
      #expect(
        try favs("list", "--format", "jsonl").output == outcome.output.dropFirst().dropLast(2)
          + "\n")
    }
  }

  @Test func `the same URL in the same category is a conflict that names the id`() throws {
    try withFavs { favs in
      try favs("add", "https://Example.org", "-c", "links")
      expectSame(
        try favs("add", "https://example.org:443/", "-c", "links"),
        Outcome(
          4,
          error: "favs: 'https://example.org:443/' is already in 'links', as 1\n"
            + "hint: favs show 1 shows it; --update changes it, --duplicate keeps both\n"))
      #expect(try favs("add", "https://example.org/", "-c", "other").code == 0)
      #expect(
        try favs("add", "Example", "-u", "https://example.org", "-c", "links", "--update").output
          == "1\tlinks\t1\tExample\thttps://Example.org\t\n")
      #expect(
        try favs("add", "https://example.org", "-c", "links", "--duplicate").output
          == "3\tlinks\t2\texample.org\thttps://example.org\t\n")
    }
  }

  @Test func `adding at a rank shifts the others down`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c"] { try favs("add", title) }
      #expect(try favs("add", "d", "--rank", "2").output == "4\tinbox\t2\td\t\t\n")
      #expect(
        try favs("add", "e", "--rank", "1000000000000000000").output == "5\tinbox\t5\te\t\t\n")
      #expect(try favs("list", "--fields", "rank,title").output == "1\ta\n2\td\n3\tb\n4\tc\n5\te\n")
    }
  }

  @Test func `lines of standard input are one change`() throws {
    try withFavs { favs in
      #expect(
        try favs("add", "-", "-c", "links", input: "https://a.example/x\n\n  Some title \n").output
          == "1\tlinks\t1\ta.example/x\thttps://a.example/x\t\n2\tlinks\t2\tSome title\t\t\n")
      #expect(try favs("history").output.split(separator: "\n").count == 1)
      let line =
        #"{"title":"Dune","category":"books","tags":["x"],"uid":"0192f0c1-0000-7000-8000-000000000000"}"#
      let added = try favs("add", "-", "-t", "y", input: line + "\n").output
      #expect(added == "3\tbooks\t1\tDune\t\tx,y\n")
      let uid = try favs("list", "books", "--fields", "uid").output
      #expect(uid != "0192f0c1-0000-7000-8000-000000000000\n")
    }
  }

  @Test func `edit changes, clears and unsets`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-u", "https://x.org", "--note", "n", "-t", "a", "--set", "year=1965")
      #expect(
        try favs("edit", "1", "--title", "Dune!", "--clear", "url", "-t", "b", "--untag", "A")
          .output
          == "1\tinbox\t1\tDune!\t\tb\n")
      #expect(try favs("edit", "1", "--unset", "year", "--set", "pages=412").code == 0)
      #expect(try favs("list", "--fields", "metadata").output == "pages=412\n")
      expectSame(
        try favs("edit", "1"),
        Outcome(
          2, error: "favs: nothing to change\nhint: favs help edit lists the options\n"))
    }
  }

  @Test func `edit without options opens the editor on a form`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-t", "a", "--set", "year=1965", "--note", "one\ntwo")
      favs.environment = ["EDITOR": "sed -i -e s/Dune/Arrakis/ -e s/1965/1966/ -e s/two/2/"]
      #expect(try favs.onTerminal("edit", "1").code == 0)
      #expect(
        try favs("list", "--fields", "title,tags,metadata,note").output
          == "Arrakis\ta\tyear=1966\tone\\n2\n")
      favs.environment = ["EDITOR": "true"]
      #expect(try favs.onTerminal("edit", "1").output.contains("no changes"))
      favs.environment = ["VISUAL": "false", "EDITOR": "true"]
      #expect(try favs.onTerminal("edit", "1").code == 4)
      favs.environment = ["EDITOR": "no-such-editor; rm -rf x"]
      let missing = try favs.onTerminal("edit", "1")
      #expect(missing.output == "favs: cannot run 'no-such-editor;': no such file or directory\n")
      #expect(missing.code == 7)
      favs.environment = ["EDITOR": "sed -i s/^title:/titel:/"]
      let refused = try favs.onTerminal("edit", "1")
      #expect(refused.code == 8)
      #expect(
        refused.output.hasPrefix(
          "favs: line 11: unknown field 'titel'\nhint: your text was saved in"))
      #expect(try favs("history").output.split(separator: "\n").count == 2)
    }
  }

  @Test func `the editor's form leaves alone what was left alone`() throws {
    try withFavs { favs in
      let line =
        #"{"title":"t","tags":["a\u202eb","c"],"metadata":{"m":"l1\nl2","n":1}}"#
      try favs("import", "-", "-q", input: line)
      favs.environment = ["EDITOR": "sed -i -e s/n:number=1/n:number=2/ -e 's/^tags: .*, c$/&, d/'"]
      #expect(try favs.onTerminal("edit", "1").code == 0)
      #expect(
        try favs("list", "--json", "--fields", "tags,metadata").output
          == #"[{"tags":["a\#u{202E}b","c","d"],"metadata":{"m":"l1\nl2","n":2}}]"#
          + "\n")
    }
  }

  @Test func `move and swap give other ranks`() throws {
    try withFavs { favs in
      for title in ["a", "b", "c", "d"] { try favs("add", title) }
      #expect(try favs("move", "4", "--first").output == "4\tinbox\t1\td\t\t\n")
      #expect(try favs("move", "1", "2", "--after", "3").code == 0)
      #expect(try favs("list", "--fields", "title").output == "d\nc\na\nb\n")
      #expect(try favs("swap", "inbox#1", "inbox#4").code == 0)
      #expect(try favs("list", "--fields", "title").output == "b\nc\na\nd\n")
      #expect(try favs("mv", "b", "--to", "other").output == "2\tother\t1\tb\t\t\n")
      #expect(
        try favs("list", "--fields", "category,rank,title").output
          == "inbox\t1\tc\ninbox\t2\ta\ninbox\t3\td\nother\t1\tb\n")
    }
  }

  @Test func `an ambiguous name lists the candidates`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books")
      try favs("add", "Dune", "-c", "films")
      expectSame(
        try favs("show", "Dune"),
        Outcome(
          4,
          error: "favs: 'Dune' is ambiguous: 2 favourites match\n"
            + "hint: use its id: 1 (Dune, in books); 2 (Dune, in films)\n"))
      expectSame(
        try favs("show", "99", "--json"),
        Outcome(
          3,
          error:
            #"{"error":{"code":"not_found","message":"no favourite has id 99","hint":"favs list shows them; favs search QUERY finds them","exit":3}}"#
            + "\n"))
    }
  }
}
