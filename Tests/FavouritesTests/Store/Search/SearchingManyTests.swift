import TestSupport
import Testing

@testable import Favourites

/// Searches that find more than are ranked, and what they read of the file.
struct SearchingManyTests {
  private static let now = Timestamp(milliseconds: 1_795_000_000_000)

  private func selection(_ text: String, in store: inout Store) throws -> Selection {
    var selection = Selection()
    let query = try #require(Query.parse(text, metadataKeys: [], now: Self.now))
    selection.search = try store.prepare(query, .never)
    return selection
  }

  private func titles(_ selection: Selection, in store: inout Store) throws -> [String] {
    var rows = try store.rows(selection, ordering: Ordering(.relevance), slice: .all)
    var titles: [String] = []
    while let favourite = try rows.next(in: &store) { titles.append(favourite.title) }
    return titles
  }

  @Test func `what writes much of the index puts its parts together`() throws {
    var store = try Store.inMemory(named: "memory")
    for number in 1...3 { try store.adding(draft("Dune \(number)"), .allow) }
    #expect(try store.indexSegments() == 3)
    let last = try draft("Dune 4")
    try store.changing { store throws(StoreError) in
      _ = try store.add(last, duplicates: .allow)
      store.indexed.entries = 200_000
    }
    #expect(try store.indexSegments() == 1)
    #expect(try titles(selection("dune", in: &store), in: &store).count == 4)
    try store.adding(draft("Dune 5"), .allow)
    #expect(try store.indexSegments() == 2)
    #expect(Store.isLarge(250_000, of: 1_000_000) && Store.isLarge(200_000, of: 200_000))
    #expect(!Store.isLarge(249_999, of: 1_000_000) && !Store.isLarge(199_999, of: 200_000))
  }

  /// Three with all words in their titles, then 1,400 with all of them in their notes, of which
  /// half have a tag.
  private func filled() throws -> Store {
    var store = try Store.inMemory(named: "memory")
    let tag = try TagName.parse("kept")
    try store.changing { store throws(StoreError) in
      func add(_ title: String, _ note: String? = nil, isKept: Bool) throws(StoreError) {
        var draft = Draft()
        draft.title = title
        draft.note = note
        draft.tags = isKept ? [tag] : []
        _ = try store.add(draft, duplicates: .allow)
      }
      for number in 1...3 { try add("old \(number) seashell by the sea", isKept: true) }
      for number in 1...1_400 {
        try add("new \(number)", "a seashell by the sea", isKept: number % 2 == 0)
      }
    }
    return store
  }

  @Test(arguments: [
    "sea", "sea*", "\"the sea\"", "sea seashell", "\"the sea\" seashell", "sea* -moss",
    "sea or moss*", "\"by the\" or sea", "(sea seashell) or moss*",
  ])
  func `words in titles come first, however old and however many were found`(text: String) throws {
    var store = try filled()
    var selection = try selection(text, in: &store)
    for tags in [[], [try TagName.parse("kept")]] {
      selection.filters = tags.map(Query.tag)
      let found = try titles(selection, in: &store)
      #expect(found.count == (tags.isEmpty ? 1_403 : 703), "\(tags)")
      #expect(Set(found).count == found.count)
      #expect(found.prefix(3).allSatisfy { $0.hasPrefix("old") }, "\(found.prefix(5))")
      // Those that were added last are ranked, and no others but these three.
      let hits = try store.rankedHits(selection, atLeast: 20)
      let ranked = Set(hits.scores.map(\.id))
      let latest = (4...1_403).filter { tags.isEmpty || $0 % 2 == 1 }.suffix(Store.rankedLimit)
      #expect(ranked == Set(latest.map(Int64.init) + [1, 2, 3]), "\(tags)")
      #expect(hits.scores.allSatisfy { $0.value > 0 }, "\(tags)")
      #expect(hits.hasMore)
    }
  }

  @Test func `a word that is asked for of a note is not found in titles among many`() throws {
    var store = try filled()
    try store.adding(draft("sea and sky by the sea"))
    for text in ["sea note:seashell", "sea* note:seashell", "note:seashell", "note:seash*"] {
      let selection = try selection(text, in: &store)
      let found = try titles(selection, in: &store)
      #expect(found.count == 1_400, "\(text)")
      #expect(!found.contains { $0.hasPrefix("sea") || $0.hasPrefix("old") }, "\(text)")
    }
  }

  @Test func `no word of a query is one that says in which category a favourite is`() throws {
    var store = try Store.inMemory(named: "memory")
    for title in ["kiwi", "K1", "k12 bus", "sea"] { try store.adding(draft(title, in: "a")) }
    for (text, expected) in [
      ("k1", ["K1"]), ("k2", []), ("k*", ["K1", "k12 bus", "kiwi"]), ("k1*", ["K1", "k12 bus"]),
      ("\"k12 bus\"", ["k12 bus"]), ("k2 or sea", ["sea"]), ("ki*", ["kiwi"]),
    ] {
      let selection = try selection(text, in: &store)
      #expect(try titles(selection, in: &store).sorted() == expected, "\(text)")
      #expect(try store.count(selection) == Int64(expected.count), "\(text)")
    }
  }

  /// The plans of what a read asks of the index, each as one text.
  private func plans(
    of path: String, _ text: String, tags: [String] = [],
    _ read: (inout Store, Selection) throws -> Void
  ) throws -> [String] {
    let meter = StoreMeter(.plans)
    do {
      var store = try Store.reading(path, meter: meter)
      // What FTS5 is asked where it is not read beside it.
      store.readsIndex = false
      var selection = try selection(text, in: &store)
      selection.filters = try tags.map { .tag(try TagName.parse($0)) }
      try read(&store, selection)
    }
    return meter.statements.filter { $0.sql.contains("search MATCH") }
      .map { "\($0.sql)\n\($0.plan.map(\.text).joined(separator: "\n"))" }
  }

  @Test(arguments: ["sea", "sea -moss", "sea sky", "\"the sea\"", "se*"])
  func `hits are found, filtered and counted without a look at a favourite`(text: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for number in 1...30 {
        try store.adding(
          draft("sky \(number)", note: "by the sea", tags: number % 2 == 0 ? ["x"] : []))
      }
      for tags in [[], ["x"]] {
        let ranked = try plans(of: path, text, tags: tags) { store, selection in
          let hits = try store.rankedHits(selection, atLeast: nil)
          #expect(hits.ids.count == (tags == [] ? 30 : 15))
        }
        let counted = try plans(of: path, text, tags: tags) { store, selection in
          let count = try store.count(selection)
          #expect(count == (tags == [] ? 30 : 15))
        }
        #expect(!ranked.isEmpty && !counted.isEmpty, "\(ranked) \(counted)")
        let inOrder = ranked.first { $0.contains("favs_counts") } ?? ""
        #expect(inOrder.contains("TEMP B-TREE") == !tags.isEmpty, "\(inOrder)")
        for plan in ranked + counted {
          #expect(plan.contains("VIRTUAL TABLE INDEX"), "\(plan)")
          #expect(!plan.contains("favourite f") && !plan.contains("SEARCH f "), "\(plan)")
        }
      }
    }
  }

  @Test func `several facets are counted as each of them alone`() throws {
    var store = try filled()
    for (tag, category) in [("Kept", "b"), ("KEPT", "b/c"), ("rare", "a"), ("able", "a")] {
      try store.adding(draft("more sea", in: category, tags: [tag, "other"], set: ["year=1"]))
    }
    let selection = try selection("sea", in: &store)
    let facets = [Facet("year"), Facet("tag"), Facet("none"), Facet("category")]
    let together = try store.counts(by: facets, of: selection)
    for (facet, counts) in zip(facets, together) {
      #expect(try store.counts(by: facet, of: selection) == counts)
    }
    let told = together.map { $0.map { "\($0.value)=\($0.count)" } }
    #expect(told[0] == ["1=4"])
    #expect(told[1] == ["kept=705", "other=4", "able=1", "rare=1"])
    #expect(told[2] == [])
    #expect(Array(told[3].dropFirst()) == ["a=2", "b=1", "b/c=1"])
  }

  @Test func `a beginning of words that are in the trash alone is one of none`() throws {
    var store = try Store.inMemory(named: "memory")
    let gone = try store.adding(draft("seaside xylophone"))
    try store.adding(draft("seal"))
    try store.changing { store throws(StoreError) in _ = try store.remove([gone]) }
    for (text, expected) in [("sea*", ["seal"]), ("xylo*", []), ("sea* seal", ["seal"])] {
      var selection = Selection()
      let query = try #require(Query.parse(text, metadataKeys: [], now: Self.now))
      selection.search = try store.prepare(query)
      #expect(try titles(selection, in: &store) == expected, "\(text)")
    }
  }
}
