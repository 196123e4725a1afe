import TestSupport
import Testing

@testable import Favourites

struct CategoryTests {
  private let books: CategoryPath

  init() throws { books = try CategoryPath.parse("books") }

  @Test func `a category is renamed with all that is in it`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      try store.rename("books", "shelf/read")
      #expect(
        try names(path) == ["books-old", "shelf", "shelf/read", "shelf/read/sci-fi"])
      #expect(try titles(path, in: "shelf") == ["a", "b"])
      try checkStoreLaws(path)
      try store.undoing()
      #expect(try names(path) == ["books", "books/sci-fi", "books-old"])
    }
  }

  @Test func `a category can be given another case`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      try store.rename("books", "BOOKS")
      #expect(try names(path) == ["BOOKS", "BOOKS/sci-fi", "books-old"])
      try checkStoreLaws(path)
    }
  }

  @Test func `a category cannot take a name in use or stand in itself`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      let before = try Dump(path)
      #expect(throws: StoreError.categoryExists("books-old")) {
        try store.rename("books", "Books-Old")
      }
      #expect(throws: StoreError.categoryInsideItself("books/new")) {
        try store.rename("books", "books/new")
      }
      #expect(throws: StoreError.noCategory("none")) { try store.rename("none", "new") }
      #expect(throws: StoreError.categoryInsideItself("books/sci-fi")) {
        try store.merge("books", "books/sci-fi")
      }
      #expect(throws: StoreError.noCategory("new")) { try store.merge("books", "new") }
      #expect(throws: StoreError.categoryExists("books")) {
        try store.changing { store throws(StoreError) in
          try store.addCategory(books, note: nil, fields: [])
        }
      }
      #expect(try Dump(path) == before)
    }
  }

  @Test func `a category keeps its parent's spelling when it is renamed`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      try store.rename("books-old", "BOOKS/old")
      let found = try names(path)
      #expect(found == ["books", "books/old", "books/sci-fi"])
    }
  }

  @Test func `a subcategory keeps its own name whatever its parent is called`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      // The Kelvin sign is a k without case, and two bytes longer.
      try store.adding(draft("a", in: "k/x"))
      try store.adding(draft("b", in: "y"))
      try store.rename("k", "\u{212A}")
      try store.rename("y", "k/yarn")
      let outcome = Result { () throws -> Void in try store.rename("k", "z") }
      let found = try names(path)
      #expect(throws: Never.self) { try outcome.get() }
      #expect(found == ["z", "z/x", "z/yarn"])
    }
  }

  @Test func `a merge puts all at the end, and subcategories into those of their name`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      try store.adding(draft("d", in: "books-old/sci-fi"))
      try store.merge("books", "books-old")
      #expect(try names(path) == ["books-old", "books-old/sci-fi"])
      #expect(try titles(path, in: "books-old") == ["c", "a", "d", "b"])
      try checkStoreLaws(path)
    }
  }

  @Test func `a subcategory whose name is free keeps all it has in a merge`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.making("a/t", note: "AT", fields: ["k:number"])
      try store.adding(draft("one", in: "a/t/u"))
      try store.adding(draft("two", in: "B"))
      let (before, old) = (try Dump(path), try store.category(CategoryPath.parse("a/t")))
      let things = try listed(path)
      try store.merge("a", "b")
      let moved = try store.category(CategoryPath.parse("b/t"))
      #expect(moved.name == "B/t")
      #expect(moved.id == old.id && moved.uid == old.uid && moved.createdAt == old.createdAt)
      #expect(moved.note == "AT" && moved.schema == old.schema)
      #expect(try listed(path).map(\.modifiedAt).sorted() == things.map(\.modifiedAt).sorted())
      #expect(try names(path) == ["B", "B/t", "B/t/u"])
      try checkStoreLaws(path)
      try store.undoing()
      #expect(try Dump(path) == before)
    }
  }

  @Test func `a category that takes in another has the notes and the fields of both`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.making("a", note: "of a", fields: ["k:number", "by"])
      try store.making("a/t", note: "of a/t", fields: ["year:number"])
      try store.making("b", note: "of b", fields: ["K:text", "day:date"])
      try store.making("b/t", note: nil, fields: [])
      let before = try Dump(path)
      try store.merge("a", "b")
      let clashes = store.clashes
      #expect(try names(path) == ["b", "b/t"])
      let categories = try Store.reading(path).categories()
      #expect(categories.map(\.note) == ["of b\n\nof a", "of a/t"])
      #expect(
        categories.map { $0.schema?.fields.map(\.text) }
          == [["K:text", "day:date", "by:text"], ["year:number"]])
      #expect(
        clashes == [
          FieldClash(
            category: "b", kept: try MetadataField.parse("K:text"),
            left: try MetadataField.parse("k:number"))
        ])
      try checkStoreLaws(path)
      try store.undoing()
      #expect(try Dump(path) == before)
    }
  }

  @Test func `notes that are too long together are not merged`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let long = String(repeating: "x", count: Limits.noteBytes)
      try store.making("a", note: long, fields: [])
      try store.making("b", note: "y", fields: [])
      let before = try Dump(path)
      #expect(
        throws: StoreError.invalid(
          InvalidValue(
            field: "the note of 'b' with that of 'a'",
            reason: "has 1048579 bytes; the limit is 1048576"))
      ) { try store.merge("a", "b") }
      #expect(try Dump(path) == before)
    }
  }

  @Test func `a note stays with what it is about where names move up in a merge`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for name in ["a", "a/b", "a/b/b", "a/b/b/c", "a/b/c", "a/b/c/c"] {
        try store.making(name, note: name, fields: [])
        try store.adding(draft("in " + name, in: name))
      }
      let before = try Dump(path)
      try store.merge("a/b", "a")
      let categories = try Store.reading(path).categories()
      #expect(categories.map(\.name) == ["a", "a/b", "a/b/c", "a/c", "a/c/c"])
      #expect(
        categories.map(\.note) == ["a\n\na/b", "a/b/b", "a/b/b/c", "a/b/c", "a/b/c/c"])
      #expect(try titles(path, in: "a/c") == ["in a/b/c", "in a/b/c/c"])
      let after = try Dump(path)
      try checkStoreLaws(path)
      try store.undoing()
      #expect(try Dump(path) == before)
      try store.redoing()
      #expect(try Dump(path) == after)
    }
  }

  @Test func `a category is merged into the one it stands in`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      try store.merge("books/sci-fi", "books")
      #expect(try titles(path, in: "books") == ["a", "b"])
      #expect(try names(path) == ["books", "books-old"])
      try store.adding(draft("x", in: "a/b"))
      try store.adding(draft("y", in: "a/b/b"))
      let outcome = Result { () throws -> Void in try store.merge("a/b", "a") }
      #expect(throws: Never.self) { try outcome.get() }
    }
  }

  @Test func `a name that is too long for what is below it is refused in one sentence`() throws {
    var store = try Store.inMemory(named: "memory")
    let long = String(repeating: "x", count: 200)
    try store.adding(draft("a", in: "books/" + long))
    let target = try CategoryPath.parse(String(repeating: "y", count: 100))
    #expect(
      throws: StoreError.invalid(
        InvalidValue(
          field: "a category of 301 bytes", reason: "is too long: the limit is 255"))
    ) {
      try store.changing { store throws(StoreError) in
        try store.renameCategory(books, to: target)
      }
    }
  }

  @Test func `a category's note and fields are changed`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      let fields = [try MetadataField.parse("year:number"), try MetadataField.parse("by")]
      try store.changing { store throws(StoreError) in
        try store.editCategory(books, note: "Read.", fields: fields, removed: [])
      }
      try store.changing { store throws(StoreError) in
        try store.editCategory(books, note: nil, fields: [], removed: ["by"])
      }
      let found = try Store.reading(path).category(books)
      #expect(found.note == "Read.")
      #expect(found.schema == MetadataSchema([fields[0]]))
      #expect(
        throws: StoreError.noField("by", category: "books")
      ) {
        try store.changing { store throws(StoreError) in
          try store.editCategory(books, note: nil, fields: [], removed: ["by"])
        }
      }
      try store.changing { store throws(StoreError) in
        try store.editCategory(books, note: "", fields: [], removed: ["year"])
      }
      #expect(try Store.reading(path).category(books).note == nil)
      #expect(try Store.reading(path).category(books).schema == nil)
    }
  }

  @Test func `tags are renamed, merged and removed wherever they are used`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", tags: ["SciFi", "old"]))
      try store.adding(draft("b", tags: ["scifi"]))
      try store.adding(draft("c", tags: ["new"]))
      #expect(try store.retag("SCIFI", "scifi") == [1, 2])
      #expect(try listed(path).map(\.tags) == [["old", "scifi"], ["scifi"], ["new"]])
      #expect(try store.retag("scifi", "NEW", mustExist: true) == [1, 2])
      #expect(try listed(path).map(\.tags) == [["new", "old"], ["new"], ["new"]])
      #expect(throws: StoreError.noTag("never")) {
        try store.retag("new", "never", mustExist: true)
      }
      #expect(throws: StoreError.noTag("gone")) { try store.retag("gone", "new") }
      let new = try TagName.parse("New")
      #expect(
        try store.changing { store throws(StoreError) in try store.removeTag(new) } == [1, 2, 3])
      #expect(try Store.reading(path).tags() == [TagCount(name: "old", count: 1)])
      try checkStoreLaws(path)
    }
  }

  @Test func `a category is found by words of its name and note, without case and accents`() throws
  {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      let (books, films) = (try CategoryPath.parse("Bücher/neu"), try CategoryPath.parse("films"))
      try store.changing { store throws(StoreError) in
        try store.addCategory(books, note: nil, fields: [])
        try store.addCategory(films, note: "Für den Winter", fields: [])
      }
      func found(_ text: String) throws -> [String] {
        try store.categories(holding: text).map(\.name)
      }
      #expect(try found("bucher") == ["Bücher", "Bücher/neu"])
      #expect(try found("BÜCH ne") == ["Bücher/neu"])
      #expect(try found("winter film") == ["films"])
      #expect(try found("inter") == [])
      #expect(try found(" ?! ") == [])
    }
  }
}

extension Store {
  fileprivate mutating func rename(_ path: String, _ target: String) throws {
    let (path, target) = (try CategoryPath.parse(path), try CategoryPath.parse(target))
    try changing { store throws(StoreError) in try store.renameCategory(path, to: target) }
  }

  fileprivate mutating func merge(_ path: String, _ target: String) throws {
    let (path, target) = (try CategoryPath.parse(path), try CategoryPath.parse(target))
    try changing { store throws(StoreError) in try store.mergeCategory(path, into: target) }
  }

  fileprivate mutating func making(_ path: String, note: String?, fields: [String]) throws {
    let (path, fields) = (try CategoryPath.parse(path), try fields.map(MetadataField.parse))
    try changing { store throws(StoreError) in
      try store.addCategory(path, note: note, fields: fields)
    }
  }

  @discardableResult
  fileprivate mutating func retag(
    _ tag: String, _ target: String, mustExist: Bool = false
  ) throws -> [Int64] {
    let (tag, target) = (try TagName.parse(tag), try TagName.parse(target))
    return try changing { store throws(StoreError) in
      try store.renameTag(tag, to: target, mustExist: mustExist)
    }
  }
}

/// Two in books, one of them in sci-fi, and one in books-old.
private func filled(_ path: String) throws -> Store {
  var store = try Store.writing(path)
  try store.adding(draft("a", in: "books"))
  try store.adding(draft("b", in: "books/sci-fi"))
  try store.adding(draft("c", in: "books-old"))
  return store
}

private func names(_ path: String) throws -> [String] {
  try Store.reading(path).categories().map(\.name)
}
