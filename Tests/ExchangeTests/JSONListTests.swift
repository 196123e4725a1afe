import Favourites
import Testing

@testable import Exchange

/// Where the favourites are in a file that is one JSON object.
@Suite struct JSONListTests {
  @Test func `an object with data of its own is a favourite, whatever lists belong to it`() throws {
    let film = try ForeignText(
      #"{"id":593,"title":"Solaris","vote":7.8,"cast":[{"id":1,"name":"Banionis"}]}"#)
    #expect(film.bookmarks.map(\.title) == ["Solaris"])
    #expect(film.bookmarks.first?.metadata["vote"] == .number(7.8))
    let book = try ForeignText(
      #"{"title":"Dune","authors":[{"name":"Herbert"}],"isbn":"0441172717","notes":"Slowly"}"#)
    #expect(book.bookmarks.map(\.title) == ["Dune"])
    #expect(book.bookmarks.first?.note == "Slowly")
  }

  @Test func `the contents of a board or of a page of an answer are favourites, whatever its link`()
    throws
  {
    let board = try ForeignText(
      """
      {"name":"Board","url":"https://t.org/b","cards":[{"name":"A","url":"https://t.org/1"}]}
      """)
    #expect(board.bookmarks == [Bookmark("A", "https://t.org/1", in: ["Board"])])
    let answer = try ForeignText(
      #"{"href":"https://api.org/me?page=1","items":[{"title":"A","url":"https://a.org"}]}"#)
    #expect(answer.bookmarks == [Bookmark("A", "https://a.org")])
    let release = try ForeignText(
      #"{"html_url":"https://r.org","name":"v1","assets":[{"name":"x","url":"https://r.org/x"}]}"#)
    #expect(release.bookmarks.map(\.url) == ["https://r.org"])
  }

  @Test func `what a thing has beside its list of links is told`() throws {
    let note = try ForeignText(
      #"{"title":"Mine","tags":["x"],"rating":5,"links":[{"title":"E","url":"https://e.org"}]}"#)
    #expect(note.bookmarks == [Bookmark("E", "https://e.org", in: ["Mine"])])
    #expect(note.passedOver == ["'tags'", "'rating'"])
    let tags = try ForeignText(
      """
      {"bookmarks":[{"title":"y","url":"https://y.org"}],
       "tags":[{"name":"Dev","bookmarks":[{"title":"x","url":"https://x.org"}]}]}
      """)
    #expect(tags.bookmarks.map(\.url) == ["https://y.org", "https://x.org"])
  }

  @Test func `labels are no list of favourites`() throws {
    let found = try ForeignText(
      #"{"title":"Shopping","textContent":"Buy it","labels":[{"name":"home"}]}"#)
    #expect(found.bookmarks == [Bookmark("Shopping", note: "Buy it", tags: ["home"])])
  }

  @Test func `what is around lists may have a name, a note and what programs say of themselves`()
    throws
  {
    let found = try ForeignText(
      """
      {"title":"Mine","description":"All I read","generator":"shelf","version":2,"settings":{"a":"bcdef"},
       "books":[{"title":"Dune","author":"Herbert"},{"title":"Ubik"}]}
      """)
    #expect(found.bookmarks.map(\.title) == ["Dune", "Ubik"])
    #expect(found.bookmarks.allSatisfy { $0.folders == ["Mine"] })
    #expect(found.folders.map(\.note) == ["All I read"])
    #expect(found.passedOver == ["'settings'"])
  }

  @Test(
    arguments: [
      #"{"status":1,"list":{"7":{"url":"https://a.org","title":"A"},"8":{"url":"https://b.org"}}}"#,
      #"{"a1":{"url":"https://a.org","title":"A"},"b2":{"url":"https://b.org"}}"#,
      #"{"links":{"-Nx1":{"url":"https://a.org","title":"A"},"-Nx2":{"url":"https://b.org"}}}"#,
      """
      {"first":{"url":"https://a.org","title":"A"},"second":{"url":"https://b.org"}}
      """,
      """
      {"$schema":"x","links":{"gh":{"url":"https://a.org","title":"A"},"hn":{"url":"https://b.org"}}}
      """,
    ])
  func `objects under their ids are a list`(text: String) throws {
    let found = try ForeignText(text)
    #expect(found.bookmarks == [Bookmark("A", "https://a.org"), Bookmark(nil, "https://b.org")])
  }

  @Test func `objects under names of fields are one favourite`() throws {
    let found = try ForeignText(
      """
      {"book":{"title":"A","url":"https://a.org","isbn":"1-2"},
       "author":{"name":"B","url":"https://b.org"}}
      """)
    #expect(found.bookmarks.map(\.title) == ["A"])
  }

  @Test func `tags may stand under their names`() throws {
    let found = try ForeignText(
      """
      {"list":{"7":{"given_url":"https://a.org","given_title":"","resolved_title":"A",
        "tags":{"swift":{"item_id":"7","tag":"swift"},"x":{"item_id":"7"}}},
       "8":{"given_url":"https://b.org","given_title":"B"}}}
      """)
    #expect(
      found.bookmarks == [
        Bookmark("A", "https://a.org", tags: ["swift", "x"], metadata: [:]),
        Bookmark("B", "https://b.org"),
      ])
  }

  @Test func `a folder with nothing in it is no favourite`() throws {
    let found = try ForeignText(
      """
      [{"id":"0","title":"","children":[
        {"id":"1","title":"Bar","children":[{"title":"A","url":"https://a.org"}]},
        {"id":"2","title":"Other","children":[]}]},
       {"name":"L","links":[{"name":"M","links":[]},{"name":"N","url":"https://n.org"}]}]
      """)
    #expect(
      found.bookmarks == [
        Bookmark("A", "https://a.org", in: ["Bar"]),
        Bookmark("N", "https://n.org", in: ["L"]),
      ])
    #expect(found.folders.map(\.path) == [["Other"], ["L", "M"]])
    let tasks = try ForeignText(
      #"[{"title":"A","note":"mine","children":[]},{"title":"B","done":false,"children":[]}]"#)
    #expect(tasks.folders == [Folder(["A"], note: "mine")])
    #expect(tasks.bookmarks.map(\.title) == ["B"])
    let windows = try ForeignText(
      """
      {"folders":[{"title":"W","links":[{"url":"https://a.org"}]},{"title":"E","links":[]}]}
      """)
    #expect(windows.bookmarks.count == 1)
    // An empty list of something else makes no folder.
    let book = try ForeignText(#"[{"title":"Dune","links":[]}]"#)
    #expect(book.bookmarks.map(\.title) == ["Dune"])
  }
}
