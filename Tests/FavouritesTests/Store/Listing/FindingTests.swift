import TestSupport
import Testing

@testable import Favourites

/// Which favourite a word on the command line names.
struct FindingTests {
  private func filled() throws -> Store {
    var store = try Store.inMemory(named: "memory")
    try store.adding(draft("Dune", url: "https://dune.example/", in: "books"))
    try store.adding(draft("1984", in: "books"))
    try store.adding(draft("dune", in: "films"))
    try store.adding(draft("Solaris", in: "films"))
    try store.adding(draft("Solaris", in: "books"))
    return store
  }

  private func candidate(
    _ id: Int64, _ title: String, _ category: String
  ) -> StoreError.Candidate {
    StoreError.Candidate(id: id, title: title, category: category)
  }

  @Test func `a favourite answers to its id, its rank, its link, its title and its uid`() throws {
    var store = try filled()
    let uid = try #require(try store.favourite(4)).uid.text
    for (word, id) in [
      ("2", 2), ("books#3", 5), ("books@3", 5), ("FILMS#1", 3), ("films@1", 3),
      ("https://DUNE.example", 1), ("Dune", 1),
      ("dune", 3), ("1984", 2), (uid, 4), (uid.uppercased(), 4),
    ] as [(String, Int64)] {
      #expect(try store.find(word) == id, "\(word)")
    }
  }

  @Test func `a title in another case is found where none is the same`() throws {
    var store = try filled()
    try store.adding(draft("Emma"))
    #expect(try store.find("EMMA") == 6)
    #expect(
      throws: StoreError.ambiguous(
        "DUNE", [candidate(1, "Dune", "books"), candidate(3, "dune", "films")])
    ) { try store.find("DUNE") }
  }

  @Test func `a name that two have is not guessed at`() throws {
    var store = try filled()
    let both = [candidate(4, "Solaris", "films"), candidate(5, "Solaris", "books")]
    #expect(throws: StoreError.ambiguous("Solaris", both)) { try store.find("Solaris") }
    #expect(throws: StoreError.ambiguous("4-5", both)) { try store.find("4-5") }
    #expect(throws: StoreError.ambiguous("Solaris", both)) { try store.findAll(["1", "Solaris"]) }
  }

  @Test func `a range and a rank that are a title as well are not guessed at`() throws {
    var store = try filled()
    try store.adding(draft("3-4", in: "books"))
    try store.adding(draft("films@1", in: "books"))
    for word in ["3-4", "films@1"] {
      #expect {
        try store.findAll([word])
      } throws: { error in
        if case .ambiguous(word, _) = error as? StoreError { true } else { false }
      }
    }
    #expect(try store.findAll(["3-5"]) == [3, 4, 5])
    #expect(try store.findAll(["5-7"]) == [5, 6, 7])
  }

  @Test func `several words and ranges name each favourite once, in their order`() throws {
    var store = try filled()
    try store.changing("rm") { store throws(StoreError) in _ = try store.remove([4]) }
    #expect(try store.findAll(["3-9", "Dune", "2-3"]) == [3, 5, 1, 2])
  }

  @Test func `what names nothing is told as it was said`() throws {
    var store = try filled()
    #expect(throws: StoreError.noFavourite("77")) { try store.find("77") }
    #expect(throws: StoreError.noFavourite("books#9")) { try store.find("books#9") }
    #expect(throws: StoreError.noCategory("poems")) { try store.find("poems#1") }
    #expect(throws: StoreError.noFavourite("Emma")) { try store.findAll(["Dune", "Emma"]) }
  }

  @Test func `in the trash it answers to its id, its link, its title and its uid`() throws {
    var store = try filled()
    let uid = try #require(try store.favourite(1)).uid.text
    try store.changing("rm") { store throws(StoreError) in
      _ = try store.remove([1, 2, 4, 5])
    }
    #expect(try store.findTrashed(["4-9", "Dune", "1"]) == [4, 5, 1])
    #expect(try store.findTrashed(["https://dune.example/"]) == [1])
    #expect(try store.findTrashed(["1984"]) == [2])
    #expect(try store.findTrashed([uid]) == [1])
    #expect(throws: StoreError.notInTrash("3")) { try store.findTrashed(["3"]) }
    #expect(
      throws: StoreError.ambiguous(
        "Solaris", [candidate(4, "Solaris", "films"), candidate(5, "Solaris", "books")])
    ) { try store.findTrashed(["Solaris"]) }
  }

  @Test func `one that lives comes before one in the trash`() throws {
    var store = try filled()
    try store.changing("rm") { store throws(StoreError) in _ = try store.remove([2, 4]) }
    #expect(try store.findAnywhere("Solaris") == 5)
    #expect(try store.findAnywhere("1984") == 2)
    #expect(throws: StoreError.noFavourite("Emma")) { try store.findAnywhere("Emma") }
    try store.changing("rm") { store throws(StoreError) in _ = try store.remove([1, 5]) }
    #expect(
      throws: StoreError.ambiguous(
        "4-5", [candidate(4, "Solaris", "films"), candidate(5, "Solaris", "books")])
    ) { try store.findAnywhere("4-5") }
  }

  @Test func `the history is told of what lives, of what is trashed and of what is no more`() throws
  {
    var store = try filled()
    let books = try CategoryPath.parse("books")
    try store.changing { store throws(StoreError) in _ = try store.removeCategory(books) }
    let (films, removed) = (
      try #require(try store.categoryRecord(try CategoryPath.parse("films"))).id,
      try #require(try store.trashedCategory(books)).id
    )
    #expect(try store.findSubject("films/") == .category(films))
    #expect(try store.findSubject("films") == .category(films))
    #expect(try store.findSubject("books/") == .category(removed))
    #expect(try store.findSubject("books") == .category(removed))
    #expect(try store.findSubject("dune") == .favourite(3))
    #expect(try store.findSubject("1984") == .favourite(2))
    let added = try store.adding(draft("Emma"))
    try store.undoing()
    #expect(try store.findSubject("\(added)") == .favourite(added))
    #expect(try store.findEver("\(added)") == [added])
    #expect(try store.findEver("1984") == [2])
    #expect(try store.findEver("3-4") == [3, 4])
    #expect(throws: StoreError.noFavourite("books")) { try store.findEver("books") }
    #expect(throws: StoreError.noFavourite("99")) { try store.findSubject("99") }
    #expect(throws: StoreError.noFavourite("poems/")) { try store.findSubject("poems/") }
  }

  @Test func `what a selection means is told by ids`() throws {
    var store = try filled()
    var selection = Selection()
    selection.categories = [try CategoryPath.parse("books")]
    #expect(try store.ids(selection) == [1, 2, 5])
    selection.filters.append(.ids(2...4))
    #expect(try store.ids(selection) == [2])
    selection = Selection()
    selection.filters = [.change(3)]
    #expect(try store.ids(selection) == [3])
    try store.changing { store throws(StoreError) in try store.swap(1, 4) }
    selection.filters = [.change(6)]
    #expect(try store.ids(selection).sorted() == [1, 4])
  }
}
