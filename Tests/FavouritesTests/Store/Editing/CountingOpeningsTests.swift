import TestSupport
import Testing

@testable import Favourites

struct CountingOpeningsTests {
  private let noon = Timestamp(milliseconds: 1_800_000_000_000)

  @Test func `an opening is counted, and is no change of the favourite`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", url: "https://a/", tags: ["t"], rank: 1))
      try store.adding(draft("b", url: "https://b/"))
      let before = try listed(path)
      let ids = try store.changing("open") { store throws(StoreError) in
        try store.countOpening(of: [1, 1], at: noon)
      }
      #expect(ids == [1])
      let after = try listed(path)
      #expect(after.map(\.opened) == [1, 0])
      #expect(after.map(\.openedAt) == [noon, nil])
      #expect(after.map(\.modifiedAt) == before.map(\.modifiedAt))
      #expect(try store.changes(ChangeQuery(limit: 1)).map(\.summary) == ["1 favourite opened"])
      try checkStoreLaws(path)
      #expect(throws: StoreError.onlyOpened(3)) {
        try store.changing { store throws(StoreError) in _ = try store.undo(3) }
      }
    }
  }

  @Test func `an opening is never what undo takes back, and is in no change's way`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", url: "https://a/"))
      try store.adding(draft("b", url: "https://b/"))
      func open(_ id: Int64) throws {
        try store.changing("open") { store throws(StoreError) in
          _ = try store.countOpening(of: [id], at: noon)
        }
      }
      try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
      try open(2)
      #expect(try store.undoing().number == 3)
      #expect(try listed(path).map(\.title) == ["a", "b"])
      try open(2)
      #expect(try store.redoing().number == 3)
      #expect(try listed(path).map(\.opened) == [2])
      #expect(try store.undoing().number == 3)
      #expect(try store.undoing().number == 2)
      #expect(try listed(path).map(\.title) == ["a"])
      try checkStoreLaws(path)
    }
  }

  @Test func `the last opening stays the last, whatever the clock says`() throws {
    var store = try Store.inMemory(named: "memory")
    try store.adding(draft("a", url: "https://a/"))
    for time in [noon, Timestamp(milliseconds: 1)] {
      try store.changing { store throws(StoreError) in
        _ = try store.countOpening(of: [1], at: time)
      }
    }
    let found = try store.favourite(1)
    #expect(found?.opened == 2)
    #expect(found?.openedAt == noon)
  }

  @Test func `those that live no more are passed over`() throws {
    var store = try Store.inMemory(named: "memory")
    try store.adding(draft("a", url: "https://a/"))
    try store.adding(draft("b", url: "https://b/"))
    try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
    let ids = try store.changing { store throws(StoreError) in
      try store.countOpening(of: [1, 2, 99], at: noon)
    }
    #expect(ids == [2])
  }

  @Test func `a count stops at the most it can hold, and no merge of two ends the program`() throws
  {
    var store = try Store.inMemory(named: "memory")
    var often = try draft("old", url: "https://a/")
    often.opened = .max
    try store.adding(often)
    try store.changing { store throws(StoreError) in
      _ = try store.countOpening(of: [1], at: noon)
    }
    #expect(try store.favourite(1)?.opened == .max)
    try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
    try store.adding(often)
    let back = try store.changing { store throws(StoreError) in
      try store.restore([1], conflicts: .merge)
    }
    #expect(back == [.merged(id: 1, title: "old", into: 2, category: "inbox")])
    #expect(try store.favourite(2)?.opened == .max)
  }
}
