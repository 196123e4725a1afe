import TestSupport
import Testing

@testable import Favourites

/// What a word of a command line may be completed to.
struct CompletingTests {
  private func filled() throws -> Store {
    var store = try Store.inMemory(named: "memory")
    try store.adding(draft("Dune", in: "books/sci-fi", tags: ["Classic", "cult"]))
    try store.adding(draft("dune messiah", in: "books/sci-fi", tags: ["classic"]))
    try store.adding(draft("Solaris", in: "Books"))
    for number in 4...13 { try store.adding(draft("film \(number)", in: "films")) }
    return store
  }

  @Test func `categories and tags are found by how they begin, without case`() throws {
    let store = try filled()
    #expect(try store.offeredCategories("BOOKS").map(\.name) == ["books", "books/sci-fi"])
    #expect(try store.offeredCategories("books/").map(\.name) == ["books/sci-fi"])
    #expect(try store.offeredCategories("x") == [])
    #expect(try store.offeredTags("C").map(\.name) == ["Classic", "cult"])
    #expect(try store.offeredTags("").map(\.detail) == ["2", "1"])
  }

  @Test func `favourites are found by their ids and titles`() throws {
    let store = try filled()
    #expect(try store.offeredFavourites(idBeginning: "1").map(\.id) == [1, 10, 11, 12, 13])
    #expect(try store.offeredFavourites(idBeginning: "01") == [])
    #expect(try store.offeredFavourites(idBeginning: "9999999999999999999") == [])
    #expect(
      try store.offeredFavourites(titleBeginning: "DUNE") == [
        Offer(id: 1, name: "Dune", detail: "books/sci-fi"),
        Offer(id: 2, name: "dune messiah", detail: "books/sci-fi"),
      ])
    #expect(try store.offeredFavourites().map(\.id).prefix(3) == [13, 12, 11])
    let ranks = try store.offeredRanks(in: CategoryPath.parse("books/sci-fi"))
    #expect(ranks.map(\.id) == [1, 2])
    #expect(ranks.map(\.name) == ["Dune", "dune messiah"])
  }

  @Test func `what is offered is bounded`() throws {
    var store = try Store.inMemory(named: "memory")
    for number in 0..<120 { try store.adding(draft("t\(number)")) }
    #expect(try store.offeredFavourites().count == Store.mostOffers)
    #expect(try store.offeredFavourites(titleBeginning: "t").count == Store.mostOffers)
    #expect(try store.offeredFavourites(idBeginning: "").count == Store.mostOffers)
  }

  @Test func `trash and changes are offered, the last first`() throws {
    var store = try filled()
    try store.changing("rm") { store throws(StoreError) in _ = try store.remove([1, 12]) }
    #expect(try store.offeredTrash(idBeginning: "1").map(\.id) == [1, 12])
    #expect(try store.offeredTrash(titleBeginning: "dU").map(\.id) == [1])
    #expect(try store.offeredChanges("").map(\.id).first == 14)
    #expect(try store.offeredChanges("1").map(\.id) == [14, 13, 12, 11, 10, 1])
  }

  @Test func `titles and the latest are looked up, never sorted`() throws {
    let store = try filled()
    for (sql, index) in [
      (
        """
        SELECT id FROM favourite WHERE opened_at IS NOT NULL ORDER BY opened_at DESC, id DESC
        """, "favourite_opened"
      ),
      (
        "SELECT favourite FROM title WHERE key >= 'a' AND key < 'b' ORDER BY key", "PRIMARY KEY"
      ),
    ] {
      let plan = try store.connection.query(parts: "EXPLAIN QUERY PLAN \(sql)")
      var steps: [String] = []
      while try plan.next() { steps.append(plan.text(3)) }
      #expect(steps.count == 1 && steps[0].contains(index), "\(steps)")
    }
  }

  @Test func `a look waits for nobody, and makes nothing`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      #expect(throws: StoreError.self) {
        _ = try Store.glancing(path, mustBeOurs: false, meter: StoreMeter())
      }
      #expect(scratch.names == [])
      var store = try Store.writing(path)
      try store.adding(draft("Dune"))
      let names = scratch.names
      try store.connection.execute("BEGIN EXCLUSIVE")
      let start = ContinuousClock.now
      #expect(throws: StoreError.self) {
        let look = try Store.glancing(path, mustBeOurs: false, meter: StoreMeter())
        _ = try look.offeredFavourites()
      }
      #expect(ContinuousClock.now - start < .seconds(5))
      try store.connection.execute("COMMIT")
      let look = try Store.glancing(path, mustBeOurs: false, meter: StoreMeter())
      #expect(try look.offeredFavourites().map(\.name) == ["Dune"])
      #expect(scratch.names == names)
    }
  }
}
