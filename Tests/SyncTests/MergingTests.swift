import Favourites
import Sync
import Testing

@Suite struct MergingTests {
  @Test func `what one machine adds, the other has`() throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    try a.add("Dune", url: "https://example.org/dune", in: "books/sci-fi", tags: ["classic"])
    #expect(try a.sync(remote).refusal == nil)
    #expect(try b.sync(remote).tally.added == 1)
    #expect(try a.canonical() == b.canonical())
    #expect(try b.sync(remote).puts.isEmpty)
    #expect(try a.sync(remote).puts.isEmpty)
  }

  @Test func `of two edits of one field the later stands, and one of the machines tells of it`()
    throws
  {
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

  @Test func `a sync whose corrections do not end is refused, and nothing of it is kept`() throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    try a.add("Dune", in: "books")
    try a.sync(remote)
    try b.sync(remote)
    try b.add("Foundation", in: "books")
    let books = try CategoryPath.parse("books")
    try a.change { (store) throws(StoreError) in
      _ = try store.removeCategory(books)
    }
    try a.sync(remote)
    // It tells of the category once more, as of one that was corrected again and again.
    let row = try #require(try a.store.syncCategories().first { $0.row.name == "books" }?.row)
    var marks = try a.store.syncMarks(.category, row.id)
    let place = try #require(marks.registers.firstIndex { $0.field == "state" })
    let mark = marks.registers[place]
    marks.registers[place] = SyncMark(
      field: mark.field, ms: mark.ms, device: mark.device, correction: Stamp.mostCorrections,
      target: "", isUnsent: true)
    try a.store.syncing { (store) throws(StoreError) in
      try store.save(marks, of: .category, row.id)
      return ((), true)
    }
    try a.sync(remote)
    let before = try b.canonical()
    #expect(try b.sync(remote).refusal == .endless)
    #expect(try b.canonical() == before)
  }

  /// What is there and cannot be read is not taken for what is not there.
  @Test func `nothing is merged of a remote that cannot be read`() throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    try a.add("Dune")
    try a.sync(remote)
    try b.sync(remote)
    try a.add("Emma")
    try a.sync(remote)
    let before = (try b.canonical(), try b.store.syncState())
    remote.hasFailed = true
    #expect(try b.sync(remote).refusal == .unread)
    #expect(try b.canonical() == before.0)
    #expect(try b.store.syncState() == before.1)
    remote.hasFailed = false
    #expect(try b.sync(remote).tally.added == 1)
    #expect(try a.canonical() == b.canonical())
  }

  /// Also where another of that name was made after the merge.
  @Test(arguments: [false, true])
  func `a category in the trash stays in the one that it stood in, which was merged since`(
    isMadeAgain: Bool
  ) throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    try a.add("Dune", in: "books/new")
    try a.sync(remote)
    try b.sync(remote)
    let (books, new) = (try CategoryPath.parse("books"), try CategoryPath.parse("books/new"))
    let films = try CategoryPath.parse("films")
    try a.change { (store) throws(StoreError) in _ = try store.removeCategory(new) }
    try a.sync(remote)
    try a.add("Alien", in: "films")
    try a.change { (store) throws(StoreError) in try store.mergeCategory(books, into: films) }
    if isMadeAgain { try a.add("Foundation", in: "books") }
    #expect(try a.sync(remote).refusal == nil)
    #expect(try b.sync(remote).refusal == nil)
    #expect(try a.canonical() == b.canonical())
  }

  /// A sync that was killed behind its push has sent what it sent: it is not taken for what nobody
  /// knows.
  @Test func `what arrived before a kill is known`() throws {
    let remote = MemoryRemote()
    let (a, b) = (try Home("a"), try Home("b"))
    try a.add("Dune", in: "books")
    remote.take(try a.sync(remote, publishes: false))
    try b.sync(remote)
    let books = try CategoryPath.parse("books")
    try b.change { (store) throws(StoreError) in
      try store.editCategory(books, note: "To read.", fields: [], removed: [])
    }
    try b.sync(remote)
    #expect(try a.sync(remote).sent == 0)
    #expect(try a.canonical() == b.canonical())
  }

  /// Segments that are full by their bytes, and have few lines, are not taken for small ones. What
  /// is not held in memory is sent from where it is kept.
  @Test(arguments: [(false, 300), (true, 1_000)])
  func `notes that fill several segments all arrive`(isKept: Bool, count: Int) throws {
    let remote = MemoryRemote()
    let spool = isKept ? MemorySpool() : nil
    remote.spool = spool
    let (a, b) = (try Home("a"), try Home("b", portion: 100))
    let note = String(repeating: "All of it. ", count: 1_000)
    try a.change { (store) throws(StoreError) in
      for number in 1...count {
        var draft = Draft()
        draft.title = "Book \(number)"
        draft.note = note
        _ = try store.add(draft, duplicates: .allow)
      }
    }
    #expect(try a.sync(remote).sent == count + 1)
    #expect(spool?.bytes.isEmpty != true)
    let manifest = try #require(try remote.view.manifests.values.first)
    #expect(manifest.parts.reduce(0) { $0 + $1.lines } == count + 1)
    #expect(manifest.parts.allSatisfy { $0.bytes <= Int64(Segment.mostBytes) })
    #expect(try b.sync(remote).tally.added == count)
    #expect(try a.canonical() == b.canonical())
  }

  /// At a first sync that brings much, lines are only glanced at until their turn comes.
  @Test func `a device is set aside whose files turn out to be damaged while they are merged`()
    throws
  {
    let remote = MemoryRemote()
    let a = try Home("a")
    for number in 1...20 {
      try a.add("Book \(number)", in: "books")
      if number == 10 { try a.sync(remote) }
    }
    try a.sync(remote)
    let me = try #require(try a.store.syncState()?.me)
    try remote.damage(me) { $0.replacing("\"title\":\"Book 20\"", with: "\"title\":\" \"") }
    let b = try Home("b", portion: 5)
    let outcome = try b.sync(remote)
    #expect(outcome.refusal == nil)
    #expect(outcome.tally.notes == ["the files of 'a' are damaged: its changes are left out"])
    #expect(outcome.tally.waiting == ["a"] && outcome.tally.added == 0)
    #expect(try b.canonical().isEmpty)
  }

  @Test func `what joins in portions stands as it stood, beside what was here`() throws {
    let remote = MemoryRemote()
    let a = try Home("a")
    for number in 1...30 {
      try a.add(
        "Book \(number)", url: "https://example.org/\(number)",
        in: number % 3 == 0 ? "books" : "inbox", tags: ["t\(number % 4)"])
    }
    var patch = Patch()
    patch.placing = .rank(2)
    try a.change { (store) throws(StoreError) in try store.edit([20], patch) }
    try a.change { (store) throws(StoreError) in try store.remove([7]) }
    try a.sync(remote)
    let b = try Home("b", portion: 4)
    try b.add("Mine", url: "https://example.org/11", in: "inbox", tags: ["mine"])
    try b.add("Other", in: "books")
    let outcome = try b.sync(remote)
    #expect(outcome.refusal == nil && outcome.isJoining)
    try a.sync(remote)
    #expect(try a.canonical() == b.canonical())
    #expect(try a.canonical().count { $0.contains("example.org/11 ") } == 1)
    for inspection in try b.store.inspect() where inspection.problem != nil {
      Issue.record("\(inspection.check) \(inspection.problem ?? "")")
    }
  }
}
