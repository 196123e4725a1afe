import Favourites
import Testing

@testable import Exchange

/// JSON that has a key of a service, and text that begins like JSON, without being either.
@Suite struct RecognitionTests {
  @Test func `a table with href and description keeps its titles, tags and dates`() throws {
    let found = try ForeignText(
      #"[{"href":"https://q.example/1","title":"My title","description":"Long text","tags":["a","b"],"created_at":"2020-01-02T03:04:05Z","rating":5}]"#
    )
    #expect(
      found.bookmarks == [
        Bookmark(
          "My title", "https://q.example/1", note: "Long text", tags: ["a", "b"],
          created: "2020-01-02T03:04:05Z", metadata: ["rating": .number(5)])
      ])
    let readeck = try ForeignText(
      #"[{"href":"https://r.example/api/1","url":"https://a.example/","title":"A","description":"d","labels":["x"]}]"#
    )
    #expect(readeck.bookmarks.map(\.url) == ["https://a.example/"])
    #expect(readeck.bookmarks.map(\.tags) == [["x"]])
  }

  @Test func `a list called bookmarks or items keeps its links and dates`() throws {
    let wanted = [Bookmark("A", "https://h.example/1", created: "2020-01-02T00:00:00Z")]
    #expect(
      try ForeignText(
        #"{"bookmarks":[{"title":"A","url":"https://h.example/1","createdAt":"2020-01-02T00:00:00Z"}]}"#
      ).bookmarks == wanted)
    let items = try ForeignText(
      #"{"items":[{"title":"A","url":"https://h.example/1","canonical":"https://h.example/1","date":"2020-01-02"}]}"#
    )
    #expect(items.bookmarks.map(\.url) == ["https://h.example/1"])
    #expect(items.bookmarks.map(\.createdAt) == wanted.map(\.createdAt))
  }

  @Test func `linkding's answers keep their notes, tags and dates`() throws {
    let found = try ForeignText(
      #"[{"url":"https://ld.example/1","title":"T1","description":"desc","notes":"n","is_archived":false,"tag_names":["a","b"],"date_added":"2020-09-26T09:46:23Z"}]"#
    )
    #expect(found.format == "json")
    #expect(found.bookmarks.map(\.tags) == [["a", "b"]])
    #expect(found.bookmarks.map(\.createdAt) == [Timestamp(rfc3339: "2020-09-26T09:46:23Z")])
    #expect(found.bookmarks.first?.metadata["description"] == .text("desc"))
    #expect(found.bookmarks.first?.note == "n")
  }

  @Test func `songs with an index and saved pages keep all that is said of them`() throws {
    let songs = try ForeignText(
      #"[{"uri":"spotify:track:1","index":1,"name":"Song","artist":"A"}]"#)
    #expect(
      songs.bookmarks == [
        Bookmark(
          "Song", "spotify:track:1", metadata: ["index": .number(1), "artist": .text("A")])
      ])
    let pages = try ForeignText(
      #"[{"url":"https://h.example/1","title":"T","savedAt":"2020-01-02T03:04:05Z","note":"my note","tags":["a"]}]"#
    )
    #expect(
      pages.bookmarks == [
        Bookmark(
          "T", "https://h.example/1", note: "my note", tags: ["a"],
          created: "2020-01-02T03:04:05Z")
      ])
  }

  @Test func `boards with lists and cards beside each other, and tabs in collections, are read`()
    throws
  {
    let board = try ForeignText(
      #"{"name":"Board","lists":[{"id":"l1","name":"Read"}],"cards":[{"id":"c1","name":"Card","url":"https://trello.com/c/1"}]}"#
    )
    #expect(board.bookmarks.contains { $0.url == "https://trello.com/c/1" && $0.title == "Card" })
    let tabs = try ForeignText(
      #"{"collections":[{"title":"Reading","tabs":[{"title":"A","url":"https://h.example/1"}]}]}"#)
    #expect(tabs.bookmarks == [Bookmark("A", "https://h.example/1", in: ["Reading"])])
    let features = try ForeignText(
      #"{"features":[{"title":"A","url":"https://h.example/1"}]}"#)
    #expect(features.bookmarks == [Bookmark("A", "https://h.example/1")])
  }

  @Test func `what a service has that favs does not know is kept as metadata`() throws {
    let found = try ForeignText(
      #"[{"href":"https://a.example/","description":"A","extended":"","time":"2020-01-02T03:04:05Z","shared":"yes","toread":"no","tags":"x","hash":"1","others":7}]"#
    )
    #expect(found.format == "pinboard")
    #expect(
      found.bookmarks == [
        Bookmark(
          "A", "https://a.example/", tags: ["x"], created: "2020-01-02T03:04:05Z",
          metadata: ["others": .number(7)])
      ])
    let parts = try ForeignText(
      #"{"version":3,"lists":[{"title":"Work","cards":[{"title":"T","url":"https://t.example/"}]}],"groups":[{"title":"G"}]}"#
    )
    #expect(parts.passedOver == ["'groups'"])
  }

  // MARK: - favs' own

  @Test(arguments: [
    #"[{"title":"A","link":"https://a.example/1","rank":1}]"#,
    #"[{"title":"A","url":"https://a.example/1","metadata":"text"}]"#,
    #"[{"title":"A","url":"https://a.example/1","uid":"xyz"}]"#,
    #"[{"title":"A","url":"https://a.example/1","rank":1,"created_at":1577934245}]"#,
    #"[{"rank":1,"title":"A","url":"https://a.example/1","score":345}]"#,
    #"[{"title":"A","url":"https://a.example/1","metadata":{"by":["B"]},"points":3}]"#,
    #"[{"title":"A","url":"https://a.example/1","metadata":{"by":"B"},"description":"d"}]"#,
  ])
  func `objects with a key of favs that means something else are a table`(text: String) throws {
    let found = try ForeignText(text)
    #expect(found.format == "json")
    #expect(found.bookmarks.map(\.url) == ["https://a.example/1"])
    #expect(found.unreadable == [])
  }

  private static let own =
    #""uid":"0192f0c1-0000-7000-8000-000000000000","title":"A","rank":2,"tags":["x"],"metadata":{"year":1965}"#

  @Test func `favs' own JSON with a key more is its own, and the key is metadata`() throws {
    let found = try ForeignText(
      "[{\(Self.own),\"rating\":4.5,\"year\":2,\"by\":{\"name\":\"B\"},\"lent\":true}]")
    #expect(found.format == "favs")
    let draft = try #require(found.drafts.first)
    #expect(draft.uid == UID(text: "0192f0c1-0000-7000-8000-000000000000"))
    #expect(draft.rank == 2)
    #expect(
      draft.values.entries.map { "\($0.key)=\($0.value.text)" }.sorted() == [
        "by.name=B", "lent=yes", "rating=4.5", "year=1965", "year_2=2",
      ])
  }

  @Test func `a page in an envelope is favs' own, however long`() throws {
    for count in [1, 2_000] {
      let rows = Array(repeating: "{\(Self.own)}", count: count).joined(separator: ",")
      let found = try ForeignText(
        #"{"favourites":[\#(rows)],"total":1,"page":1,"pages":1,"per_page":20,"next":null}"#)
      #expect(found.format == "favs")
      #expect(found.drafts.count == count)
      #expect(found.drafts.first?.uid != nil)
      #expect(found.passedOver == [])
    }
  }

  // MARK: - Text that begins like JSON

  @Test(arguments: [
    ("[Foo](https://foo.example/)\n", "md", "markdown"),
    ("[Foo](https://foo.example/)\n", "", "markdown"),
    ("[![Awesome](https://badge.example/x.svg)](https://foo.example/)\n", "", "markdown"),
    ("[TOC]\n\n- [Foo](https://foo.example/)\n", "", "markdown"),
    ("[1] [Foo](https://foo.example/)\n", "md", "markdown"),
    ("{{ toc }}\n\n- [Foo](https://foo.example/)\n", "md", "markdown"),
    ("[[https://foo.example/][Foo]]\n", "org", "org"),
    ("[2020] https://foo.example/\n", "txt", "urls"),
    ("[Title],[URL]\nFoo,https://foo.example/\n", "", "csv"),
  ])
  func `a file that begins with a bracket is what it is by the rest`(
    text: String, ending: String, format: String
  ) throws {
    let found = try ForeignText(text, ending: ending)
    #expect(found.format == format)
    #expect(found.bookmarks.map(\.url).contains("https://foo.example/"))
  }

  @Test func `broken JSON is still JSON, and its place is told`() throws {
    for (text, ending) in [
      (#"[{"title":"A",}]"#, ""), (#"[{title:"A"}]"#, ""), ("[", ""), (#"{"title"#, ""),
      ("[1] x", "json"),
    ] {
      #expect(Sniff(Array(text.utf8), path: "x." + ending).json != nil)
    }
  }
}
