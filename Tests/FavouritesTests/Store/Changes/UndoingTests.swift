import TestSupport
import Testing

@testable import Favourites

/// One change that is taken back out of its turn, when the category it needs has gone since.
struct UndoingTests {
  @Test func `a category that went since comes back for what goes back into it`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let (a, b) = (try CategoryPath.parse("a"), try CategoryPath.parse("b"))
      try store.adding(draft("x", in: "a"))
      try store.changing { store throws(StoreError) in
        var patch = Patch()
        patch.category = b
        _ = try store.edit([1], patch)
      }
      try store.changing { store throws(StoreError) in _ = try store.removeCategory(a) }
      let before = try Dump(path)
      try store.changing { store throws(StoreError) in _ = try store.undo(2) }
      #expect(try titles(path, in: "a") == ["x"])
      try checkStoreLaws(path)
      try store.redoing()
      #expect(try Dump(path) == before)
    }
  }

  @Test func `a category that comes back has the one it stands in`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("x", in: "a/b"))
      for name in ["a/b", "a"] {
        let category = try CategoryPath.parse(name)
        try store.changing { store throws(StoreError) in _ = try store.removeCategory(category) }
      }
      try store.changing { store throws(StoreError) in _ = try store.undo(2) }
      #expect(try Store.reading(path).categories().map(\.name) == ["a", "a/b"])
      try checkStoreLaws(path)
    }
  }

  @Test func `what cannot go back says what is in its way`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let (a, b) = (try CategoryPath.parse("a"), try CategoryPath.parse("b"))
      try store.adding(draft("x", in: "a"))
      try store.adding(draft("y", in: "b"))
      try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
      try store.changing { store throws(StoreError) in try store.mergeCategory(a, into: b) }
      let before = try Dump(path)
      #expect(throws: StoreError.overtaken(3, by: [4])) {
        try store.changing { store throws(StoreError) in _ = try store.undo(3) }
      }
      #expect(try Dump(path) == before)
      try store.changing { store throws(StoreError) in _ = try store.undo(withLater: 3) }
      #expect(try titles(path, in: "a") == ["x"])
      try checkStoreLaws(path)
    }
  }

  @Test func `what came to stand in a category goes with it when its renaming is undone`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let (a, b) = (try CategoryPath.parse("a"), try CategoryPath.parse("b"))
      try store.adding(draft("x", in: "a/c"))
      try store.changing { store throws(StoreError) in try store.renameCategory(a, to: b) }
      try store.adding(draft("y", in: "b/d/e"))
      let before = try Dump(path)
      try store.changing { store throws(StoreError) in _ = try store.undo(2) }
      #expect(
        try Store.reading(path).categories().map(\.name) == ["a", "a/c", "a/d", "a/d/e"])
      #expect(try titles(path, in: "a/d/e") == ["y"])
      try checkStoreLaws(path)
      try store.redoing()
      #expect(try Dump(path) == before)
      try checkStoreLaws(path)
    }
  }

  @Test func `a category that an undo emptied comes back for what comes back from the trash`()
    throws
  {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("x", in: "a/b"))
      try store.adding(draft("y", in: "a/b"))
      try store.changing { store throws(StoreError) in _ = try store.remove([2]) }
      try store.changing { store throws(StoreError) in _ = try store.undo(1) }
      let before = try Dump(path)
      try store.undoing()
      #expect(try titles(path, in: "a/b") == ["y"])
      try checkStoreLaws(path)
      try store.redoing()
      #expect(try Dump(path) == before)
    }
  }

  @Test func `what cannot go back since its category's name is taken goes back with that`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("x", in: "a"))
      try store.adding(draft("y", in: "a"))
      try store.changing { store throws(StoreError) in _ = try store.remove([2]) }
      try store.changing { store throws(StoreError) in _ = try store.undo(1) }
      try store.adding(draft("z", in: "a"))
      let before = try Dump(path)
      #expect(throws: StoreError.overtaken(3, by: [5])) {
        try store.changing { store throws(StoreError) in _ = try store.undo(3) }
      }
      #expect(try Dump(path) == before)
      try store.changing { store throws(StoreError) in _ = try store.undo(withLater: 3) }
      #expect(try titles(path, in: "a") == ["y"])
      try checkStoreLaws(path)
    }
  }

  @Test func `a name that another category took since is in the way, and given back`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let (x, y) = (try CategoryPath.parse("x"), try CategoryPath.parse("y"))
      try store.adding(draft("a", in: "x"))
      try store.changing { store throws(StoreError) in try store.renameCategory(x, to: y) }
      try store.adding(draft("b", in: "x"))
      try store.changing { store throws(StoreError) in
        try store.editCategory(x, note: "New.", fields: [], removed: [])
      }
      let before = try Dump(path)
      #expect(throws: StoreError.overtaken(2, by: [3, 4])) {
        try store.changing { store throws(StoreError) in _ = try store.undo(2) }
      }
      #expect(try Dump(path) == before)
      let undone = try store.changing { store throws(StoreError) in
        try store.undo(withLater: 2)
      }
      #expect(undone.map(\.number) == [4, 3, 2])
      #expect(try titles(path, in: "x") == ["a"])
      #expect(try Store.reading(path).categories().map(\.name) == ["x"])
      try checkStoreLaws(path)
    }
  }

  @Test func `a category that was merged comes back once its name is free again`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let (x, y) = (try CategoryPath.parse("x"), try CategoryPath.parse("y"))
      try store.adding(draft("a", in: "x"))
      try store.adding(draft("b", in: "y"))
      try store.changing { store throws(StoreError) in try store.mergeCategory(x, into: y) }
      try store.adding(draft("c", in: "z"))
      let z = try CategoryPath.parse("z")
      try store.changing { store throws(StoreError) in try store.renameCategory(z, to: x) }
      #expect(throws: StoreError.overtaken(3, by: [5])) {
        try store.changing { store throws(StoreError) in _ = try store.undo(3) }
      }
      try store.changing { store throws(StoreError) in _ = try store.undo(withLater: 3) }
      #expect(try titles(path, in: "x") == ["a"])
      #expect(try titles(path, in: "z") == ["c"])
      try checkStoreLaws(path)
    }
  }

  @Test func `what can only be undone with what emptied the trash says so`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("a"))
      try store.adding(draft("b"))
      try store.changing { store throws(StoreError) in _ = try store.remove([1, 2]) }
      try store.changing { store throws(StoreError) in _ = try store.empty([1]) }
      for number: Int64 in [2, 3] {
        #expect(throws: StoreError.isFinal(4)) {
          try store.changing { store throws(StoreError) in _ = try store.undo(number) }
        }
      }
    }
  }

  @Test func `metadata that came back under another spelling is in the way of an undo`() throws {
    var store = try Store.inMemory(named: "memory")
    try store.adding(draft("a", set: ["year=1"]))
    func edit(set: [String] = [], unset: [String] = []) throws {
      var patch = Patch()
      patch.assignments = try set.map(MetadataAssignment.parse)
      patch.unset = unset
      let edit = patch
      try store.changing { store throws(StoreError) in try store.edit([1], edit) }
    }
    try edit(unset: ["year"])
    try edit(set: ["Year=2"])
    #expect(throws: StoreError.overtaken(2, by: [3])) {
      try store.changing { store throws(StoreError) in _ = try store.undo(2) }
    }
    try store.changing { store throws(StoreError) in _ = try store.undo(withLater: 2) }
    #expect(try store.favourite(1)?.metadataJSON == #"{"year":1}"#)
    // A change of the spelling alone is undone too, beside another edit.
    try edit(set: ["Year=1"], unset: ["year"])
    try edit(set: ["by=x"])
    let number = try store.lastChangeNumber() - 1
    try store.changing { store throws(StoreError) in _ = try store.undo(number) }
    #expect(try store.favourite(1)?.metadataJSON == #"{"by":"x","year":1}"#)
  }

  @Test func `where a favourite came from is forgotten with its category`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("x", in: "secretplace"))
      try store.changing { store throws(StoreError) in _ = try store.remove([1]) }
      try store.changing { store throws(StoreError) in _ = try store.restore([1]) }
      try store.changing { store throws(StoreError) in
        var patch = Patch()
        patch.category = try? CategoryPath.parse("k")
        _ = try store.edit([1], patch)
      }
      let place = try CategoryPath.parse("secretplace")
      try store.changing { store throws(StoreError) in _ = try store.removeCategory(place) }
      try store.changing { store throws(StoreError) in
        try store.emptyCategories(deletedBefore: nil)
      }
      let text = String(decoding: try #require(scratch.bytes("favs.db")), as: UTF8.self)
      #expect(!text.contains("secretplace"))
    }
  }
}
