import Foundation
import TestSupport
import Testing

/// HTML and XML through the built program.
@Suite struct MarkupExchangeTests {
  @Test func `a page, XBEL and OPML are exported, imported elsewhere, and exported the same`()
    throws
  {
    try withFavs { favs in
      try favs("add", "Dune <1>", "-c", "books/sci-fi", "-t", "classic", "--set", "year=1965")
      try favs("add", "A\ttab \u{202E} \"quote\"", "--note", " line\nline ", "-c", "books & more")
      try favs("add", "https://example.org/?a=1&b=<2>")
      try favs("add", "Script", "-u", "javascript:alert('x')")
      try favs("category", "add", "empty", "--note", "for later")
      for ending in ["html", "xbel", "opml"] {
        let path = favs.folder + "/all." + ending
        let written = try favs("export", path)
        expectSame(written, Outcome(0, error: "4 favourites in \(path)\n"))
        try withFavs { other in
          let taken = try other("import", path)
          #expect(taken.code == 0)
          #expect(taken.error == "4 read: 4 added\n")
          let lines = try other("export", "--format", "jsonl")
          expectSame(lines, try favs("export", "--format", "jsonl"))
          let again = try other("export", "--format", ending).output
          let first = try String(contentsOfFile: path, encoding: .utf8)
          #expect(again == first)
          #expect(try other("import", path).error == "4 read: 4 skipped as duplicates\n")
        }
      }
    }
  }

  @Test func `a feed says what it drops`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books", "--set", "year=1965")
      let feed = try favs("export", "--format", "atom")
      #expect(feed.error == "atom drops 1 set of metadata\n")
      try withFavs { other in
        let taken = try other("import", "-", input: feed.output)
        #expect(taken.code == 0)
        let listed = try other("list", "--fields", "category,title", "--format", "tsv")
        #expect(listed.output.contains("books\tDune\n"))
      }
    }
  }

  private static let page = """
    <!DOCTYPE NETSCAPE-Bookmark-file-1>
    <TITLE>Bookmarks</TITLE>
    <H1>Bookmarks</H1>
    <DL><p>
        <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Lesezeichenleiste</H3>
        <DL><p>
            <DT><H3>News</H3>
            <DL><p>
                <DT><A HREF="https://a.org/?x&amp;y" ADD_DATE="1659320406" ICON="data:x" TAGS="t">A &amp; B</A>
                <DD>Described
                <DT><A HREF="place:x">Recent</A>
            </DL><p>
        </DL><p>
        <DT><A>nothing</A>
    </DL><p>

    """

  @Test func `a browser's page comes into a category, or its folders become tags`() throws {
    try withFavs { favs in
      let taken = try favs("import", "-", "--into", "web", input: Self.page)
      expectSame(
        taken,
        Outcome(
          1, "add\t1\tA & B\n",
          error: """
            standard input: line 14, column 9: a bookmark without a URL
            skipped: queries of the browser (1)
            3 read: 1 added, 1 skipped as unsupported, 1 not imported

            """))
      let shown = try favs("show", "1", "--json")
      let object = try #require(shown.objects.first ?? shown.json as? [String: Any])
      #expect(object["category"] as? String == "web/toolbar/News")
      #expect(object["note"] as? String == "Described")
      #expect(object["created_at"] as? String == "2022-08-01T02:20:06.000Z")
    }
    try withFavs { favs in
      #expect(try favs("import", "-", "--folders", "tags", input: Self.page).code == 1)
      let shown = try favs("show", "1", "--json")
      let object = try #require(shown.objects.first ?? shown.json as? [String: Any])
      #expect(object["tags"] as? [String] == ["News", "t", "toolbar"])
      #expect(object["category"] as? String == "inbox")
    }
  }

  @Test
  func `of a page that was cut off all is taken that is there, and its end is said to be missing`()
    throws
  {
    try withFavs { favs in
      let cut = String(Self.page.prefix(Self.page.count - 11))
      let outcome = try favs("import", "-", input: cut)
      #expect(outcome.code == 1)
      #expect(outcome.error.contains("the file ends inside a folder: a </DL> is missing"))
      #expect(outcome.output == "add\t1\tA & B\n")
    }
  }
}
