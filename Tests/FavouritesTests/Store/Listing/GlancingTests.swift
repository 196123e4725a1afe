import Testing

@testable import Favourites

/// What a picker asks: a search whose last word is only begun, a few rows, and an end before the
/// end.
struct GlancingTests {
  private func found(_ text: String, in store: inout Store) throws -> [String] {
    let query = try #require(Query.parse(text, metadataKeys: [], now: Timestamp(milliseconds: 0)))
    var selection = Selection()
    selection.search = try store.prepare(query, .never, begun: query.wordBegun(in: text))
    return try store.glances(selection, Ordering(.relevance), limit: 20, after: nil).rows.map(
      \.title)
  }

  private func withTitles(_ titles: [String], _ body: (inout Store) throws -> Void) throws {
    var store = try Store.inMemory(named: "memory")
    let drafts = try titles.map { try draft($0) }
    try store.changing { store throws(StoreError) in
      for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
    }
    try body(&store)
  }

  @Test func `a word that is begun finds what goes on from it, and the word itself first`() throws {
    try withTitles(["Postgres backups", "Post office", "Postcards", "Dune"]) { (store) throws in
      #expect(
        try Set(found("post", in: &store)) == ["Post office", "Postgres backups", "Postcards"])
      #expect(try found("post", in: &store).first == "Post office")
      #expect(try found("postg", in: &store) == ["Postgres backups"])
      #expect(try found("postgres ba", in: &store) == ["Postgres backups"])
      #expect(try found("ba postgres", in: &store) == [])
      // A space ends it.
      #expect(try found("postg ", in: &store) == [])
    }
  }

  @Test func `several words in one may go on as well`() throws {
    try withTitles(["Zero-downtime deploys", "Zero down payment"]) { (store) throws in
      #expect(
        try Set(found("zero-down", in: &store)) == ["Zero-downtime deploys", "Zero down payment"])
    }
  }

  @Test func `what is no word at the end of the text does not go on`() throws {
    func begun(_ text: String) -> String? {
      Query.parse(text, metadataKeys: [], now: Timestamp(milliseconds: 0))?.wordBegun(in: text)?
        .text
    }
    #expect(begun("dune") == "dune" && begun("left title:han") == "han")
    for text in ["dune ", "\"left hand\"", "du*", "-dune", "#tag", "dune)"] {
      #expect(begun(text) == nil)
    }
  }

  @Test func `hits in a title are told in characters`() throws {
    try withTitles(["Über den Pöstgres"]) { (store) throws in
      let query = try #require(
        Query.parse("postgres", metadataKeys: [], now: Timestamp(milliseconds: 0)))
      var selection = Selection()
      selection.search = try store.prepare(query)
      let rows = try store.glances(selection, Ordering(.relevance), limit: 1, after: nil).rows
      #expect(rows.map(\.hits) == [[9..<17]])
    }
  }

  @Test func `rows go on where they ended`() throws {
    try withTitles((1...9).map { "Item \($0)" }) { (store) throws in
      let used = Ordering(.used, isDescending: true)
      let (rows, next) = try store.glances(Selection(), used, limit: 4, after: nil)
      // What was never opened comes latest first.
      #expect(rows.map(\.title) == ["Item 9", "Item 8", "Item 7", "Item 6"])
      let (more, end) = try store.glances(Selection(), used, limit: 9, after: next)
      #expect(more.count == 5 && end == nil)
    }
  }

  @Test func `a count ends at its bound`() throws {
    try withTitles((1...9).map { "Item \($0)" }) { (store) throws in
      let query = try #require(
        Query.parse("item", metadataKeys: [], now: Timestamp(milliseconds: 0)))
      var selection = Selection()
      selection.search = try store.prepare(query)
      #expect(try store.count(selection, upTo: 5) == 5)
      #expect(try store.count(selection, upTo: 50) == 9)
      selection = Selection()
      selection.filters = [.state(.lacks(.url))]
      #expect(try store.count(selection, upTo: 5) == 5)
      #expect(try store.count(Selection(), upTo: 5) == 9)
    }
  }

  @Test func `an overtaken question ends early, and only that`() throws {
    try withTitles((1...3_000).map { "Item \($0)" }) { (store) throws in
      var selection = Selection()
      selection.filters = [.part("nowhere")]
      store.endEarly { true }
      do {
        _ = try store.count(selection)
        Issue.record("it went on to its end")
      } catch let error as StoreError {
        #expect(error.isOvertaken)
      }
      store.endEarly { false }
      #expect(try store.count(selection) == 0)
    }
  }

  @Test func `the last changes of a favourite are told, the newest first`() throws {
    try withTitles(["Dune"]) { (store) throws in
      for note in ["a", "b", "c"] {
        var patch = Patch()
        patch.note = note
        try store.changing("edit \(note)") { store throws(StoreError) in
          _ = try store.edit([1], patch)
        }
      }
      #expect(try store.lastChanges(of: 1, limit: 2).map(\.command) == ["edit c", "edit b"])
    }
  }
}
