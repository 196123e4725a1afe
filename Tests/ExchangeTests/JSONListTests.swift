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
      {"first":{"url":"https://a.org","title":"A"},"second":{"url":"https://b.org","title":""}}
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
    // An empty list of something else makes no folder.
    let book = try ForeignText(#"[{"title":"Dune","links":[]}]"#)
    #expect(book.bookmarks.map(\.title) == ["Dune"])
  }
}
