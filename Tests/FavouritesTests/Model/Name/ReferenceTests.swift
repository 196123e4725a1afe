import Testing

@testable import Favourites

struct ReferenceTests {
  @Test(arguments: [
    ("12", 12...12), ("3-5", 3...5), ("7-7", 7...7), ("9223372036854775807", Int64.max...Int64.max),
  ])
  func `digits are ids`(word: String, ids: ClosedRange<Int64>) {
    #expect(Reference(word) == .ids(ids))
  }

  @Test func `a category and a number behind a hash are a rank`() throws {
    #expect(Reference("books/sci-fi#2") == .rank(try CategoryPath.parse("books/sci-fi"), 2))
    #expect(Reference("books/sci-fi@2") == .rank(try CategoryPath.parse("books/sci-fi"), 2))
    #expect(Reference("a@1@2") == .rank(try CategoryPath.parse("a@1"), 2))
    #expect(Reference("Films#10") == .rank(try CategoryPath.parse("Films"), 10))
  }

  @Test(arguments: [
    "", "0", "0-3", "5-3", "-3", "3-", "1-2-3", "1.5", "١٢", "9223372036854775808", "#1", "books#",
    "@1", "books@",
    "books#0", "books#x", "a//b#1", "c#/d#1", "Dune", "https://example.org/#1x",
  ])
  func `anything else is a name`(word: String) {
    #expect(Reference(word) == .name(word))
  }
}
