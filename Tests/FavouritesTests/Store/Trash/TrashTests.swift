import TestSupport
import Testing

@testable import Favourites

struct TrashTests {
  @Test func `a trashed favourite comes back with all it had and its rank`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      try store.adding(
        draft("b", url: "https://x/", note: "n", tags: ["t"], set: ["year=1965"]))
      try store.adding(draft("c"))
      let before = try listed(path)
      #expect(try store.changing { store throws(StoreError) in try store.remove([2]) } == [2])
      #expect(try listed(path).map(\.rank) == [1, 2])
      try checkStoreLaws(path)
      let back = try store.changing { store throws(StoreError) in try store.restore([2]) }
      #expect(back == [.restored(id: 2, title: "b", category: "inbox", rank: 2)])
      #expect(try listed(path) == before)
      try checkStoreLaws(path)
    }
  }

  @Test func `a rank that no longer exists is the end`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for title in ["a", "b", "c", "d"] { try store.adding(draft(title)) }
      try store.changing { store throws(StoreError) in try store.remove([4]) }
      try store.changing { store throws(StoreError) in try store.remove([1, 2]) }
      let back = try store.changing { store throws(StoreError) in try store.restore([4]) }
      #expect(back == [.restored(id: 4, title: "d", category: "inbox", rank: 2)])
      let rest = try store.changing { store throws(StoreError) in try store.restore([2, 1]) }
      #expect(
        rest == [
          .restored(id: 2, title: "b", category: "inbox", rank: 2),
          .restored(id: 1, title: "a", category: "inbox", rank: 1),
        ])
      #expect(try titles(path, in: "inbox") == ["a", "b", "c", "d"])
    }
  }

  @Test func `a category that is gone comes back with what was in it`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let books = try CategoryPath.parse("books")
      let note = try MetadataField.parse("year:number")
      try store.changing { store throws(StoreError) in
        try store.addCategory(books, note: "Read.", fields: [note])
      }
      try store.adding(draft("a", in: "books"))
      try store.adding(draft("b", in: "books/sci-fi"))
      let before = try listed(path)
      let categories = try Store.reading(path).categories()
      let gone = try store.changing { store throws(StoreError) in try store.removeCategory(books) }
      #expect(gone == [1, 2])
      #expect(try Store.reading(path).categories() == [])
      try checkStoreLaws(path)
      try store.changing("one of it") { store throws(StoreError) in _ = try store.restore([2]) }
      #expect(try Store.reading(path).categories().map(\.name) == ["books", "books/sci-fi"])
      #expect(try Store.reading(path).category(books).note == "Read.")
      try store.undoing()
      let back = try store.changing { store throws(StoreError) in
        try store.restoreCategory(books)
      }
      #expect(back.map(\.isDone) == [true, true])
      #expect(try listed(path) == before)
      #expect(try Store.reading(path).categories() == categories)
      try checkStoreLaws(path)
    }
  }

  @Test func `a category restored onto a living name is merged into it`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let books = try CategoryPath.parse("books")
      try store.adding(draft("a", url: "https://x/", in: "books"))
      try store.adding(draft("b", in: "books/old"))
      try store.changing { store throws(StoreError) in try store.removeCategory(books) }
      try store.adding(draft("c", url: "https://x/", in: "Books"))
      let before = try Dump(path)
      let back = try store.changing { store throws(StoreError) in
        try store.restoreCategory(books)
      }
      #expect(
        back == [
          .conflict(id: 1, title: "a", with: 3, category: "Books"),
          .restored(id: 2, title: "b", category: "Books/old", rank: 1),
        ])
      #expect(try titles(path, in: "Books") == ["c", "b"])
      let broken = try brokenLaws(of: path)
      #expect(broken == [])
      try store.undoing()
      #expect(try Dump(path) == before)
    }
  }

  @Test func `a category restored onto a living name brings its note and fields`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let films = try CategoryPath.parse("films")
      let field = try MetadataField.parse("year:number")
      let noir = try CategoryPath.parse("films/noir")
      try store.changing { store throws(StoreError) in
        try store.addCategory(films, note: "My note", fields: [field])
        try store.addCategory(noir, note: "dark", fields: [])
      }
      try store.adding(draft("A", url: "https://x/", in: "films"))
      try store.adding(draft("B", in: "films/noir"))
      try store.changing { store throws(StoreError) in try store.removeCategory(films) }
      try store.changing { store throws(StoreError) in
        try store.addCategory(films, note: "other", fields: [])
      }
      try store.adding(draft("C", url: "https://x/", in: "films/noir"))
      try store.adding(draft("D", url: "https://x/", in: "films"))
      let before = try Dump(path)
      try store.changing { store throws(StoreError) in _ = try store.restore([2]) }
      func details() throws -> [[String?]] {
        try Store.reading(path).categories().map {
          [$0.name, $0.note, $0.schema?.fields.first?.text]
        }
      }
      #expect(try details() == [["films", "other", nil], ["films/noir", "dark", nil]])
      try store.undoing()
      #expect(try Dump(path) == before)
      // A stays where it is, but what it was in is back.
      for _ in 1...2 {
        let back = try store.changing { store throws(StoreError) in
          try store.restoreCategory(films)
        }
        #expect(back.map(\.isDone).first == false)
        #expect(
          try details() == [
            ["films", "other\n\nMy note", "year:number"], ["films/noir", "dark", nil],
          ])
      }
      try checkStoreLaws(path)
      try store.changing { store throws(StoreError) in
        try store.restoreCategory(films, conflicts: .rename)
      }
      #expect(try store.trashedIDs(TrashQuery()).isEmpty && store.trashedCategories().isEmpty)
      #expect(
        try details() == [
          ["films", "other\n\nMy note", "year:number"], ["films/noir", "dark", nil],
        ])
      try store.undoing()
      try store.undoing()
      #expect(try Dump(path) == before)
    }
  }

  @Test func `a merged category can be unmerged`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let (one, two) = (try CategoryPath.parse("one"), try CategoryPath.parse("two"))
      try store.adding(draft("a", in: "one"))
      try store.adding(draft("b", in: "two"))
      let before = try Dump(path)
      try store.changing { store throws(StoreError) in try store.mergeCategory(one, into: two) }
      #expect(try titles(path, in: "two") == ["b", "a"])
      let outcome = Result { () throws -> Change in try store.undoing() }
      let after = try Dump(path)
      #expect(throws: Never.self) { try outcome.get() }
      #expect(after == before)
    }
  }

  @Test func `what is emptied is gone and cannot be undone`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("secretword", in: "a", note: "secretnote"))
      try store.adding(draft("kept", in: "a"))
      try store.changing("rm secretword") { store throws(StoreError) in try store.remove([1]) }
      try store.changing { store throws(StoreError) in try store.empty([1]) }
      #expect(throws: StoreError.notInTrash("1")) {
        try store.changing { store throws(StoreError) in try store.restore([1]) }
      }
      #expect(throws: StoreError.isFinal(4)) { try store.undoing() }
      try checkStoreLaws(path)
      let bytes = try #require(scratch.bytes("favs.db"))
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("secretword"))
      #expect(!text.contains("secretnote"))
      #expect(try titles(path, in: "a") == ["kept"])
    }
  }

  @Test func `an undone addition is forgotten with the trash`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("kept", in: "a"))
      try store.adding(draft("secretword", in: "secretplace", note: "secretnote"))
      try store.undoing()
      #expect(try store.undoneIDs(before: nil) == [2])
      #expect(try store.undoneIDs(before: .earliest) == [])
      try store.changing { store throws(StoreError) in
        try store.empty(try store.undoneIDs(before: nil))
        try store.emptyCategories(deletedBefore: nil)
      }
      #expect(try store.undoneIDs(before: nil) == [])
      #expect(throws: StoreError.redoOvertaken(by: 4, isFinal: true)) { try store.redoing() }
      let text = String(decoding: try #require(scratch.bytes("favs.db")), as: UTF8.self)
      for word in ["secretword", "secretplace", "secretnote"] { #expect(!text.contains(word)) }
      #expect(try titles(path, in: "a") == ["kept"])
      try checkStoreLaws(path)
    }
  }

  @Test func `a command line that names a forgotten category is forgotten too`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let place = try CategoryPath.parse("Secret place")
      try store.adding(draft("a", in: "Secret place"))
      try store.changing("move 1 --to 'secret place'") { store throws(StoreError) in
        var patch = Patch()
        patch.category = try? CategoryPath.parse("open")
        _ = try store.edit([1], patch)
      }
      try store.changing("category rm") { store throws(StoreError) in
        _ = try store.removeCategory(place)
      }
      try store.changing { store throws(StoreError) in
        try store.emptyCategories(deletedBefore: nil)
      }
      #expect(try store.change(numbered: 2).command == "move …")
    }
  }

  @Test(arguments: RestoreConflict.allCases)
  func `a link that came back meanwhile is dealt with as was asked`(
    conflicts: RestoreConflict
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let link = "https://x.org/"
      try store.adding(draft("old", url: link, note: "its note", tags: ["t"], set: ["year=1"]))
      try store.adding(draft("other"))
      try store.changing { store throws(StoreError) in try store.remove([1, 2]) }
      try store.adding(draft("new", url: link, note: "note", tags: ["u"], set: ["year=2", "k=v"]))
      let before = try Dump(path)
      func restore(_ store: inout Store) throws(StoreError) -> [Restoration] {
        try store.changing { store throws(StoreError) in
          try store.restore([1, 2], conflicts: conflicts)
        }
      }
      let other = Restoration.restored(
        id: 2, title: "other", category: "inbox", rank: conflicts == .rename ? 3 : 2)
      switch conflicts {
      case .skip:
        #expect(
          try restore(&store) == [
            .conflict(id: 1, title: "old", with: 3, category: "inbox"), other,
          ]
        )
        #expect(try titles(path, in: "inbox") == ["new", "other"])
      case .rename:
        let results = try restore(&store)
        #expect(
          results.first == .renamed(id: 1, title: "old (2)", from: "old", category: "inbox"))
        #expect(try titles(path, in: "inbox") == ["old (2)", "other", "new"])
      case .merge:
        #expect(
          try restore(&store) == [.merged(id: 1, title: "old", into: 3, category: "inbox"), other])
        let living = try #require(try store.favourite(3))
        #expect(living.note == "note\n\nits note")
        #expect(living.tags == ["t", "u"])
        #expect(living.metadata.entries.map { "\($0.key)=\($0.value.text)" } == ["k=v", "year=2"])
        #expect(try store.favourite(1) == nil)
        #expect(try store.changes(ChangeQuery(limit: 1))[0].summary.contains("merged"))
      case .fail:
        #expect(throws: StoreError.restoreConflict(id: 1, with: 3, category: "inbox")) {
          try restore(&store)
        }
        #expect(try Dump(path) == before)
        return
      }
      try checkStoreLaws(path)
      try store.undoing()
      #expect(try Dump(path) == before)
    }
  }

  @Test func `the trash is sorted and searched`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("b", in: "books", tags: ["x"]))
      try store.adding(draft("A 50%", url: "https://a_b.org/", in: "films"))
      try store.adding(draft("c", in: "books/old", note: "a note"))
      for ids in [[Int64(2)], [1], [3]] {
        try store.changing { store throws(StoreError) in try store.remove(ids) }
      }
      func found(_ set: (inout TrashQuery) throws -> Void) throws -> [Int64] {
        var query = TrashQuery()
        try set(&query)
        var ids: [Int64] = []
        let rows = try store.trashed(query)
        while let favourite = try rows.next() { ids.append(favourite.id) }
        #expect(Set(try store.trashedIDs(query)) == Set(ids))
        #expect(try store.countTrash(query) == Int64(ids.count))
        return ids
      }
      #expect(try found { _ in } == [3, 1, 2])
      #expect(try found { ($0.order, $0.isDescending) = (.deleted, true) } == [3, 1, 2])
      #expect(try found { $0.order = .title } == [2, 1, 3])
      #expect(try found { ($0.order, $0.isDescending) = (.id, true) } == [3, 2, 1])
      #expect(try found { $0.order = .category } == [1, 3, 2])
      func passing(_ filters: Query...) throws -> [Int64] { try found { $0.filters = filters } }
      #expect(try passing(.category(CategoryPath.parse("BOOKS"))) == [3, 1])
      #expect(try passing(.tag(TagName.parse("X"))) == [1])
      #expect(try passing(.not(.tag(TagName.parse("X"))), .not(.change(4))) == [3])
      #expect(try passing(.change(4)) == [2])
      #expect(try passing(.part("50%")) == [2])
      #expect(try passing(.part("a_b")) == [2])
      #expect(try passing(.any([.part("note"), .ids(2...2)])) == [3, 2])
      #expect(try passing(.state(.has(.url))) == [2])
      #expect(try passing(.state(.lacks(.note)), .state(.unopened)) == [1, 2])
      #expect(try passing(.date(.deleted, .since, .latest)) == [])
      #expect(try passing(.date(.deleted, .until, .earliest)) == [])
      #expect(try passing(.not(.date(.opened, .until, .latest))) == [3, 1, 2])
      for filter in [Query.metadata(try MetadataCondition.parse("year=1960")), .state(.undoable)] {
        #expect(
          throws: StoreError.invalid(
            InvalidValue(field: "filter", reason: "cannot be used on the trash"))
        ) { try passing(filter) }
      }
      #expect(throws: StoreError.noChange(99)) { try passing(.change(99)) }
      #expect(try store.lastTrashed() == [3])
    }
  }

  @Test func `what is in the trash is listed, sought and offered under one name of its category`()
    throws
  {
    var store = try Store.inMemory(named: "memory")
    let (books, novels) = (try CategoryPath.parse("books"), try CategoryPath.parse("novels"))
    try store.adding(draft("a", in: "books"))
    try store.adding(draft("b", in: "books"))
    func told() throws -> [String] {
      let rows = try store.trashed(TrashQuery())
      var names: [String] = []
      while let favourite = try rows.next() { names.append(favourite.category) }
      for name in names {
        #expect(try store.countTrash(TrashQuery(.part(name))) == 1, "\(name)")
      }
      #expect(try store.offeredTrash(idBeginning: "").map(\.detail) == names)
      #expect(try store.offeredTrash(titleBeginning: "").map(\.detail) == names)
      return names
    }
    try store.changing { store throws(StoreError) in try store.remove([1]) }
    #expect(try told() == ["books"])
    try store.changing { store throws(StoreError) in try store.renameCategory(books, to: novels) }
    #expect(try told() == ["novels"])
    #expect(try store.countTrash(TrashQuery(.part("books"))) == 0)
    // Under either name its category is found.
    #expect(try store.countTrash(TrashQuery(.category(books))) == 1)
    #expect(try store.countTrash(TrashQuery(.category(novels))) == 1)
    try store.changing { store throws(StoreError) in try store.remove([2]) }
    try store.changing { store throws(StoreError) in try store.removeCategory(novels) }
    var rows = try store.trashed(TrashQuery())
    while let favourite = try rows.next() { #expect(favourite.category == "novels") }
    rows = try store.trashed(TrashQuery(.part("novels")))
    #expect(try rows.next()?.id == 2)
    #expect(try rows.next()?.id == 1)
    #expect(try store.favourite(1)?.category == "novels")
  }

  @Test func `what does not live cannot be removed and what lives cannot be restored`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      let before = try Dump(path)
      #expect(throws: StoreError.noFavourite("9")) {
        try store.changing { store throws(StoreError) in try store.remove([1, 9]) }
      }
      #expect(throws: StoreError.notInTrash("1")) {
        try store.changing { store throws(StoreError) in try store.restore([1]) }
      }
      #expect(try Dump(path) == before)
    }
  }

  @Test func `what was removed before it could be changed is said to be in the trash`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("a"))
      try store.adding(draft("b"))
      try store.changing { store throws(StoreError) in try store.remove([1]) }
      let attempts: [(inout Store) throws -> Void] = [
        { _ = try $0.changing { store throws(StoreError) in try store.edit([1], Patch()) } },
        { _ = try $0.changing { store throws(StoreError) in try store.remove([2, 1]) } },
        { _ = try $0.changing { store throws(StoreError) in try store.swap(1, 2) } },
      ]
      for attempt in attempts {
        let error = #expect(throws: StoreError.self) { try attempt(&store) }
        guard case .inTrash("1", let found)? = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
        #expect(found.map(\.id) == [1])
      }
    }
  }

  @Test func `a category comes back whole though a part of it came back before`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let (books, old) = (try CategoryPath.parse("books"), try CategoryPath.parse("books/old"))
      try store.adding(draft("a", in: "books"))
      try store.adding(draft("b", in: "books/old"))
      let before = try listed(path)
      try store.changing { store throws(StoreError) in try store.removeCategory(books) }
      try store.changing { store throws(StoreError) in _ = try store.restoreCategory(old) }
      #expect(try titles(path, in: "books") == ["b"])
      let outcome = Result { () throws -> Void in
        try store.changing { store throws(StoreError) in _ = try store.restoreCategory(books) }
      }
      let after = try listed(path)
      #expect(throws: Never.self) { try outcome.get() }
      #expect(after == before)
    }
  }

  @Test func `of two with the same link that come back at once one is a conflict`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for title in ["a", "b"] {
        let id = try store.adding(draft(title, url: "https://x/"))
        try store.changing { store throws(StoreError) in try store.remove([id]) }
      }
      let back = try store.changing { store throws(StoreError) in try store.restore([1, 2]) }
      #expect(
        back == [
          .restored(id: 1, title: "a", category: "inbox", rank: 1),
          .conflict(id: 2, title: "b", with: 1, category: "inbox"),
        ])
    }
  }

  @Test func `two that come back under other titles do not get the same one`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for _ in 0..<2 {
        let id = try store.adding(draft("page", url: "https://x/"))
        try store.changing("rm") { store throws(StoreError) in _ = try store.remove([id]) }
      }
      try store.adding(draft("page", url: "https://x/"))
      let results = try store.changing("restore") { store throws(StoreError) in
        try store.restore([1, 2], conflicts: .rename)
      }
      #expect(
        results == [
          .renamed(id: 1, title: "page (2)", from: "page", category: "inbox"),
          .renamed(id: 2, title: "page (3)", from: "page", category: "inbox"),
        ])
      #expect(try titles(path, in: "inbox") == ["page (2)", "page (3)", "page"])
    }
  }

  @Test func `trashed categories are told, the last first, with what is in the trash of each`()
    throws
  {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      for (title, category) in [("one", "a"), ("two", "a"), ("three", "a/b"), ("four", "c")] {
        try store.adding(draft(title, in: category))
      }
      for name in ["a", "c"] {
        let path = try CategoryPath.parse(name)
        try store.changing { store throws(StoreError) in _ = try store.removeCategory(path) }
      }
      let trashed = try store.trashedCategories()
      #expect(trashed.map { "\($0.name) \($0.count)" } == ["c 1", "a 2", "a/b 1"])
      #expect(try store.countTrashedCategories() == 3)
    }
  }

  @Test func `what was done with one that was to come back tells which one lives now`() {
    let outcomes = [
      Restoration.restored(id: 1, title: "a", category: "c", rank: 1),
      .renamed(id: 2, title: "a (2)", from: "a", category: "c"),
      .merged(id: 3, title: "a", into: 9, category: "c"),
      .conflict(id: 4, title: "a", with: 9, category: "c"),
    ]
    #expect(outcomes.map(\.living) == [1, 2, 9, nil])
    #expect(outcomes.map(\.isDone) == [true, true, true, false])
  }

  @Test func `a title that is as long as one may be makes room for its number`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      let long = String(repeating: "é", count: 2_048)
      try store.adding(draft(long, url: "https://x/"))
      try store.changing("rm") { store throws(StoreError) in _ = try store.remove([1]) }
      try store.adding(draft("other", url: "https://x/"))
      let results = try store.changing("restore") { store throws(StoreError) in
        try store.restore([1], conflicts: .rename)
      }
      let title = String(repeating: "é", count: 2_046) + " (2)"
      #expect(results == [.renamed(id: 1, title: title, from: long, category: "inbox")])
    }
  }
}
