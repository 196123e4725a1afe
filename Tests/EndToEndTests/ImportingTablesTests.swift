import Foundation
import TestSupport
import Testing

@Suite struct ImportingTablesTests {
  private func write(_ text: String, to name: String, _ favs: Favs) -> String {
    let path = favs.folder + "/" + name
    #expect(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
    return path
  }

  @Test func `a table is taken over with the columns that a person names`() throws {
    try withFavs { favs in
      let path = write(
        "Film;Seen;Rating\nDune;2024-01-31;8.5\n\"Alien; or not\";;9\n", to: "films.csv", favs)
      let outcome = try favs(
        "import", path, "--map", "title=Film", "--map", "opened_at=seen", "--into", "films")
      expectSame(
        outcome,
        Outcome(
          0, "add\t1\tDune\nadd\t2\tAlien; or not\n", error: "2 read: 2 added\n"))
      let first = try favs("show", "1", "--json").objects.first
      #expect(first?["category"] as? String == "films")
      #expect(first?["opened_at"] as? String == "2024-01-31T00:00:00.000Z")
      #expect((first?["metadata"] as? [String: Any])?["rating"] as? Double == 8.5)
    }
  }

  @Test func `a table is read from its heading on, and what is no date is said`() throws {
    try withFavs { favs in
      let path = write(
        "My list\n\nTitel,URL der Seite,Erstellt\nEins,https://a.example/1,13/07/2019\n"
          + "Zwei,https://a.example/2,08/07/2019\nDrei,https://a.example/3,bald\n",
        to: "list.csv", favs)
      let outcome = try favs("import", path)
      #expect(outcome.code == 0)
      #expect(outcome.output == "add\t1\tEins\nadd\t2\tZwei\nadd\t3\tDrei\n")
      #expect(
        outcome.error.hasPrefix(
          """
          \(path): line 3: the table's header; lines above it are skipped
          \(path): column 'Erstellt': read with the day first, as in '13/07/2019'
          \(path): column 'Erstellt': 1 of 3 cells are not read as a date, such as 'bald', and kept as metadata

          """))
      #expect(
        try favs("show", "2", "--json").objects.first?["created_at"] as? String
          == "2019-07-08T00:00:00.000Z")
    }
  }

  @Test func `--header says where a heading is, and is for tables`() throws {
    try withFavs { favs in
      let path = write("a \"remark\nFilm,Wo\nDune,https://a.example/\n", to: "list.txt", favs)
      let outcome = try favs(
        "import", path, "--header", "2", "--map", "title=Film", "--map", "url=Wo")
      #expect(outcome.output == "add\t1\tDune\n")
      let late = try favs("import", path, "--header", "20")
      #expect(late.code == 8)
      #expect(late.error == "favs: \(path): there is no line 20 that can be a header\n")
      expectSame(
        try favs("import", path, "--header", "2", "--format", "urls"),
        Outcome(
          2,
          error: """
            favs: --header works with tables, and this is urls
            hint: --format csv reads it as a table

            """))
    }
  }

  @Test func `2,540 films stay 2,540, and what is skipped is counted by reason`() throws {
    try withFavs { favs in
      var text = "Title,Year\n"
      for number in 0..<2_540 { text += "Film \(number / 2),\(1_900 + number % 2)\n" }
      let path = write(text + "Film 0,1900\n", to: "films.csv", favs)
      let first = try favs("import", path)
      #expect(
        first.error == "2,541 read: 2,540 added, 1 skipped as repeated in the file\n")
      #expect(
        try favs("import", path).error == "2,541 read: 2,541 skipped as duplicates\n")
    }
  }

  @Test func `feeds of one site are all kept, each with its address`() throws {
    try withFavs { favs in
      let outlines = (1...3).map {
        "<outline text=\"Show \($0)\" xmlUrl=\"https://r.example/\($0)\" htmlUrl=\"https://r.example/\"/>"
      }
      let path = write(
        "<opml version=\"2.0\"><body>\(outlines.joined())</body></opml>", to: "shows.opml", favs)
      let first = try favs("import", path)
      #expect(first.error == "3 read: 3 added\n")
      #expect(
        try favs("list", "--fields", "title,url").output
          == "Show 1\thttps://r.example/1\nShow 2\thttps://r.example/2\nShow 3\thttps://r.example/3\n"
      )
      #expect(try favs("import", path).error == "3 read: 3 skipped as duplicates\n")
    }
  }

  @Test func `objects of any names are taken over, by --map where they tell no title`() throws {
    try withFavs { favs in
      let path = write(
        "[{\"heading\":\"One\",\"where\":\"https://one.example/\",\"about\":\"text\",\"stars\":4.50}]",
        to: "own.json", favs)
      let refused = try favs("import", path)
      #expect(refused.code == 8)
      #expect(
        refused.error.contains(
          "no key for titles or URLs in 'heading', 'where', 'about', 'stars'; --map title=KEY"))
      let taken = try favs(
        "import", path, "--map", "title=heading", "--map", "url=where", "--map", "note=about")
      #expect(taken.output == "add\t1\tOne\n")
      #expect(try favs("show", "1", "--json").output.contains("4.50"))
    }
  }

  @Test func `objects that have favs' own names for other things are taken over as any are`() throws
  {
    try withFavs { favs in
      let path = write(
        #"[{"title":"One","url":"https://one.example/","tags":"a, b","created_at":1562580672}]"#,
        to: "plain.json", favs)
      #expect(try favs("import", path).output == "add\t1\tOne\n")
      let kept = try favs("list", "--fields", "tags,created_at").output
      #expect(kept == "a,b\t2019-07-08T10:11:12.000Z\n")
    }
  }

  @Test func `a playlist is a folder of its songs`() throws {
    try withFavs { favs in
      let path = write(
        """
        {"playlists":[{"name":"Mine","lastModifiedDate":"2020-01-02","description":null,"items":[
          {"track":{"trackName":"Intro","artistName":"X","trackUri":"spotify:track:1"},"addedDate":"2020-01-01"},
          {"track":{"trackName":"Outro","artistName":"X","trackUri":"spotify:track:2"},"addedDate":"2020-01-02"}]}]}
        """, to: "playlist.json", favs)
      #expect(try favs("import", path).output == "add\t1\tIntro\nadd\t2\tOutro\n")
      let kept = try favs("list", "--fields", "category,url").output
      #expect(kept == "Mine\tspotify:track:1\nMine\tspotify:track:2\n")
    }
  }

  @Test func `a table in another language is taken over whole`() throws {
    try withFavs { favs in
      let path = write(
        "Başlık;Bağlantı;Notlar;Klasör;Eklenme tarihi\nBir;https://a.example/;n;Z;8 Temmuz 2019\n",
        to: "tablo.csv", favs)
      #expect(try favs("import", path).error == "1 read: 1 added\n")
      let kept = try favs("list", "--fields", "title,url,note,category,created_at").output
      #expect(kept == "Bir\thttps://a.example/\tn\tZ\t2019-07-08T00:00:00.000Z\n")
    }
  }

  @Test func `what is wrong with --map is said`() throws {
    try withFavs { favs in
      let path = write("Film,Seen\nDune,\n", to: "films.csv", favs)
      expectSame(
        try favs("import", path, "--map", "film=Film"),
        Outcome(
          2,
          error: """
            favs: --map: unknown field 'film'
            hint: the fields are title, url, note, category, tags, created_at, modified_at, opened_at, opened

            """))
      expectSame(
        try favs("import", path, "--map", "title"),
        Outcome(2, error: "favs: --map: 'title' is not FIELD=COLUMN\n"))
      expectSame(
        try favs("import", path, "--map", "title=Film", "--map", "name=Seen"),
        Outcome(2, error: "favs: --map names two columns for title\n"))
      let absent = try favs("import", path, "--map", "title=Name")
      #expect(absent.code == 8)
      #expect(
        absent.error
          == "favs: \(path): line 1: no column is called 'Name'; the names are 'Film', 'Seen'\n")
      let links = write("https://example.org\n", to: "links.txt", favs)
      expectSame(
        try favs("import", links, "--map", "title=Name"),
        Outcome(
          2,
          error: """
            favs: --map works with tables, and this is urls
            hint: --format csv reads it as a table

            """))
    }
  }

  @Test func `Markdown says what it drops, and is read again`() throws {
    try withFavs { favs in
      try favs(
        "add", "Dune", "-u", "https://example.org/dune", "-c", "books", "-t", "classic", "--note",
        "Slowly.", "--set", "year=1965")
      try favs("add", "Plain *thing*", "-c", "books")
      let outcome = try favs("export", "--format", "markdown")
      expectSame(
        outcome,
        Outcome(
          0,
          """
          # books

          - [Dune](https://example.org/dune) <!-- TAGS: classic -->
            Slowly.
          - Plain \\*thing\\*

          """,
          error: "markdown drops 1 set of metadata, 2 dates\n"))
      let path = favs.folder + "/links.md"
      let written = try favs("export", path)
      #expect(written.error.hasSuffix("2 favourites in \(path)\n"))
      try withFavs { other in
        let taken = try other("import", path)
        #expect(taken.code == 0)
        let copy = try other("export", "--format", "markdown")
        #expect(copy.output == outcome.output)
      }
    }
  }

  @Test func `CSV, TSV and Org of one file are the same file of another`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books/sci-fi", "-t", "a b", "--set", "year=1965")
      try favs("add", "=1+1", "-u", "https://example.org", "--note", "two\nlines ")
      let wanted = try favs("export").output
      for name in ["a.csv", "a.tsv", "a.org"] {
        let path = favs.folder + "/" + name
        let written = try favs("export", path)
        #expect(written.code == 0)
        #expect(written.error == "2 favourites in \(path)\n")
        try withFavs { other in
          let taken = try other("import", path)
          #expect(taken.code == 0)
          let copy = try other("export")
          #expect(copy.output == wanted)
        }
      }
    }
  }
}
