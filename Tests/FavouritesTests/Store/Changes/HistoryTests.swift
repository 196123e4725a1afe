import SQLite
import TestSupport
import Testing

@testable import Favourites

struct HistoryTests {
  @Test(arguments: [
    "first_added = 1, last_added = 9223372036854775807", "first_added = 3, last_added = 1",
    "first_added = -9223372036854775808",
  ])
  func `a change that seems to have added more than there is tells of what there is`(
    sql: String
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing("add") { (store) throws(StoreError) in
        for index in 0..<3 { try store.addTitled("\(index)", at: nil) }
      }
      try Connection(unhardened: path, access: .readWrite).execute("UPDATE change SET " + sql)
      store = try Store.reading(path)
      let isEmpty = sql.hasPrefix("first_added = 3")
      let added: [TouchedItem] = isEmpty ? [] : [.favourite(1), .favourite(2), .favourite(3)]
      #expect(try store.items(of: 1) == [.category(1)] + added)
    }
  }

  @Test func `every command is one numbered change with its words and its summary`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      let store = try filled(path)
      #expect(try store.changes(ChangeQuery(limit: .max)).count == 4)
      let changes = try store.changes(ChangeQuery(limit: 10))
      #expect(changes.map(\.number) == [4, 3, 2, 1])
      #expect(changes.map(\.command) == ["rm 1", "edit 1 2", "add b c", "add a"])
      #expect(
        changes.map(\.summary) == [
          "1 favourite to the trash", "2 favourites changed",
          "2 favourites added, 1 category added", "1 favourite added, 1 category added",
        ])
      #expect(zip(changes, changes.dropFirst()).allSatisfy { $0.at >= $1.at })
      #expect(Set(changes.map(\.uid)).count == 4)
      var query = ChangeQuery(limit: 1)
      query.before = 3
      #expect(try store.changes(query).map(\.number) == [2])
      query = ChangeQuery(limit: 2)
      query.offset = 1
      #expect(try store.changes(query).map(\.number) == [3, 2])
      #expect(try store.countChanges(query) == 4)
      query.filters = [.date(.made, .since, .latest)]
      #expect(try store.changes(query) == [])
      #expect(try store.countChanges(query) == 0)
      #expect(try store.change(numbered: 2) == changes[2])
      #expect(throws: StoreError.noChange(5)) { try store.change(numbered: 5) }
      #expect(throws: StoreError.noChange(0)) { try store.change(numbered: 0) }
    }
  }

  @Test func `what a change edits several times is counted once`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", in: "books"))
      let books = try CategoryPath.parse("books")
      try store.changing { store throws(StoreError) in
        for note in ["x", "y"] {
          var patch = Patch()
          patch.note = note
          try store.edit([1], patch)
          try store.editCategory(books, note: note, fields: [], removed: [])
        }
      }
      let change = try store.change(numbered: 2)
      #expect(change.summary == "1 favourite changed, 1 category changed")
    }
  }

  @Test func `a change knows its favourites and a favourite its changes`() throws {
    try withScratch { scratch in
      var store = try filled(scratch.file("favs.db"))
      #expect(try store.life(of: 1).map(\.change) == [4, 3, 1])
      #expect(try store.life(of: 2).map(\.change) == [3, 2])
      #expect(try store.life(of: 3).map(\.change) == [2])
      #expect(try store.life(of: 4).map(\.change) == [])
      #expect(try store.items(of: 2) == [.category(2), .favourite(2), .favourite(3)])
      #expect(try store.items(of: 3) == [.favourite(1), .favourite(2)])
      #expect(try store.countItems(of: 2) == 3)
      #expect(try store.items(of: 9) == [])
    }
  }

  @Test func `undo and redo are changes of their own and say of what`() throws {
    try withScratch { scratch in
      var store = try filled(scratch.file("favs.db"))
      #expect(try store.undoing().number == 4)
      #expect(try store.undoing().number == 3)
      #expect(try store.redoing().number == 3)
      let changes = try store.changes(ChangeQuery(limit: 5))
      #expect(changes.map(\.number) == [7, 6, 5, 4, 3])
      #expect(changes.map(\.undoes) == [nil, 3, 4, nil, nil])
      #expect(changes.map(\.redoes) == [3, nil, nil, nil, nil])
      #expect(changes.map(\.undoneBy) == [nil, nil, nil, 5, nil])
    }
  }

  @Test func `one change is undone when nothing later wrote the same`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      func undo(_ number: Int64, _ store: inout Store) throws(StoreError) {
        try store.changing { store throws(StoreError) in _ = try store.undo(number) }
      }
      let before = try Dump(path)
      #expect(throws: StoreError.overtaken(2, by: [3, 4])) { try undo(2, &store) }
      #expect(throws: StoreError.overtaken(3, by: [4])) { try undo(3, &store) }
      #expect(throws: StoreError.overtaken(1, by: [3, 4])) { try undo(1, &store) }
      #expect(throws: StoreError.noChange(5)) { try undo(5, &store) }
      #expect(throws: StoreError.noChange(99)) { try undo(99, &store) }
      #expect(try Dump(path) == before)
      try store.adding(draft("d"))
      try undo(4, &store)
      #expect(try titles(path, in: "inbox") == ["a", "d"])
      #expect(throws: StoreError.alreadyUndone(4, by: 6)) { try undo(4, &store) }
      #expect(throws: StoreError.notUndoable(6)) { try undo(6, &store) }
      try checkStoreLaws(path)
    }
  }

  @Test func `a change is undone among later changes of other fields`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", url: "https://a/", tags: ["x", "y"]))
      func edit(_ body: (inout Patch) throws -> Void) throws {
        var patch = Patch()
        try body(&patch)
        let made = patch
        try store.changing { store throws(StoreError) in try store.edit([1], made) }
      }
      try edit { $0.title = "b" }
      try edit {
        $0.note = "n"
        $0.addedTags = [try TagName.parse("z")]
        $0.assignments = [try MetadataAssignment.parse("year=1965")]
      }
      try edit {
        $0.removedTags = [try TagName.parse("x")]
        $0.assignments = [try MetadataAssignment.parse("author=Lem")]
      }
      func undo(_ number: Int64) throws {
        try store.changing { store throws(StoreError) in _ = try store.undo(number) }
      }
      let changed = try listed(path)[0].modifiedAt
      try undo(2)
      try undo(3)
      let left = try listed(path)[0]
      #expect(left.title == "a")
      #expect(left.note == nil)
      #expect(left.tags == ["y"])
      #expect(Metadata(stored: left.metadataJSON).entries.map(\.key) == ["author"])
      #expect(left.modifiedAt == changed)
      try checkStoreLaws(path)
      #expect(try store.redoing().number == 3)
      #expect(try store.redoing().number == 2)
      let again = try listed(path)[0]
      #expect(again.title == "b")
      #expect(again.note == "n")
      #expect(again.tags == ["y", "z"])
      try checkStoreLaws(path)
    }
  }

  @Test func `a change is undone with those later ones that are in its way`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      for (title, note) in [("b", nil), (nil, "n"), ("c", "m"), (nil, "o")] as [(String?, String?)]
      {
        var patch = Patch()
        (patch.title, patch.note) = (title, note)
        let made = patch
        try store.changing { store throws(StoreError) in try store.edit([1], made) }
      }
      #expect(throws: StoreError.overtaken(2, by: [4, 5])) {
        try store.changing { store throws(StoreError) in _ = try store.undo(2) }
      }
      let undone = try store.changing { store throws(StoreError) in
        try store.undo(withLater: 2)
      }
      #expect(undone.map(\.number) == [5, 4, 2])
      let left = try listed(path)[0]
      #expect(left.title == "a")
      #expect(left.note == "n")
      #expect(throws: StoreError.alreadyUndone(2, by: 8)) {
        try store.changing { store throws(StoreError) in _ = try store.undo(withLater: 2) }
      }
      try checkStoreLaws(path)
    }
  }

  @Test func `a category that others came to use stays when its making is undone`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", in: "x"))
      try store.adding(draft("b", in: "x"))
      try store.changing { store throws(StoreError) in _ = try store.undo(1) }
      #expect(try titles(path, in: "x") == ["b"])
      try checkStoreLaws(path)
    }
  }

  @Test func `a new change ends what could be redone`() throws {
    try withScratch { scratch in
      var store = try filled(scratch.file("favs.db"))
      #expect(throws: StoreError.nothingToRedo) { try store.redoing() }
      try store.undoing()
      try store.adding(draft("d"))
      #expect(throws: StoreError.redoOvertaken(by: 6)) { try store.redoing() }
    }
  }

  @Test func `a redo that an emptied trash keeps from being done says so`() throws {
    try withScratch { scratch in
      var store = try filled(scratch.file("favs.db"))
      try store.adding(draft("d"))
      try store.undoing()
      try store.changing { store throws(StoreError) in _ = try store.empty([1]) }
      #expect(throws: StoreError.redoOvertaken(by: 7, isFinal: true)) { try store.redoing() }
    }
  }

  @Test func `a rehearsal gives what would be and leaves everything as it was`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      let bytes = scratch.bytes("favs.db")
      let request = ChangeRequest(command: "category rm inbox", isRehearsal: true)
      let inbox = CategoryPath.inbox
      let outcome = try store.change(request) { store throws(StoreError) in
        let gone = try store.removeCategory(inbox)
        return (gone, try store.categories().map(\.name))
      }
      #expect(outcome.change == 5)
      #expect(outcome.result == ([], ["x"]))
      #expect(scratch.bytes("favs.db") == bytes)
      #expect(try store.changes(ChangeQuery(limit: .max)).count == 4)
      #expect(try store.adding(draft("d")) == 4)
    }
  }

  @Test func `a change that changes nothing and one that fails leave no trace`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      let bytes = scratch.bytes("favs.db")
      let nothing = try store.change(ChangeRequest(command: "none")) { _ throws(StoreError) in 7 }
      #expect(nothing.result == 7)
      #expect(nothing.change == nil)
      let new = try draft("new", in: "new/category", tags: ["new"])
      #expect(throws: StoreError.noFavourite("99")) {
        try store.changing { store throws(StoreError) in
          _ = try store.add(new, duplicates: .refuse)
          try store.remove([99])
        }
      }
      #expect(scratch.bytes("favs.db") == bytes)
      #expect(try store.adding(draft("next")) == 4)
      try checkStoreLaws(path)
    }
  }

  /// a in the inbox; b and c in x; a note for a and b; a to the trash.
  private func filled(_ path: String) throws -> Store {
    var store = try Store.writing(path)
    let drafts = try ["a", "b", "c"].map { try draft($0, in: $0 == "a" ? nil : "x") }
    try store.changing("add a") { store throws(StoreError) in
      _ = try store.add(drafts[0], duplicates: .refuse)
    }
    try store.changing("add b c") { store throws(StoreError) in
      _ = try store.add(drafts[1], duplicates: .refuse)
      _ = try store.add(drafts[2], duplicates: .refuse)
    }
    var patch = Patch()
    patch.note = "n"
    let note = patch
    try store.changing("edit 1 2") { store throws(StoreError) in try store.edit([1, 2], note) }
    try store.changing("rm 1") { store throws(StoreError) in try store.remove([1]) }
    return store
  }
}
