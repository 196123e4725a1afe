import Favourites
import Sync
import Testing

@Suite struct MergingTests {
  /// What one machine adds, the other has.
  @Test func whatIsAddedArrives() throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    try a.add("Dune", url: "https://example.org/dune", in: "books/sci-fi", tags: ["classic"])
    #expect(try a.sync(remote).refusal == nil)
    #expect(try b.sync(remote).tally.added == 1)
    #expect(try a.canonical() == b.canonical())
    #expect(try b.sync(remote).puts.isEmpty)
    #expect(try a.sync(remote).puts.isEmpty)
  }

  /// Two edits of one field: the later stands, and one of the two machines tells of it.
  @Test func aConflictIsTold() throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    let id = try a.add("Dune")
    try a.sync(remote)
    try b.sync(remote)
    var patch = Patch()
    patch.title = "Dune (mine)"
    try a.change { (store) throws(StoreError) in try store.edit([id], patch) }
    patch.title = "Dune (theirs)"
    try b.change { (store) throws(StoreError) in try store.edit([1], patch) }
    try a.sync(remote)
    #expect(try b.sync(remote).conflicts == 1)
    try a.sync(remote)
    #expect(try a.canonical() == b.canonical())
    #expect(try b.store.syncConflicts().map(\.field) == ["title"])
    #expect(try a.store.syncConflicts().isEmpty)
  }
}
