import TestSupport
import Testing

@testable import Favourites

/// Where a listing goes on behind a cursor once its favourites were removed, moved and joined by
/// others.
struct ContinuingTests {
  private enum Deed: CaseIterable {
    case removed, movedAway, movedToTheEnd, pageMovedAway, movedWithTheNext
  }

  /// The titles `n01` to `n10`, in a category.
  private static let names = (1...10).map { $0 < 10 ? "n0\($0)" : "n\($0)" }

  @Test(arguments: Deed.allCases, ["rank", "-rank", "category", "-category"])
  private func `a page by rank goes on behind its old place whatever became of it`(
    deed: Deed, name: String
  ) throws {
    let ordering = try #require(Ordering(name))
    let names = name == "-rank" ? Self.names.reversed() : Self.names
    for way in 0..<3 {
      try withScratch { scratch in
        let path = scratch.file("favs.db")
        var store = try Store.writing(path)
        for title in Self.names { try store.adding(draft(title, in: "c")) }
        let (page, cursor) = try listed(path, ordering, limit: 3)
        #expect(page == Array(names.prefix(3)))
        let last: [Int64] = name == "-rank" ? [10, 9, 8, 7] : [1, 2, 3, 4]
        var patch = Patch()
        switch deed {
        case .removed:
          try store.changing { store throws(StoreError) in try store.remove([last[2]]) }
        case .movedAway: patch.category = try CategoryPath.parse("d")
        case .movedToTheEnd, .movedWithTheNext: patch.placing = .rank(name == "-rank" ? 1 : 10)
        case .pageMovedAway: patch.category = try CategoryPath.parse("d")
        }
        let ids: [Int64] =
          switch deed {
          case .removed: []
          case .movedAway, .movedToTheEnd: [last[2]]
          case .pageMovedAway: Array(last[..<3])
          case .movedWithTheNext: Array(last[2...])
          }
        let (moved, change) = (ids, patch)
        if !moved.isEmpty {
          try store.changing { store throws(StoreError) in try store.edit(moved, change) }
        }
        try makeRoom(way, in: &store)
        let rest = try listed(path, ordering, limit: 99, after: cursor).titles
          .filter { $0.hasPrefix("n") }
        var wanted = Array(names.dropFirst(3))
        switch deed {
        case .removed, .movedAway, .pageMovedAway: break
        case .movedToTheEnd: wanted.append(names[2])
        case .movedWithTheNext: wanted = Array(wanted.dropFirst()) + names[2...3]
        }
        // What is in another category now comes there once more.
        let again = Set(
          ["category", "rank"].contains(name) && change.category != nil
            ? moved.map { Self.names[Int($0) - 1] } : [])
        #expect(rest.filter { !again.contains($0) }.sorted() == wanted.sorted())
        if deed != .movedWithTheNext { #expect(rest.filter { !again.contains($0) } == wanted) }
      }
    }
  }

  /// Adds others before all that were there: so that positions are given anew, or not.
  private func makeRoom(_ way: Int, in store: inout Store) throws {
    let drafts = try (0..<14).map { number in
      var new = try draft("x\(number)", in: "c")
      new.rank = way == 1 ? 1 : 4
      return new
    }
    switch way {
    case 0: break
    case 1:
      try store.changing { store throws(StoreError) in
        for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
      }
    default: for draft in drafts { try store.adding(draft) }
    }
  }

  @Test func `a search goes on behind its page though the page was removed`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for name in Self.names { try store.adding(draft("alpha \(name)")) }
      let (page, cursor) = try found("alpha", path, limit: 3)
      let whole = try found("alpha", path, limit: 99).titles
      #expect(page == Array(whole.prefix(3)))
      let gone = try whole.prefix(3).map { title in
        try #require(Self.names.firstIndex { title.hasSuffix($0) }.map { Int64($0 + 1) })
      }
      try store.changing { store throws(StoreError) in try store.remove(gone) }
      #expect(
        try found("alpha", path, limit: 99, after: cursor).titles == Array(whole.dropFirst(3)))
      for number in 1...4 { try store.adding(draft("alpha y\(number)")) }
      let rest = try found("alpha", path, limit: 99, after: cursor).titles
      #expect(rest.filter { !$0.contains("y") } == Array(whole.dropFirst(3)))
    }
  }

  @Test func `a long search goes on to its end though hits came before its place`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let drafts = try (1...700).map { try draft("alpha n\($0)") }
      try store.changing { store throws(StoreError) in
        for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
      }
      let whole = try found("alpha", path, limit: 999).titles
      let (page, cursor) = try found("alpha", path, limit: 600)
      #expect(page == Array(whole.prefix(600)))
      for number in 1...40 { try store.adding(draft("alpha y\(number)")) }
      var (rest, next) = try found("alpha", path, limit: 30, after: cursor)
      while let cursor = next, rest.count < 999 {
        let more = try found("alpha", path, limit: 30, after: cursor)
        rest += more.titles
        next = more.next
      }
      #expect(rest == Array(whole.dropFirst(600)))
      // With its last one gone, it goes on at the next by id.
      try store.changing { store throws(StoreError) in try store.remove([101]) }
      #expect(
        try found("alpha", path, limit: 999, after: cursor).titles == Array(whole.dropFirst(600)))
    }
  }

  @Test func `a cursor by rank that is not whole is none`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for title in Self.names { try store.adding(draft(title, in: "c")) }
      let cursor = try #require(try listed(path, Ordering(.rank), limit: 3).next)
      #expect(Cursor(text: cursor.text) == cursor)
      #expect(
        cursor.surroundings
          == Cursor.Surroundings(change: 10, shown: [2, 1], coming: [4, 5, 6, 7, 8, 9]))
      for json in [
        #"[3,"rank",3,"c",0,3072]"#, #"[3,"rank",3,"c",0,3072,10,[2,1]]"#,
        #"[3,"rank",3,"c",0,3072,10,[2,"1"],[]]"#, #"[3,"rank",3,"c",0,3072,10,[],[],[]]"#,
        #"[3,"rank",3,"c",0,3072,10,[1,2,3,4,5,6,7],[]]"#, #"[3,"relevance",3,2]"#,
      ] {
        #expect(Cursor(text: Base64URL.encode(Array(json.utf8))) == nil)
      }
    }
  }

  private func found(
    _ text: String, _ path: String, limit: Int64, after cursor: Cursor? = nil
  ) throws -> (titles: [String], next: Cursor?) {
    var store = try Store.reading(path)
    var selection = Selection()
    let now = Timestamp(milliseconds: 1_795_000_000_000)
    let query = try #require(Query.parse(text, metadataKeys: [], now: now))
    selection.search = try store.prepare(query, .never)
    return try listed(path, Ordering(.relevance), limit: limit, after: cursor, selection)
  }

  private func listed(
    _ path: String, _ ordering: Ordering, limit: Int64, after cursor: Cursor? = nil,
    _ selection: Selection = Selection()
  ) throws -> (titles: [String], next: Cursor?) {
    var store = try Store.reading(path)
    var rows = try store.rows(
      selection, ordering: ordering, slice: .run(limit: limit, after: cursor))
    var titles: [String] = []
    while let favourite = try rows.next(in: &store) { titles.append(favourite.title) }
    return (titles, try rows.nextCursor(in: store).flatMap { Cursor(text: $0.text) })
  }
}
