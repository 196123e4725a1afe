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
      #expect(try store.changing { store throws(StoreError) in try store.empty([1]) } == 1)
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
}
