import Synchronization

@testable import Favourites

extension FuzzTarget {
  /// A search, and behind a NUL each: the keys of a cursor as JSON, and words that are looked for
  /// in words. Read, explained, compiled, and run on a few favourites in memory.
  static let query = FuzzTarget(name: "query", longest: 2_048) { bytes in
    let texts = texts(bytes)
    guard let query = parsed(texts[0]) else { return }
    try explain(query)
    try searched.withLock { store in
      try find(query, in: &store)
      if texts.count > 1 { try goOn(from: texts[1], query, in: &store) }
      if texts.count > 2 {
        var selection = Selection()
        selection.filters = texts[2...].filter { !$0.isEmpty }.map(Query.part)
        try count(selection, in: &store)
      }
    }
  }

  /// A store is made once: it would take a hundred times as long as all the rest.
  private static let searched: Mutex<Store> = {
    do {
      return Mutex(try filled())
    } catch {
      preconditionFailure("a few favourites can be kept: \(error)")
    }
  }()

  private static func filled() throws(StoreError) -> Store {
    var store = try Store.inMemory(named: "fuzz.db")
    _ = try store.change(ChangeRequest(command: "fuzz")) { (store) throws(StoreError) in
      for (index, title) in titles.enumerated() {
        var draft = Draft()
        draft.title = title
        draft.url = index % 3 == 0 ? nil : "https://example.org/\(index)?q=caf%C3%A9"
        draft.note = index % 2 == 0 ? "Seen in \(1950 + index), twice." : nil
        draft.category = try? CategoryPath.parse(index % 4 == 0 ? "books" : "books/sci-fi")
        draft.tags = (try? [TagName.parse("classic"), TagName.parse("n\(index % 5)")]) ?? []
        draft.metadata = (try? [MetadataAssignment.parse("year=\(1950 + index)")]) ?? []
        draft.opened = Int64(index % 3)
        draft.createdAt = Timestamp(milliseconds: now.milliseconds - Int64(index) * 86_400_000)
        _ = try store.add(draft, duplicates: .allow)
      }
    }
    return store
  }

  private static let titles = [
    "Dune", "The Left Hand of Darkness", "Solaris", "Musée d’Orsay", "東京物語", "Gödel, Escher, Bach",
    "C++ in a nutshell", "e\u{301}tude", "AC/DC", "naïve café", "👩‍👩‍👧 family", "İstanbul", "Straße",
    "don't", "2001", "re:invent", "-", "\"quoted\"", "ÆØÅ", "a", "the running runner runs", "ﬁne",
    "x",
  ]

  private static func parsed(_ text: String) -> Query? {
    Query.parse(text, metadataKeys: ["year", "author"], now: now)
  }

  /// What was understood can be written down, and is understood again.
  private static func explain(_ query: Query) throws {
    let explanation = query.explanation
    let again = parsed(explanation)
    try BrokenLaw.unless(
      again == query && again?.explanation.utf8.elementsEqual(explanation.utf8) == true,
      "\(explanation.debugDescription) is understood as "
        + (again?.explanation.debugDescription ?? "nothing"))
    try BrokenLaw.unless(query.simplified == query, "\(explanation) was not simplified")
  }

  /// With the index and without it, a search ends, and counts what it lists.
  private static func find(_ query: Query, in store: inout Store) throws {
    for isUnindexed in [false, true] {
      var selection = Selection()
      do throws(StoreError) {
        selection.search = try store.prepare(query, isUnindexed: isUnindexed)
      } catch .invalid {
        continue
      }
      selection.search?.tellsHits = true
      try count(selection, in: &store)
    }
  }

  private static func count(_ selection: Selection, in store: inout Store) throws {
    let count: Int64
    var listed: Int64 = 0
    do throws(StoreError) {
      count = try store.count(selection)
      var rows = try store.rows(selection, ordering: Ordering(.relevance), slice: .all)
      while try rows.next(in: &store) != nil { listed += 1 }
    } catch .invalid {
      return
    }
    try BrokenLaw.unless(count == listed, "\(count) are counted, \(listed) are listed")
  }

  /// A cursor says where a listing goes on; whoever hands it over may have made it up.
  private static func goOn(
    from json: String, _ query: Query, in store: inout Store
  ) throws {
    guard let cursor = Cursor(text: Base64URL.encode(Array(json.utf8))) else { return }
    var selection = Selection()
    if cursor.ordering.key == .relevance { selection.search = try store.prepare(query) }
    // Without words, nothing is listed by relevance.
    if cursor.ordering.key == .relevance, !selection.isRanked { return }
    var rows = try store.rows(
      selection, ordering: cursor.ordering, slice: .run(limit: 3, after: cursor))
    var listed = 0
    while try rows.next(in: &store) != nil { listed += 1 }
    try BrokenLaw.unless(listed <= 3, "\(listed) rows where 3 were wanted")
  }
}
