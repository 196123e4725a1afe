import TestSupport
import Testing

@testable import Favourites

struct EditingTests {
  /// Seven favourites a to g, ids 1 to 7, in `x`, and p to r, ids 8 to 10, in `y`.
  private func filled(_ path: String) throws -> Store {
    var store = try Store.writing(path)
    for title in ["a", "b", "c", "d", "e", "f", "g"] { try store.adding(draft(title, in: "x")) }
    for title in ["p", "q", "r"] { try store.adding(draft(title, in: "y")) }
    return store
  }

  private static let moves:
    [(ids: [Int64], place: Patch.Destination, to: String?, x: String, y: String)] =
      [
        ([1], .last, nil, "bcdefga", "pqr"),
        ([7], .rank(1), nil, "gabcdef", "pqr"),
        ([3], .rank(99), nil, "abdefgc", "pqr"),
        ([4, 2], .rank(1), nil, "dbacefg", "pqr"),
        ([1, 2, 3], .rank(2), nil, "dabcefg", "pqr"),
        ([7, 1], .last, nil, "bcdefga", "pqr"),
        ([1, 6], .before(4), nil, "bcafdeg", "pqr"),
        ([6, 1], .after(4), nil, "bcdfaeg", "pqr"),
        ([2, 4], .after(3), nil, "acbdefg", "pqr"),
        ([9, 3], .before(1), nil, "qcabdefg", "pr"),
        ([1, 8], .after(10), nil, "bcdefg", "qrap"),
        ([2, 3], .rank(2), "y", "adefg", "pbcqr"),
        ([3, 9, 2], .rank(1), "y", "adefg", "cqbpr"),
        ([5], .last, "y", "abcdfg", "pqre"),
        ([1, 8], .rank(2), nil, "bacdefg", "qpr"),
        ([10, 7], .last, nil, "abcdefg", "pqr"),
      ]

  @Test(arguments: Self.moves.indices)
  func `several favourites go to a place in the order they were named`(index: Int) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      let move = Self.moves[index]
      let before = try Dump(path)
      var patch = Patch()
      patch.placing = move.place
      patch.category = try move.to.map(CategoryPath.parse)
      let outcome = try store.change(ChangeRequest(command: "move")) { store throws(StoreError) in
        try store.edit(move.ids, patch)
      }
      #expect(try titles(path, in: "x").joined() == move.x, "\(move)")
      #expect(try titles(path, in: "y").joined() == move.y, "\(move)")
      try checkStoreLaws(path)
      if outcome.change != nil { try store.undoing() }
      #expect(try Dump(path) == before)
    }
  }

  @Test func `a move to where it is already is no change`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      for (ids, place) in [([3], Patch.Destination.rank(3)), ([7], .last), ([1, 2], .before(3))] {
        var patch = Patch()
        patch.placing = place
        let outcome = try store.change(ChangeRequest(command: "move")) { store throws(StoreError) in
          try store.edit(ids.map(Int64.init), patch)
        }
        #expect(outcome.change == nil)
        #expect(outcome.result == [])
      }
    }
  }

  @Test func `nothing can stand beside itself`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      let before = try Dump(path)
      var patch = Patch()
      patch.placing = .before(2)
      #expect(throws: StoreError.self) {
        try store.changing { store throws(StoreError) in try store.edit([1, 2], patch) }
      }
      #expect(try Dump(path) == before)
    }
  }

  @Test func `two favourites change places, also across categories`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      try store.changing { store throws(StoreError) in try store.swap(1, 7) }
      #expect(try titles(path, in: "x").joined() == "gbcdefa")
      try store.changing { store throws(StoreError) in try store.swap(9, 2) }
      #expect(try titles(path, in: "x").joined() == "gqcdefa")
      #expect(try titles(path, in: "y").joined() == "pbr")
      try checkStoreLaws(path)
      let outcome = try store.change(ChangeRequest(command: "swap")) { store throws(StoreError) in
        try store.swap(4, 4)
      }
      #expect(outcome.change == nil)
      try store.undoing()
      try store.undoing()
      #expect(try titles(path, in: "x").joined() == "abcdefg")
    }
  }

  @Test func `every field can be set and taken away`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(
        draft("a", url: "https://x/", note: "n", tags: ["One", "two"], set: ["k=1", "l=2"]))
      var patch = Patch()
      patch.title = " b "
      patch.url = ""
      patch.note = ""
      patch.addedTags = [try TagName.parse("three"), try TagName.parse("ONE")]
      patch.removedTags = [try TagName.parse("TWO")]
      patch.unset = ["k", "never"]
      patch.assignments = [try MetadataAssignment.parse("l=3")]
      let full = patch
      try store.changing { store throws(StoreError) in try store.edit([1], full) }
      let found = try #require(try listed(path).first)
      #expect(found.title == "b")
      #expect(found.url == nil)
      #expect(found.note == nil)
      #expect(found.tags == ["One", "three"])
      #expect(found.metadataJSON == #"{"l":3}"#)
      #expect(found.modifiedAt >= found.createdAt)
      var clear = Patch()
      clear.clearsTags = true
      clear.clearsMetadata = true
      let clearing = clear
      try store.changing { store throws(StoreError) in try store.edit([1], clearing) }
      #expect(try listed(path).map(\.tagsJSON) == ["[]"])
      #expect(try listed(path).map(\.metadataJSON) == ["{}"])
      #expect(try Store.reading(path).tags() == [])
      try checkStoreLaws(path)
    }
  }

  @Test func `a link that the category has is refused, alone or among several`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", url: "https://x/", in: "x"))
      try store.adding(draft("b", in: "x"))
      try store.adding(draft("c", url: "https://x", in: "y"))
      try store.adding(draft("d", in: "x"))
      let before = try Dump(path)
      func attempt(_ ids: [Int64], _ patch: Patch, _ store: inout Store) -> Bool {
        do throws(StoreError) {
          _ = try store.change(ChangeRequest(command: "edit", isRehearsal: true)) {
            store throws(StoreError) in try store.edit(ids, patch)
          }
          return false
        } catch { return true }
      }
      var link = Patch()
      link.url = "HTTPS://X:443"
      var other = Patch()
      other.url = "https://other/"
      var move = Patch()
      move.category = try CategoryPath.parse("x")
      var third = Patch()
      third.category = try CategoryPath.parse("z")
      var beside = Patch()
      beside.placing = .after(2)
      #expect(attempt([2], link, &store))
      #expect(attempt([3], move, &store))
      #expect(attempt([1], link, &store) == false)
      let hidden = [
        attempt([2, 4], other, &store), attempt([1, 3], third, &store),
        attempt([3], beside, &store),
      ]
      #expect(hidden == [true, true, true])
      #expect(try Dump(path) == before)
    }
  }

  @Test func `one that is named twice is meant once`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      var patch = Patch()
      patch.note = "n"
      let note = patch
      func outcome(
        _ store: inout Store, _ body: (inout Store) throws(StoreError) -> [Int64]
      ) -> [Int64]? {
        do throws(StoreError) { return try store.changing("twice", body) } catch { return nil }
      }
      let edited = outcome(&store) { store throws(StoreError) in try store.edit([1, 1], note) }
      let removed = outcome(&store) { store throws(StoreError) in try store.remove([2, 2]) }
      #expect(edited == [1])
      #expect(removed == [2])
    }
  }

  @Test func `a patch that asks for anything at all is not empty`() throws {
    #expect(Patch().isEmpty)
    let asks: [(inout Patch) throws -> Void] = [
      { $0.title = "" }, { $0.url = "" }, { $0.note = "" }, { $0.clearsTags = true },
      { $0.addedTags = [try TagName.parse("a")] }, { $0.removedTags = [try TagName.parse("a")] },
      { $0.clearsMetadata = true }, { $0.assignments = [try MetadataAssignment.parse("a=1")] },
      { $0.values = Metadata([Metadata.Entry("a", .number(1))]) }, { $0.unset = ["a"] },
      { $0.category = .inbox }, { $0.placing = .last },
    ]
    for (index, ask) in asks.enumerated() {
      var patch = Patch()
      try ask(&patch)
      #expect(!patch.isEmpty, "\(index)")
    }
  }
}
