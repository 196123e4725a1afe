import SQLite
import TestSupport
import Testing

@testable import Favourites

/// What `repair()` keeps while it makes anew what is derived.
struct InspectionRepairTests {
  private func ids(_ path: String) throws -> [Int64] { try listed(path).map(\.id) }

  private func repair(_ path: String) throws {
    var store = try Store.writing(path)
    try store.changing { store throws(StoreError) in try store.repair() }
    let found = try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
      (store) throws(StoreError) in try store.inspect()
    }.result
    #expect(found.filter { $0.problem != nil } == [])
    try checkStoreLaws(path)
  }

  @Test(arguments: ["DELETE FROM block", "UPDATE block SET category = 99"])
  func `an order that can still be read survives the loss of its blocks`(sql: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for title in ["a", "b", "c"] { try store.adding(draft(title, in: "books")) }
      try store.adding(draft("d", in: "books", rank: 1))
      #expect(try ids(path) == [4, 1, 2, 3])
      try Connection(unhardened: path, access: .readWrite).execute(sql)
      try repair(path)
      #expect(try ids(path) == [4, 1, 2, 3])
    }
  }

  @Test func `ids of what was thrown away or undone are not given again`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for title in ["a", "b", "c"] { try store.adding(draft(title, in: "books")) }
      try store.changing { store throws(StoreError) in _ = try store.remove([2]) }
      try store.changing { store throws(StoreError) in _ = try store.undo(3) }
      try Connection(unhardened: path, access: .readWrite).execute(
        "UPDATE sqlite_sequence SET seq = 1")
      try repair(path)
      #expect(try store.adding(draft("d", in: "books")) == 4)
    }
  }

  @Test func `a category that others stand in is there again, from the trash if it is there`()
    throws
  {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", in: "one/two/three"))
      try Connection(unhardened: path, access: .readWrite).execute(
        "DELETE FROM category WHERE name IN ('one', 'one/two')")
      try repair(path)
      #expect(try store.categories().map(\.name) == ["one", "one/two", "one/two/three"])
    }
  }

  @Test func `categories whose keys changed places get their own back`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", in: "one"))
      try store.adding(draft("b", in: "two"))
      try Connection(unhardened: path, access: .readWrite).execute(
        """
        UPDATE category SET key = 'x' WHERE name = 'one';
        UPDATE category SET key = 'one' WHERE name = 'two';
        UPDATE category SET key = 'two' WHERE name = 'one';
        """)
      try repair(path)
      #expect(try store.categories().map(\.name) == ["one", "two"])
    }
  }

  @Test func `what another hand changed in a favourite is found again`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("Dune", in: "books"))
      try Connection(unhardened: path, access: .readWrite).execute(
        "UPDATE favourite SET note = 'dune dune'")
      let found = try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
        (store) throws(StoreError) in try store.inspect()
      }.result
      #expect(
        found.filter { $0.problem != nil } == [
          Inspection(
            check: .search, problem: "favourite 1: how many words it has",
            isRepairable: true)
        ])
      try repair(path)
    }
  }

  @Test func `a tag that was written down twice does not stop the repair`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("Dune", in: "books", tags: ["classic"]))
      try Connection(unhardened: path, access: .readWrite).execute(
        "UPDATE favourite SET tags = '[\"new\",\"new\"]'")
      try store.changing { store throws(StoreError) in try store.repair() }
      #expect(try store.inspectDerived().filter { $0.problem != nil } == [])
      #expect(try store.tags() == [TagCount(name: "new", count: 1)])
      try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
      #expect(try store.tags() == [])
    }
  }
}
