import TestSupport
import Testing

@testable import Favourites

struct DuplicatesTests {
  private func store() throws -> Store { try Store.inMemory(named: "memory") }

  private func groups(
    _ store: inout Store, _ selection: Selection = Selection(), onlySameLinks: Bool = false
  ) throws -> [DuplicateGroup] {
    try store.duplicates(selection, onlySameLinks: onlySameLinks)
  }

  @Test func `links come first, then similar links, then titles, each by the oldest`() throws {
    var store = try store()
    try store.adding(draft("t", in: "x"))
    try store.adding(draft("s", url: "https://example.org/s"))
    try store.adding(draft("l", url: "https://example.org/l"))
    try store.adding(draft("T", in: "x"))
    try store.adding(draft("t", in: "y"))
    try store.adding(draft("s2", url: "http://www.example.org/s?utm_source=a"))
    try store.adding(draft("l2", url: "HTTPS://example.org/l/", in: "x"))
    try store.adding(draft("t", url: "geo:1,2", in: "x"))
    #expect(
      try groups(&store) == [
        DuplicateGroup(kind: .link, ids: [3, 7]), DuplicateGroup(kind: .similar, ids: [2, 6]),
        DuplicateGroup(kind: .title, ids: [1, 4]),
      ])
    #expect(
      try groups(&store, onlySameLinks: true) == [DuplicateGroup(kind: .link, ids: [3, 7])])
    var selection = Selection()
    selection.categories = [try CategoryPath.parse("x")]
    #expect(try groups(&store, selection) == [DuplicateGroup(kind: .title, ids: [1, 4])])
  }

  /// The index holds 32 bits of a hash.
  @Test func `links that look the same in the index are told apart`() throws {
    let (one, other) = ("https://e.org/32878", "https://e.org/83647")
    #expect(LinkKey.indexKey(of: one) == LinkKey.indexKey(of: other))
    #expect(LinkKey.hash(one) != LinkKey.hash(other))
    var store = try store()
    for (url, category) in [(one, "a"), (other, "a"), (one, "b"), (other, "b")] {
      try store.adding(draft("\(category) \(url)", url: url, in: category))
    }
    #expect(
      try groups(&store) == [
        DuplicateGroup(kind: .link, ids: [1, 3]), DuplicateGroup(kind: .link, ids: [2, 4]),
      ])
    #expect(try store.twins(among: [1, 2, 3, 4]) == [1: [3], 2: [4]])
    #expect(try store.favourite(withURL: other, in: 1) == 2)
    #expect(try store.link(like: other + "#there") == other)
    try store.changing { store throws(StoreError) in _ = try store.remove([2]) }
    #expect(try store.favourite(withURL: other, in: 1) == nil)
    #expect(try store.twins(among: [1, 3, 4]) == [1: [3]])
    #expect(try store.inspect().filter { $0.problem != nil } == [])
  }

  @Test func `things that metadata tells apart are two, and what could be either is neither`()
    throws
  {
    var store = try store()
    try store.adding(draft("Dune", set: ["year=1965"]))
    try store.adding(draft("Dune", set: ["year=2021"]))
    try store.adding(draft("Dune"))
    #expect(try groups(&store) == [])
    try store.adding(draft("dune", set: ["year=1965", "by=Herbert"]))
    try store.adding(draft("Dune", set: ["year:text=2021.0"]))
    #expect(
      try groups(&store) == [
        DuplicateGroup(kind: .title, ids: [1, 4]), DuplicateGroup(kind: .title, ids: [2, 5]),
      ])
  }

  @Test func `the oldest gets what all of them have, and one undo takes all of it back`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("first", in: "a"))
      try store.adding(
        draft(url: "https://example.org/x", in: "b", note: "n", tags: ["one"], set: ["k=1"]))
      try store.adding(
        draft(
          "A title", url: "https://example.org/x", in: "a", note: "m", tags: ["One", "two"],
          set: ["k=2", "z=3"]))
      try store.adding(draft("Another", url: "http://example.org/x#top", in: "a", note: "n"))
      let now = Timestamp(milliseconds: 5_000)
      try store.changing { store throws(StoreError) in
        _ = try store.countOpening(of: [3, 4], at: now)
      }
      let before = try listed(path)
      let results = try store.changing { store throws(StoreError) in
        try store.merge(try store.duplicates(Selection(), onlySameLinks: false))
      }
      #expect(results == [.merged(DuplicateGroup(kind: .similar, ids: [2, 3, 4]))])
      let left = try listed(path)
      #expect(left.map(\.id) == [1, 2])
      #expect(left[1].title == "A title")
      #expect(left[1].category == "b")
      #expect(left[1].note == "n\n\nm")
      #expect(left[1].tags == ["one", "two"])
      #expect(left[1].metadataJSON == #"{"k":1,"z":3}"#)
      #expect(left[1].opened == 2)
      #expect(left[1].openedAt == now)
      try checkStoreLaws(path)
      try store.undoing()
      #expect(try listed(path) == before)
      try checkStoreLaws(path)
    }
  }

  @Test func `metadata of the one that is kept keeps the spelling of its names`() throws {
    var store = try store()
    for name in ["Year=1", "YEAR=1"] {
      try store.adding(draft("a", url: "https://example.org/", set: [name]), .allow)
    }
    try store.changing { store throws(StoreError) in
      _ = try store.merge(try store.duplicates(Selection(), onlySameLinks: false))
    }
    let kept = try store.favourite(1)
    #expect(kept?.metadataJSON == #"{"Year":1}"#)
  }

  @Test func `one that has an earlier date is kept, whatever its id`() throws {
    var store = try store()
    try store.adding(draft("a", url: "https://example.org/"))
    var old = try draft("b", url: "https://example.org/", in: "b")
    old.createdAt = Timestamp(milliseconds: 1)
    try store.adding(old)
    #expect(try groups(&store) == [DuplicateGroup(kind: .link, ids: [2, 1])])
  }

  @Test func `notes that are too long together are left as they are`() throws {
    var store = try store()
    for (number, letter) in ["a", "b"].enumerated() {
      let note = String(repeating: letter, count: Limits.noteBytes / 2 + 1)
      try store.adding(draft("t", url: "https://example.org/", in: "c\(number)", note: note))
    }
    let change = try store.change(ChangeRequest(command: "dupes")) { store throws(StoreError) in
      try store.merge(try store.duplicates(Selection(), onlySameLinks: false))
    }
    #expect(change.result == [.tooMuch(DuplicateGroup(kind: .link, ids: [1, 2]))])
    #expect(change.change == nil)
  }
}
