import SQLite
import TestSupport
import Testing

@testable import Favourites

struct ListingTests {
  private static let orderings = (Ordering.Key.named + [.metadata("year"), .metadata("SEEN")])
    .flatMap {
      [Ordering($0), Ordering($0, isDescending: true)]
    }

  @Test(arguments: orderings)
  func `pages and runs put together are the whole, in every order`(ordering: Ordering) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 700, seed: 1)
      var books = Selection()
      books.categories = [try CategoryPath.parse("books"), try CategoryPath.parse("inbox")]
      var tagged = Selection()
      tagged.filters = [.tag(try TagName.parse("RED"))]
      var searched = Selection()
      searched.filters = [.part("dune")]
      for selection in [Selection(), books, tagged, searched] {
        let whole = try listed(path, selection, by: ordering)
        #expect(isSorted(whole, by: ordering))
        var pages: [Favourite] = []
        for number in 1...12 {
          pages += try listed(path, selection, by: ordering, .page(number: Int64(number), size: 61))
        }
        #expect(pages.map(\.id) == whole.map(\.id))
        #expect(pages == whole)
        let runs = try runs(path, selection, ordering, limit: 53)
        #expect(runs.map(\.id) == whole.map(\.id))
        #expect(runs == whole)
        var store = try Store.reading(path)
        #expect(try store.count(selection) == Int64(whole.count))
      }
    }
  }

  @Test(arguments: 1...40)
  func `a selection is what a plain filter finds`(seed: UInt64) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 300, seed: seed)
      let all = try listed(path)
      let ranks = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.rank) })
      var random = SplitMix(seed: seed &+ 1_000)
      for _ in 0..<12 {
        let selection = try randomSelection(&random, all)
        let wanted = all.filter { matches($0, selection) }.map(\.id)
        let told = Comment(rawValue: "seed \(seed): \(selection)")
        for ordering in [Ordering(.rank), Ordering(.id), Ordering(.title, isDescending: true)] {
          let found = try listed(path, selection, by: ordering)
          #expect(found.map(\.id).sorted() == wanted.sorted(), told)
          #expect(found.allSatisfy { ranks[$0.id] == $0.rank }, told)
        }
        var store = try Store.reading(path)
        #expect(try store.count(selection) == Int64(wanted.count), told)
      }
    }
  }

  @Test func `a run goes on where it was though its last favourite moved or went`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for title in ["a", "b", "c", "d", "e"] { try store.adding(draft(title)) }
      let (first, cursor) = try run(path, Selection(), Ordering(.rank), limit: 2, after: nil)
      #expect(first.map(\.title) == ["a", "b"])
      var patch = Patch()
      patch.placing = .rank(4)
      try store.changing { store throws(StoreError) in try store.edit([2], patch) }
      let text = try #require(cursor?.text)
      #expect(Cursor(text: text) == cursor)
      #expect(
        try run(path, Selection(), Ordering(.rank), limit: 9, after: cursor).rows.map(\.title)
          == ["c", "d", "b", "e"])
      try store.undoing()
      try store.changing { store throws(StoreError) in try store.remove([2]) }
      #expect(
        try run(path, Selection(), Ordering(.rank), limit: 9, after: cursor).rows.map(\.title)
          == ["c", "d", "e"])
    }
  }

  @Test func `ranks are those of the listing whoever wrote before it`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for title in ["a", "b", "c"] { try store.adding(draft(title)) }
      func ranks(_ store: inout Store) throws -> [Int64] {
        var rows = try store.rows(Selection(), ordering: Ordering(.rank), slice: .all)
        var few = try store.rows(
          Selection(.ids(2...3)), ordering: Ordering(.id), slice: .all)
        var ranks: [Int64] = []
        while let favourite = try few.next(in: &store) { ranks.append(favourite.rank) }
        while let favourite = try rows.next(in: &store) { ranks.append(favourite.rank) }
        return ranks
      }
      #expect(try ranks(&store) == [2, 3, 1, 2, 3])
      var other = try Store.writing(path)
      try other.changing { store throws(StoreError) in try store.remove([1]) }
      #expect(try ranks(&store) == [1, 2, 1, 2])
    }
  }

  @Test func `an unknown category or change is said to be so`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      var nowhere = Selection()
      nowhere.categories = [try CategoryPath.parse("nowhere")]
      #expect(throws: StoreError.noCategory("nowhere")) { try listed(path, nowhere) }
      var never = Selection()
      never.filters = [.change(9)]
      #expect(throws: StoreError.noChange(9)) { try listed(path, never) }
      #expect(try listed(path, by: Ordering(.rank), .page(number: 5, size: 10)) == [])
      #expect(try listed(path, by: Ordering(.rank), .page(number: .max, size: 10)) == [])
    }
  }

  @Test func `a word stands in the texts and not between them`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a", tags: ["red", "blue"]))
      try store.adding(draft("b", tags: ["say \"hi\"", "back\\slash"]))
      try store.adding(draft("c", note: "100% [sure] _"))
      let expected: [(String, [String])] = [
        ("\"", ["b"]), ("[", ["c"]), (",", []), ("\\", ["b"]), ("\"hi\"", ["b"]), ("%", ["c"]),
        ("_", ["c"]), ("RED", ["a"]), ("back\\slash", ["b"]),
      ]
      let found = try expected.map { word, _ in
        var selection = Selection()
        selection.filters = [.part(word)]
        return try listed(path, selection).map(\.title)
      }
      #expect(found == expected.map(\.1))
    }
  }

  /// To look its category up for each favourite that is passed took as long as all else.
  @Test func `whether a favourite contains a part is seen without a look at another table`()
    throws
  {
    let sql = try Query.part("sea").ofFavourites().test.sql
    #expect(sql.contains("favs_holds(?, 3, f.title, f.url, f.note"))
    for table in ["c", "p", "b"] { #expect(!sql.contains("\(table)."), "\(sql)") }
  }

  @Test(arguments: [
    "rank", "-rank", "category", "-category", "created", "-created", "modified", "title", "-title",
    "opened", "-opened", "used", "-used", "id", "-id", "year", "-year",
  ])
  func `an everyday listing walks an index and sorts nothing`(name: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 200, seed: 3)
      let ordering = try #require(Ordering(name))
      let category = Fragment(
        sql: "c.key >= ? AND c.key < ?", bindings: [.text("books"), .text("books\u{2}")])
      for query in try walks(path, ordering, []) + walks(path, ordering, [category]) {
        let plan = try explained(path, query.statement)
        #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
        // "SCAN f USING INDEX" walks in order; a plain scan only where the order is that of ids.
        for line in plan.split(separator: "\n") where line.contains("SCAN") {
          // Those that lack the key come by id, and a part of the whole is read as it comes.
          let isById = ["id", "year", "opened", "used"].contains(name.drop { $0 == "-" })
          let isWalk =
            line.contains("USING") || line == "SCAN t" || (isById && line.contains("SCAN f"))
            || line.contains("SCAN (subquery") || line == "SCAN d"
          #expect(isWalk, "\(plan)")
        }
        // Where the values come first, they are found by their index.
        let index = ["-opened": "favourite_opened", "-used": "favourite_used"][name]
        if let index { #expect(plan.contains("INDEX \(index)"), "\(plan)") }
      }
    }
  }

  @Test(arguments: [
    ("-opened", "INDEX favourite_opened"), ("-used", "INDEX favourite_used"), ("title", "SCAN t"),
    ("year", "SEARCH a USING PRIMARY KEY"),
  ])
  func `of what a page passes by only the order is read`(name: String, walk: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 120, seed: 3)
      let ordering = try #require(Ordering(name))
      let query = ListQuery(
        source: ListQuery.walk(by: ordering.key), tests: [], ordering: ordering,
        counting: .bySQL, limit: 20, offset: 10)
      let plan = try explained(path, query.statement).split(separator: "\n")
      let index = try #require(plan.firstIndex { $0.contains(walk) }, "\(plan)")
      #expect(!walk.contains("INDEX") || plan[index].contains("COVERING"), "\(plan)")
      let end = try #require(plan.firstIndex(of: "SCAN d"), "\(plan)")
      let inside = plan[(index + 1)..<end]
      #expect(!inside.contains { $0.contains("SEARCH f") || $0.contains("SEARCH p") }, "\(plan)")
    }
  }

  @Test(arguments: [
    ("created", "SCAN f USING INDEX favourite_created"),
    ("-created", "SCAN f USING INDEX favourite_created"),
    // The condition of the index is a range of its key.
    ("modified", "SEARCH f USING COVERING INDEX favourite_edited (edited_at>?)"),
    ("-modified", "SEARCH f USING COVERING INDEX favourite_edited (edited_at>?)"),
  ])
  func `a page by date reads nothing of what it passes by`(name: String, edited: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 120, seed: 3)
      let ordering = try #require(Ordering(name))
      let query = ListQuery(
        source: ListQuery.walk(by: ordering.key), tests: [], ordering: ordering,
        counting: .bySQL, limit: 20, offset: 10)
      let plan = try explained(path, query.statement)
      for walk in ["SCAN f USING INDEX favourite_unedited", edited] {
        #expect(plan.contains(walk), "\(plan)")
      }
      // The row of an entry is looked up once a column of it is read.
      let connection = try Connection(unhardened: path, access: .readOnly)
      let steps = try connection.prepare("EXPLAIN " + query.statement.sql)
      query.statement.bind(to: steps)
      var (read, deferred): (Set<Int64>, Set<Int64>) = ([], [])
      while try steps.step() {
        if steps.isText(1, "Column") { read.insert(steps.integer(2)) }
        if steps.isText(1, "DeferredSeek") { deferred.insert(steps.integer(4)) }
      }
      #expect(deferred.count == (edited.contains("COVERING") ? 1 : 2), "\(plan)")
      #expect(deferred.isDisjoint(with: read), "\(plan)")
    }
  }

  /// SQLite would rather read all favourites on the list, and sort them.
  @Test(arguments: ["created", "-created", "modified", "opened", "-opened", "used", "-used"])
  func `where many match an index is followed in order`(name: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 120, seed: 3)
      let ordering = try #require(Ordering(name))
      let listed = Fragment(sql: "f.id IN (SELECT favourite FROM tagging)")
      for query in try walks(path, ordering, [listed]) {
        let plan = try explained(path, query.statement)
        #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
      }
    }
  }

  @Test(arguments: [
    ("-created", true), ("opened", true), ("-used", true), ("id", true), ("rank", true),
    ("-category", true), ("-created", false), ("opened", false), ("id", false),
  ])
  func `where few match their ids are sorted and the rest is read for a page`(
    name: String, isCandidates: Bool
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 120, seed: 3)
      let query = ListQuery(
        source: isCandidates
          ? .candidates(Fragment(sql: "SELECT favourite FROM tagging")) : .places,
        tests: [Fragment(sql: "c.key = ?", bindings: [.text("books")])],
        ordering: try #require(Ordering(name)), counting: .bySQL, limit: 20, offset: 0)
      let plan = try explained(path, query.statement).split(separator: "\n")
      let sorting = try #require(plan.lastIndex(of: "USE TEMP B-TREE FOR ORDER BY"), "\(plan)")
      let reading = try #require(plan.lastIndex(of: "SCAN d"), "\(plan)")
      #expect(sorting < reading, "\(plan)")
    }
  }

  @Test(arguments: [
    ("has:url", "link"), ("has:tags", "tagging"), ("has:year", "SEARCH a "), ("#red", "tagging"),
    ("created:>2019", "favourite_unedited"), ("is:opened", "favourite_used"),
  ])
  func `what an index has of a filter leads to ranks without a look at the favourites`(
    filter: String, index: String
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 120, seed: 3)
      let now = Timestamp(milliseconds: 1_795_000_000_000)
      let filter = try #require(Query.parse(filter, metadataKeys: ["year"], now: now))
      let condition = try filter.ofFavourites()
      let category = Fragment(sql: "c.key = ?", bindings: [.text("books")])
      let look = "SEARCH f USING INTEGER PRIMARY KEY"
      for tests in [[], [category]] {
        let query = ListQuery(
          source: .candidates(try #require(condition.candidates)), tests: tests,
          ordering: Ordering(.rank), counting: .bySQL, limit: 20, offset: 0,
          isOfIDs: condition.findsLive, isInCategories: !tests.isEmpty)
        let plan = try explained(path, query.statement).split(separator: "\n")
        #expect(plan.contains { $0.contains(index) }, "\(plan)")
        let sorted = try #require(plan.lastIndex(of: "USE TEMP B-TREE FOR ORDER BY"), "\(plan)")
        #expect(!plan[..<sorted].contains { $0.hasPrefix(look) }, "\(plan)")
        let counting = try explained(path, query.count)
        #expect(!counting.contains(look), "\(counting)")
      }
    }
  }

  /// FTS5 tells by `=` that it looks up single favourites.
  @Test(arguments: [("year:>1950", false), ("year:1962", true)])
  func `the index is asked for single favourites where a filter leaves few`(
    filter: String, isFew: Bool
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 1_500, seed: 3)
      var store = try Store.reading(path)
      let now = Timestamp(milliseconds: 1_795_000_000_000)
      var selection = Selection()
      selection.filters = [try #require(Query.parse(filter, metadataKeys: ["year"], now: now))]
      let words = try #require(Query.parse("dune", metadataKeys: [], now: now))
      let search = try store.prepare(words, .never)
      let query = try HitQuery(selection, try #require(search.match), search, in: store)
      for fragment in [query.ids, query.plain] {
        let plan = try explained(path, fragment)
        #expect(plan.contains("SCAN search VIRTUAL TABLE"), "\(plan)")
        #expect(plan.contains(":=M") == isFew, "\(plan)")
      }
      selection.search = search
      let found = try store.count(selection)
      #expect(try found > 0 && found == Int64(listed(path, selection).count))
    }
  }

  @Test func `counts of blocks are added up in an index alone`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path, count: 120, seed: 3)
      let plan = try explained(path, Fragment(sql: RankCache.countBefore.text))
      #expect(plan.contains("SEARCH o USING COVERING INDEX block_count"), "\(plan)")
    }
  }

  @Test func `after a listing the same store can still change something`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(draft("a"))
      do {
        var rows = try store.rows(Selection(), ordering: Ordering(.rank), slice: .all)
        while try rows.next(in: &store) != nil {}
      }
      let outcome = Result { () throws -> Int64 in try store.adding(draft("b")) }
      #expect(throws: Never.self) { try outcome.get() }
    }
  }
}

private func run(
  _ path: String, _ selection: Selection, _ ordering: Ordering, limit: Int64,
  after cursor: Cursor?
) throws -> (rows: [Favourite], cursor: Cursor?) {
  var store = try Store.reading(path)
  var rows = try store.rows(
    selection, ordering: ordering, slice: .run(limit: limit, after: cursor))
  var favourites: [Favourite] = []
  while let favourite = try rows.next(in: &store) { favourites.append(favourite) }
  return (favourites, try rows.nextCursor(in: store))
}

/// A page that follows an order from its beginning, and one from behind a cursor.
private func walks(
  _ path: String, _ ordering: Ordering, _ tests: [Fragment]
) throws -> [ListQuery] {
  let cursor = try #require(try run(path, Selection(), ordering, limit: 20, after: nil).cursor)
  return [nil, cursor].map { cursor in
    ListQuery(
      source: ListQuery.walk(by: ordering.key), tests: tests, ordering: ordering,
      counting: .bySQL, limit: 20, offset: 0, cursor: cursor)
  }
}

private func runs(
  _ path: String, _ selection: Selection, _ ordering: Ordering, limit: Int64
) throws -> [Favourite] {
  var all: [Favourite] = []
  var cursor: Cursor?
  repeat {
    let part = try run(path, selection, ordering, limit: limit, after: cursor)
    all += part.rows
    // As a user hands it back.
    cursor = (part.cursor?.text).flatMap(Cursor.init(text:))
  } while cursor != nil && all.count < 5_000
  return all
}

private func explained(_ path: String, _ fragment: Fragment) throws -> String {
  let connection = try Connection(unhardened: path, access: .readOnly)
  let rows = try connection.prepare("EXPLAIN QUERY PLAN " + fragment.sql)
  fragment.bind(to: rows)
  var plan: [String] = []
  while try rows.step() { plan.append(rows.text(3)) }
  return plan.joined(separator: "\n")
}
