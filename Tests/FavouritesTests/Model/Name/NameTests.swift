import Testing

@testable import Favourites

struct NameTests {
  @Test func `a path has components, a parent and a key`() throws {
    let path = try CategoryPath.parse("Books/Sci-Fi/Ünïted 2")
    #expect(path.text == "Books/Sci-Fi/Ünïted 2")
    #expect(path.key == "books/sci-fi/ünïted 2")
    #expect(path.components == ["Books", "Sci-Fi", "Ünïted 2"])
    #expect(path.parent == (try CategoryPath.parse("Books/Sci-Fi")))
    #expect(path.parent?.parent?.parent == nil)
    #expect(CategoryPath.inbox == (try CategoryPath.parse("inbox")))
  }

  @Test func `a category holds itself and its subcategories`() throws {
    let books = try CategoryPath.parse("Books")
    #expect(try CategoryPath.parse("books").isWithin(books))
    #expect(try CategoryPath.parse("books/a/b").isWithin(books))
    #expect(try !CategoryPath.parse("booksellers").isWithin(books))
    #expect(try !CategoryPath.parse("book").isWithin(books))
    #expect(try !CategoryPath.parse("a/books").isWithin(books))
  }

  @Test func `a slash with a combining mark is a slash`() throws {
    let path = try CategoryPath.parse("a/\u{301}b")
    #expect(path.components.map { Array($0.utf8) } == [Array("a".utf8), Array("\u{301}b".utf8)])
    #expect(path.parent?.text == "a")
    #expect(path.isWithin(try CategoryPath.parse("A")))
  }

  @Test func `sigma has one form in a key`() throws {
    #expect(try TagName.parse("Φίλος").key == (try TagName.parse("ΦΊΛΟΣ").key))
  }

  @Test(
    arguments: [
      ("", .empty), ("/", .emptyComponent("/")), ("a//b", .emptyComponent("a//b")),
      ("/a", .emptyComponent("/a")), ("a/", .emptyComponent("a/")), (" a", .padded(" a")),
      ("a/b ", .padded("a/b ")), ("a /b", .padded("a /b")), (" ", .padded(" ")),
      ("a\u{a0}", .padded("a\u{a0}")), ("a\nb", .controlCharacter("a\nb")),
      ("a\0", .controlCharacter("a\0")), ("a\u{85}b", .controlCharacter("a\u{85}b")),
      ("books#1", .numberSign("books#1")),
      (String(repeating: "é", count: 128), .tooLong(bytes: 256)),
    ] as [(String, CategoryPathError)])
  func `what is no path is refused`(text: String, error: CategoryPathError) {
    #expect(throws: error) { try CategoryPath.parse(text) }
  }

  @Test func `what is wrong with a path is said`() {
    let errors: [CategoryPathError] = [
      .empty, .emptyComponent("a//b"), .padded(" a"), .controlCharacter("a\nb"),
      .numberSign("books#1"), .tooLong(bytes: 256),
    ]
    #expect(
      errors.map(\.message) == [
        "a category needs a name",
        "category 'a//b' has a '/' without a name next to it",
        "category ' a' has a space at the start or end of a name",
        "category 'a\nb' has a control character",
        "category 'books#1' has a '#', which marks a rank",
        "a category of 256 bytes is too long: the limit is 255",
      ])
  }

  @Test(arguments: ["1984", "a b", "c++", "...", "日本/本", String(repeating: "x", count: 255)])
  func `other names are paths`(text: String) throws {
    #expect(try CategoryPath.parse(text).text == text)
  }

  @Test func `a tag is trimmed and compared without case`() throws {
    let tag = try TagName.parse("  Sci Fi#1/2 \n")
    #expect(tag.text == "Sci Fi#1/2")
    // Digits stand behind their number: see `NameKey`.
    #expect(tag.key == "sci fi#11/12")
  }

  @Test(
    arguments: [
      ("", .empty), (" \t", .empty), ("a,b", .comma("a,b")), ("a\tb", .controlCharacter("a\tb")),
      (String(repeating: "x", count: 256), .tooLong(bytes: 256)),
    ] as [(String, TagNameError)])
  func `what is no tag is refused`(text: String, error: TagNameError) {
    #expect(throws: error) { try TagName.parse(text) }
  }

  @Test func `what is wrong with a tag is said`() {
    let errors: [TagNameError] = [
      .empty, .comma("a,b"), .controlCharacter("a\tb"), .tooLong(bytes: 256),
    ]
    #expect(
      errors.map(\.message) == [
        "a tag needs a name",
        "tag 'a,b' has a comma",
        "tag 'a\tb' has a control character",
        "a tag of 256 bytes is too long: the limit is 255",
      ])
  }
}
