import Favourites
import Sync
import Testing

/// What a sync says that it did, and what is too much for it.
@Suite struct CountingTests {
  @Test func `a favourite of which several fields were changed is counted once`() throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    let id = try a.add("Dune", in: "books")
    try a.sync(remote)
    try b.sync(remote)
    var patch = Patch()
    patch.note = "Read it slowly."
    patch.addedTags = try ["a", "b", "c"].map { try TagName.parse($0) }
    let edit = patch
    try a.change { (store) throws(StoreError) in try store.edit([id], edit) }
    patch.title = "Dune Messiah"
    let other = patch
    try a.change { (store) throws(StoreError) in try store.edit([id], other) }
    try a.sync(remote)
    let tally = try b.sync(remote).tally
    #expect(tally.changed.count == 1)
    #expect(tally.trashed.isEmpty)
    try a.change { (store) throws(StoreError) in
      try store.edit([id], other)
      _ = try store.remove([id])
    }
    try a.sync(remote)
    let last = try b.sync(remote).tally
    #expect(last.trashed.count == 1)
    #expect(last.changed.isEmpty)
  }

  @Test func `empty categories are no favourites, however many go to the trash`() throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    for number in 1...30 { try a.add("Book \(number)", in: "keep") }
    let films = try CategoryPath.parse("films")
    try a.change { (store) throws(StoreError) in
      for number in 1...25 {
        guard let path = try? CategoryPath.parse("films/\(number)") else { continue }
        try store.addCategory(path, note: nil, fields: [])
      }
    }
    try a.sync(remote)
    try b.sync(remote)
    try a.change { (store) throws(StoreError) in _ = try store.removeCategory(films) }
    try a.sync(remote)
    let outcome = try b.sync(remote) { $0.isYes = false }
    #expect(outcome.refusal == nil)
    #expect(outcome.tally.trashed.count == 26)
    #expect(try a.canonical() == b.canonical())
  }

  @Test func `at a first sync what becomes other here is counted`() throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    for (home, title, other) in [(a, "Dune", "Emma"), (b, "DUNE", "Ubik")] {
      try home.add(title, url: "https://example.org/dune")
      try home.add(other)
    }
    try a.sync(remote)
    let tally = try b.sync(remote).tally
    #expect(tally.changed.filter { $0.kind == .favourite }.map(\.id) == [1])
    #expect(tally.added == 1)
  }
}
