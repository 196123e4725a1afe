import Favourites
import Testing

@testable import Exchange

@Suite struct TableTests {
  @Test func `Pocket's columns are read, with the cursor of later exports and without`() throws {
    let old = """
      title,url,time_added,tags,status
      Swift.org,https://swift.org/,1580644800,swift|programming languages,unread
      https://example.org/a,https://example.org/a,1580644801,,archive
      "Comma, ""quote"" it",https://example.org/?q=1,0,,unread

      """
    let wanted = [
      Bookmark(
        "Swift.org", "https://swift.org/", tags: ["swift", "programming languages"],
        created: "2020-02-02T12:00:00Z"),
      Bookmark(
        nil, "https://example.org/a", created: "2020-02-02T12:00:01Z",
        metadata: ["archived": .text("yes")]),
      Bookmark("Comma, \"quote\" it", "https://example.org/?q=1"),
    ]
    let found = try ForeignText(old)
    #expect(found.format == "pocket")
    #expect(found.bookmarks.prefix(2) == wanted.prefix(2))
    #expect(found.lines == [2, 3, 4])
    let new = try ForeignText(
      """
      title,url,time_added,cursor,tags,status
      Swift.org,https://swift.org/,1580644800,ABC123,swift|programming languages,unread

      """)
    #expect(new.format == "pocket")
    #expect(new.bookmarks == [wanted[0]])
  }

  @Test func `Raindrop's columns are read: its own folder is none, notes come before excerpts`()
    throws
  {
    let found = try ForeignText(
      "\u{FEFF}id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\r\n"
        + "1,Dune,\"My\r\nnote\",What the page says,https://example.org/dune,Books / Sci-fi,"
        + "\"classic, desert planet\",2023-01-15T10:30:00.500Z,https://example.org/c.jpg,"
        + "\"Highlight:first\r\nNote:mine\",true\r\n"
        + "2,Alien,,An excerpt,https://example.org/alien,Unsorted,,1673778600,,,false\r\n")
    #expect(found.format == "raindrop")
    #expect(
      found.bookmarks == [
        Bookmark(
          "Dune", "https://example.org/dune", note: "My\r\nnote", in: ["Books", "Sci-fi"],
          tags: ["classic", "desert planet"], created: "2023-01-15T10:30:00.500Z",
          metadata: [
            "excerpt": .text("What the page says"), "cover": .text("https://example.org/c.jpg"),
            "highlights": .text("Highlight:first\r\nNote:mine"), "favorite": .text("yes"),
          ]),
        Bookmark(
          "Alien", "https://example.org/alien", note: "An excerpt", created: "2023-01-15T10:30:00Z"),
      ])
    #expect(found.lines == [2, 5])
  }

  @Test func `Instapaper's columns are read, and its special folders are none`() throws {
    let found = try ForeignText(
      """
      URL,Title,Selection,Folder,Timestamp,Tags
      https://example.org/1,One,A quote,Unread,1673778600,"[""a"",""b c""]"
      https://example.org/2,Two,,Archive,1673778601,[]
      https://example.org/3,Three,,Starred,1673778602,
      https://example.org/4,Four,,Recipes/Sweet,1673778603,[]
      ,,Only a quote,Unread,1673778604,[]

      """)
    #expect(found.format == "instapaper")
    #expect(
      found.bookmarks == [
        Bookmark(
          "One", "https://example.org/1", note: "A quote", tags: ["a", "b c"],
          created: "2023-01-15T10:30:00Z"),
        Bookmark(
          "Two", "https://example.org/2", created: "2023-01-15T10:30:01Z",
          metadata: ["archived": .text("yes")]),
        Bookmark(
          "Three", "https://example.org/3", created: "2023-01-15T10:30:02Z",
          metadata: ["starred": .text("yes")]),
        Bookmark(
          "Four", "https://example.org/4", in: ["Recipes/Sweet"], created: "2023-01-15T10:30:03Z"),
        Bookmark("Only a quote", created: "2023-01-15T10:30:04Z"),
      ])
    let older = try ForeignText(
      "URL,Title,Selection,Folder,Timestamp\nhttps://example.org/1,One,,Unread,1673778600\n")
    #expect(older.format == "instapaper")
    #expect(
      older.bookmarks == [
        Bookmark("One", "https://example.org/1", created: "2023-01-15T10:30:00Z")
      ])
  }

  @Test func `Readwise's columns are read, and what feeds brought is left out`() throws {
    let found = try ForeignText(
      """
      Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen
      One,https://example.org/1,01abc,"['a', 'b c', ""it's"" ]",2023-01-15 10:30:00+00:00,0.35,archive,True
      Two,https://example.org/2,01abd,[],2023-01-15 10:30:01.123456+00:00,0,new,False
      Three,https://example.org/3,01abe,,2023-01-15 10:30:02+00:00,0,feed,False

      """)
    #expect(found.format == "readwise")
    #expect(
      found.bookmarks == [
        Bookmark(
          "One", "https://example.org/1", tags: ["a", "b c", "it's"],
          created: "2023-01-15T10:30:00Z",
          metadata: [
            "reading_progress": .number(0.35), "location": .text("archive"), "seen": .text("yes"),
          ]),
        Bookmark(
          "Two", "https://example.org/2", created: "2023-01-15T10:30:01.123Z",
          metadata: ["reading_progress": .number(0), "location": .text("new")]),
      ])
    #expect(found.leftOut == ["what a feed brought"])
  }

  @Test func `Matter's columns are read`() throws {
    let found = try ForeignText(
      """
      Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date,File Id
      One,Ada L.,The Paper,https://example.org/1,a;b c,1200,False,True,True,3,2023-01-15T10:30:00Z,77
      Two,,,https://example.org/2,,0,True,False,False,0,2023-01-15 10:30:01,78

      """)
    #expect(found.format == "matter")
    #expect(
      found.bookmarks == [
        Bookmark(
          "One", "https://example.org/1", tags: ["a", "b c"], created: "2023-01-15T10:30:00Z",
          metadata: [
            "author": .text("Ada L."), "publisher": .text("The Paper"),
            "word_count": .number(1200), "archived": .text("yes"), "favorited": .text("yes"),
            "read": .text("yes"), "highlight_count": .number(3),
          ]),
        Bookmark(
          "Two", "https://example.org/2", created: "2023-01-15T10:30:01Z",
          metadata: ["word_count": .number(0), "highlight_count": .number(0)]),
      ])
  }

  @Test func `mymind's notes and quotes become favourites without a URL`() throws {
    let found = try ForeignText(
      """
      id,type,title,url,content,note,tags,created
      a1,WebPage,One,https://example.org/1,,Mine,"a,b c",2023-01-15T10:30:00Z
      a2,Note,,,"Buy milk
      and bread",,,2023-01-15T10:30:01Z
      a3,Note,,,Just this,,,2023-01-15T10:30:02Z
      a4,Quote,Said,,The words,A remark,,2023-01-15T10:30:03Z

      """)
    #expect(found.format == "mymind")
    #expect(
      found.bookmarks == [
        Bookmark(
          "One", "https://example.org/1", note: "Mine", tags: ["a", "b c"],
          created: "2023-01-15T10:30:00Z", metadata: ["type": .text("WebPage")]),
        Bookmark(
          "Buy milk", note: "Buy milk\nand bread", created: "2023-01-15T10:30:01Z",
          metadata: ["type": .text("Note")]),
        Bookmark(
          "Just this", created: "2023-01-15T10:30:02Z", metadata: ["type": .text("Note")]),
        Bookmark(
          "Said", note: "The words\n\nA remark", created: "2023-01-15T10:30:03Z",
          metadata: ["type": .text("Quote")]),
      ])
  }

  @Test func `columns of any table are known by usual names, all others become metadata`() throws {
    let found = try ForeignText(
      """
      Name;HREF;Extended;Keywords;Path;Date Added;Last-Modified;Last visited;Visits;Word Count;Word count;ISBN;;price
      Dune;https://example.org/dune;Slowly.;a, b c;/Books//Sci-fi/;2023-01-15;2023-01-16T10:30;1673951400000;7;1200;x;0441013593;odd;1.50
      ;https://example.org/2;;;;soon;;;many;;;;;
      ;;;;;;;;;;;;;

      """)
    #expect(found.format == "csv")
    #expect(
      found.bookmarks.first
        == {
          var bookmark = Bookmark(
            "Dune", "https://example.org/dune", note: "Slowly.", in: ["Books", "Sci-fi"],
            tags: ["a", "b c"], created: "2023-01-15T00:00:00Z", modified: "2023-01-16T10:30:00Z",
            opened: "2023-01-17T10:30:00Z",
            metadata: [
              "word_count": .number(1200), "word_count_2": .text("x"),
              "isbn": .text("0441013593"), "column_13": .text("odd"),
              "price": .number(Number("1.50")!),
            ])
          bookmark.opened = 7
          return bookmark
        }())
    #expect(
      found.bookmarks.dropFirst() == [
        Bookmark(
          nil, "https://example.org/2",
          metadata: ["date_added": .text("soon"), "visits": .text("many")])
      ])
  }

  @Test func `of two columns for one field the better is taken, and the other not lost`() throws {
    let found = try ForeignText(
      """
      description\tname\ttitle\tnote\tlink\turl
      D\tN\tT\tM\thttps://example.org/l\thttps://example.org/u
      D\tN\t\t\thttps://example.org/l\t

      """)
    #expect(
      found.bookmarks == [
        Bookmark(
          "T", "https://example.org/u", note: "M",
          metadata: [
            "name": .text("N"), "description": .text("D"), "link": .text("https://example.org/l"),
          ]),
        Bookmark("N", "https://example.org/l", note: "D"),
      ])
  }

  @Test func `a person says what a column stands for`() throws {
    let text = "Film,Title,Seen\nDune,Director's cut,2023-01-15\n"
    let found = try ForeignText(
      text, format: "csv", columns: ["title": "film", "opened_at": "Seen"])
    #expect(
      found.bookmarks == [
        Bookmark(
          "Dune", opened: "2023-01-15T00:00:00Z", metadata: ["title": .text("Director's cut")])
      ])
    #expect(
      throws: ExchangeError.malformed(
        Location(line: 1), "no column is called 'Name'; the names are 'Film', 'Title', 'Seen'")
    ) { _ = try ForeignText(text, format: "csv", columns: ["title": "Name"]) }
    #expect(
      throws: ExchangeError.malformed(
        Location(line: 1),
        "no column for titles or URLs in 'a', 'b'; --map title=COLUMN names one")
    ) { _ = try ForeignText("a,b\n1,2\n", ending: "csv") }
  }

  @Test func `a record with more cells than the header is named and left out`() throws {
    let found = try ForeignText("title,url\nDune, part one,https://example.org\nAlien\n")
    #expect(found.unreadable == ["3 cells where the header has 2: is a quote missing?"])
    #expect(found.bookmarks == [Bookmark("Alien")])
    #expect(found.lines == [2, 3])
  }

  @Test func `text too long for metadata goes to the note`() throws {
    let long = String(repeating: "x", count: 20_000)
    let found = try ForeignText("title,note,highlights\nDune,Mine,\(long)\n")
    #expect(found.bookmarks == [Bookmark("Dune", note: "Mine\n\n" + long)])
  }

  @Test(arguments: ["Dear John, I wrote this title", "a,b\n1,2", "x;y", "", "name"])
  func `what is no table is not taken for one`(text: String) throws {
    #expect(try ForeignText(text).format != "csv")
  }

  @Test(arguments: [
    ("* a;title;url;keywords\n** [[https://x.org][x]]", "org"),
    ("# url,title,tags\n\n- [x](https://x.org)", "markdown"),
    ("- title, url, note: [x](https://x.org)", "markdown"),
    ("#,title,url\n1,x,https://x.org", "csv"), ("#\ttitle\turl\n1\tx\thttps://x.org", "csv"),
  ])
  func `a heading with the names of columns in it is none of a table`(
    text: String, format: String
  ) throws {
    #expect(try ForeignText(text).format == format)
  }

  @Test func `a table cut off anywhere is read as far as it goes, or refused`() throws {
    let bytes = Array(
      "\u{FEFF}title,url,note\r\n\"Dü\"\"ne\",https://example.org,\"a\r\nb\"\r\n".utf8)
    for end in 0...bytes.count {
      do {
        let found = try ForeignText(Array(bytes[..<end]), format: "csv")
        #expect(found.bookmarks.count <= 1)
      } catch let error as ExchangeError {
        guard case .malformed = error else {
          Issue.record("another error at \(end): \(error)")
          return
        }
      }
    }
  }

  @Test func `Latin-1 and NUL are told by their places`() {
    for (byte, what) in [(0xFC as UInt8, "windows-1252"), (0, "windows-1252")] {
      let error = #expect(throws: ExchangeError.self) {
        _ = try ForeignText(Array("title,url\nD".utf8) + [byte, 0x6E, 0x0A], format: "csv")
      }
      guard case .malformed(let place, let reason)? = error else {
        Issue.record("another error: \(String(describing: error))")
        return
      }
      #expect(place == Location(line: 2, column: 2))
      #expect(reason.contains(what))
    }
  }
}
