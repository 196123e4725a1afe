internal import SQLite

/// The part of a listing to return.
package enum Slice: Equatable, Sendable {
  /// All of it.
  case all
  /// Page `number`, from 1, of pages of `size`.
  case page(number: Int64, size: Int64)
  /// Up to `limit` from the beginning, or from after a cursor.
  case run(limit: Int64, after: Cursor?)

  /// The start of the slice in a list in memory, from 0, and its greatest length.
  /// - Parameter place: the first place after a cursor.
  func span(behind place: (Cursor) -> Int) -> (start: Int, limit: Int) {
    switch self {
    case .all: return (0, .max)
    case .page(let number, let size):
      let (offset, isTooFar) = (number - 1).multipliedReportingOverflow(by: size)
      return (isTooFar ? .max : Int(clamping: offset), Int(clamping: size))
    case .run(let limit, let cursor): return (cursor.map(place) ?? 0, Int(clamping: limit))
    }
  }
}

extension Store {
  /// Lists favourites.
  ///
  /// The rows are read on demand; a store opened for reading sees one state of the file.
  package mutating func rows(
    _ selection: Selection, ordering: Ordering, slice: Slice
  ) throws(StoreError) -> FavouriteRows {
    forgetOldRanks()
    try writeTails()
    try checkCategories(of: selection)
    try checkChanges(of: selection.filters)
    if case .metadata(let name) = ordering.key { try checkIsUsed(name) }
    if ordering.key == .relevance, let search = selection.search, search.match != nil {
      do throws(StoreError) {
        return try rowsByRelevance(selection, ordering, slice)
      } catch .sqlite(let error) where error.isOfIndex {
        // Slower, but still complete: reads the favourites themselves.
        var selection = selection
        if let query = search.query {
          selection.search = try prepare(query, .never, isUnindexed: true)
        }
        return try rows(selection, ordering: ordering, slice: slice)
      }
    }
    // Without words to rank by, only ranks are left.
    let ordering =
      ordering.key == .relevance ? Ordering(.rank, isDescending: ordering.isDescending) : ordering
    if case .run(_, let cursor?) = slice, cursor.ordering != ordering {
      throw .invalid(
        InvalidValue(field: "the cursor", reason: "belongs to a list in another order"))
    }
    var query = try plan(selection, ordering)
    if let column = query.columnToSort { return try rows(of: query, by: column, selection, slice) }
    var before: (category: Int64, rank: Int64)?
    switch slice {
    case .all:
      if query.counting == .bySQL { query.counting = .byBlock }
    case .page(let number, let size):
      query.limit = size + 1
      // Beyond what can be counted there are no rows.
      let (offset, isTooFar) = (number - 1).multipliedReportingOverflow(by: size)
      query.offset = isTooFar ? .max : offset
      if query.counting == .asTheyCome, query.offset > 0 {
        before = try skip(query.offset, in: selection, &query)
        // There are no rows that far down.
        if before == nil { query.limit = 0 }
      }
    case .run(let limit, let cursor):
      query.limit = limit == .max ? limit : limit + 1
      if let cursor {
        query.cursor = try refreshed(cursor)
        query.counting = limit == .max ? .byBlock : .bySQL
      }
    }
    if let ids = try idsWithParts(query, of: selection) {
      return try given(
        ids, from: Int(query.offset), limit: Int(query.limit) - 1, ordering,
        highlighter: try highlighter(selection))
    }
    describe(&query)
    let fragment = query.statement
    let statement = try connection.query(fragment)
    let limit: Int64 =
      switch slice {
      case .all: .max
      case .page(_, let size): size
      case .run(let limit, _): limit
      }
    return FavouriteRows(
      statement: statement, ordering: ordering, counting: query.counting, limit: limit,
      before: before, highlighter: try highlighter(selection))
  }

  /// Refuses a selection within a category that does not exist.
  package func checkCategories(of selection: Selection) throws(StoreError) {
    for path in selection.categories where try categoryRecord(path) == nil {
      throw .noCategory(path.text)
    }
  }

  /// Refuses filters that name a change that was never made.
  func checkChanges(of filters: [Query]) throws(StoreError) {
    for case .change(let number) in filters.flatMap(\.tests) { _ = try change(numbered: number) }
  }

  /// Lists favourites in the order of their ids here, starting from one of them.
  func given(
    _ ids: [Int64], from start: Int, limit: Int, _ ordering: Ordering,
    highlighter: consuming Highlighter?, scores: ValuesByID<Double> = ValuesByID(),
    ranks: ValuesByID<Int64> = ValuesByID()
  ) throws(StoreError) -> FavouriteRows {
    let (end, isWhole) = start.addingReportingOverflow(limit)
    var around: (shown: [Int64], coming: [Int64])?
    if ordering.key == .relevance, !isWhole, end > 0, end < ids.count {
      let most = Cursor.Surroundings.most
      around = (ids[..<(end - 1)].suffix(most).reversed(), Array(ids[end...].prefix(most)))
    }
    let listed = Array(ids.dropFirst(start).prefix(limit == .max ? .max : limit + 1))
    var counting: ListQuery.Counting = listed.count > 1_000 ? .byBlock : .bySQL
    // The one more is only there to know that there are more.
    if listed.prefix(limit).allSatisfy({ ranks[$0] != nil }) { counting = .known }
    var query = ListQuery(
      source: .given(listed, first: start), tests: [], ordering: ordering, counting: counting,
      limit: -1, offset: 0)
    if listed.isEmpty { query.limit = 0 }
    describe(&query)
    let fragment = query.statement
    let statement = try connection.query(fragment)
    return FavouriteRows(
      statement: statement, ordering: ordering, counting: query.counting,
      limit: limit == .max ? .max : Int64(limit), before: nil, around: around,
      highlighter: highlighter, scores: scores, ranks: ranks)
  }

  /// Sets which data a query returns for each favourite.
  private func describe(_ query: inout ListQuery) {
    query.tellsSights = tellsSights
    guard readsBriefly else { return }
    query.isBrief = true
    query.counting = .not
  }

  func highlighter(_ selection: Selection) throws(StoreError) -> Highlighter? {
    guard let search = selection.search, search.tellsHits else { return nil }
    return Highlighter(try tokenizer(), search.marks)
  }

  /// The number of favourites in a selection, from stored counts where possible.
  package mutating func count(_ selection: Selection) throws(StoreError) -> Int64 {
    if selection.isEmpty { return Int64(try countAll()) }
    try checkCategories(of: selection)
    if selection.hasOnlyCategories { return try countCategories(selection) }
    if let search = selection.search, let match = search.match {
      do throws(StoreError) {
        return try count(selection, search, match)
      } catch .sqlite(let error) where error.isOfIndex {
        guard let query = search.query else { return 0 }
        var selection = selection
        selection.search = try prepare(query, .never, isUnindexed: true)
        return try count(selection)
      }
    }
    let query = try planUnordered(selection)
    if let count = try countWithParts(query, of: selection) { return count }
    return try connection.integer(query.count) ?? 0
  }

  /// Whether a selection has no favourites.
  package mutating func isEmpty(_ selection: Selection) throws(StoreError) -> Bool {
    var rows = try rows(selection, ordering: Ordering(.id), slice: .run(limit: 1, after: nil))
    return try rows.next(in: &self) == nil
  }

  /// The number of favourites that a search of a selection finds.
  private mutating func count(
    _ selection: Selection, _ search: PreparedSearch, _ match: SearchExpression
  ) throws(StoreError) -> Int64 {
    if selection.asksForWordsOnly {
      if let found = search.found { return Int64(found) }
      return Int64(try hits(match))
    }
    try prepareTests(of: selection)
    let query = try HitQuery(selection, match, search, in: self)
    if let count = try query.countListed(connection) { return Int64(count) }
    return try connection.integer(
      Fragment(sql: "SELECT count(*) FROM (") + query.ids + Fragment(sql: ")")) ?? 0
  }

  /// The number of favourites in a selection; where each favourite would have to be read to find
  /// them, only among the latest.
  ///
  /// - Parameter most: how many are read then.
  /// - Returns: the number, and whether it is that of all.
  package mutating func count(
    _ selection: Selection, readingAtMost most: Int64
  ) throws(StoreError) -> (number: Int64, isWhole: Bool) {
    try checkCategories(of: selection)
    var query = try plan(selection, Ordering(.id))
    // Places have an id for each favourite too, and take far fewer pages.
    if query.source == .favourites,
      let bound = try connection.integer(
        "SELECT favourite FROM place ORDER BY favourite DESC LIMIT 1 OFFSET ?", most)
    {
      query.tests.append(Fragment(sql: "f.id > ?", bindings: [.integer(bound)]))
      return (try connection.integer(query.count) ?? 0, false)
    }
    return (try connection.integer(query.count) ?? 0, true)
  }

  /// A query for the ids of the favourites in a selection.
  mutating func idQuery(_ selection: Selection) throws(StoreError) -> Fragment {
    if let search = selection.search, let match = search.match {
      try prepareTests(of: selection)
      return try HitQuery(selection, match, search, in: self).ids
    }
    return try planUnordered(selection).ids
  }

  private func countCategories(_ selection: Selection) throws(StoreError) -> Int64 {
    guard let test = selection.categoryTest else { return 0 }
    let fragment = Fragment(sql: "SELECT sum(c.count) FROM category c WHERE ") + test
    return try connection.integer(fragment) ?? 0
  }

  /// Up to how many favourites are read and sorted instead of following an index.
  private static let few: Int64 = 20_000

  /// Checks a regular expression and registers it with SQLite.
  private func prepare(pattern source: String) throws(StoreError) {
    func refusal(_ reason: String) -> StoreError {
      .invalid(InvalidValue(field: "'\(source)'", reason: "is not a pattern: \(reason)"))
    }
    // POSIX has no back references in extended expressions, and matching them can take forever.
    guard !Pattern.hasBackReference(source) else {
      throw refusal("back references are not supported")
    }
    if let mistake = Connection.mistake(inPattern: source) { throw refusal(mistake) }
    let search: PatternSearch
    do throws(Pattern.Refusal) {
      search = PatternSearch(try Pattern(source))
    } catch {
      throw refusal(error.rawValue)
    }
    try translating { try connection.prepareForPattern(search.finds(in:)) }
  }

  /// Registers what tests for a part of a text call.
  func prepareForParts() throws(StoreError) {
    let folding = PartFolding()
    try translating { try connection.prepareForParts(folding.folded, values: folding.values(of:)) }
  }

  /// Registers what the tests of a selection call.
  private func prepareTests(of selection: Selection) throws(StoreError) {
    if selection.needsParts { try prepareForParts() }
    if let pattern = selection.pattern { try prepare(pattern: pattern) }
  }

  /// A plan for what needs no order: categories have their favourites by rank.
  private func planUnordered(_ selection: Selection) throws(StoreError) -> ListQuery {
    try plan(selection, Ordering(selection.categories.isEmpty ? .id : .rank))
  }

  private func plan(_ selection: Selection, _ ordering: Ordering) throws(StoreError) -> ListQuery {
    try prepareTests(of: selection)
    let conditions = try selection.allConditions()
    // From the last rank to the first, a row's ordinal does not follow from the previous one.
    let isAscending = !ordering.isDescending
    var tests = conditions.map(\.test)
    var source = ListQuery.walk(by: ordering.key)
    if let test = selection.categoryTest {
      tests.append(test)
      if !ordering.isByRank, try countCategories(selection) <= Store.few { source = .places }
    }
    var fewest = Store.few
    var chosen: Int?
    for (index, condition) in conditions.enumerated() {
      guard let candidates = condition.candidates else { continue }
      let count = try bounded(candidates, by: fewest + 1)
      guard count <= fewest else { continue }
      (fewest, chosen) = (count, index)
      source = .candidates(candidates)
      tests =
        conditions.indices.filter { $0 != index }.map { conditions[$0].test }
        + (selection.categoryTest.map { [$0] } ?? [])
    }
    return ListQuery(
      source: source, tests: tests, ordering: ordering,
      counting: ordering.isByRank && isAscending && source == .places && conditions.isEmpty
        ? .asTheyCome : .bySQL, limit: -1, offset: 0,
      isOfIDs: conditions.indices.allSatisfy { index in
        index == chosen ? conditions[index].findsLive : conditions[index].isOfID
      }, isInCategories: !selection.categories.isEmpty)
  }

  /// The number of ids that a query returns, counted up to a bound.
  func bounded(_ candidates: Fragment, by bound: Int64) throws(StoreError) -> Int64 {
    let fragment =
      Fragment(sql: "SELECT count(*) FROM (SELECT 1 FROM (") + candidates
      + Fragment(sql: ") LIMIT ?)", bindings: [.integer(bound)])
    return try connection.integer(fragment) ?? 0
  }

  /// Starts a listing by rank at the row at an offset, so that a page costs the same however far
  /// down it is. Returns the category and rank of the previous row.
  private func skip(
    _ offset: Int64, in selection: Selection, _ query: inout ListQuery
  ) throws(StoreError) -> (category: Int64, rank: Int64)? {
    var categories = Fragment(sql: "SELECT c.id, c.key, c.count FROM category c")
    if let test = selection.categoryTest {
      categories = categories + Fragment(sql: " WHERE ") + test
    }
    let rows = try connection.query(parts: categories.sql + " ORDER BY c.key")
    categories.bind(to: rows)
    var left = offset
    while try rows.next() {
      let count = try rows.count(2)
      if left >= count {
        left -= count
        continue
      }
      let blocks = try connection.query(
        "SELECT id, key, count FROM block WHERE category = ? ORDER BY key", rows.integer(0))
      var before: Int64 = 0
      while try blocks.next() {
        let size = try blocks.count(2)
        if left >= size {
          left -= size
          before += size
          continue
        }
        // The rows before it are passed by in the order alone, so that their favourites are not
        // read.
        let position = try connection.integer(
          "SELECT position FROM place WHERE block = ? ORDER BY position LIMIT 1 OFFSET ?",
          blocks.integer(0), left)
        query.offset = position == nil ? left : 0
        let (category, block) = (Binding.text(rows.text(1)), Binding.integer(blocks.integer(1)))
        query.tests.append(
          Fragment(
            sql: """
              c.key >= ? AND (c.key > ? OR b.key >= ?)
              AND (c.key > ? OR b.key > ? OR p.position >= ?)
              """,
            bindings: [
              category, category, block, category, block, .integer(position ?? .min),
            ]))
        return (rows.integer(0), before + left)
      }
    }
    return nil
  }

  /// The number of favourites, without those in the trash.
  package func countAll() throws(StoreError) -> Int {
    let find = try connection.query("SELECT favourites FROM totals")
    return try find.next() ? Int(find.integer(0)) : 0
  }

  /// When a favourite was last changed; 1970 if there is none.
  package func latestModification() throws(StoreError) -> Timestamp {
    var latest: Int64?
    for part in DatePart.parts(by: .modifiedAt, of: "f") {
      let date = try connection.integer(
        Fragment(sql: "SELECT max(\(part.date)) FROM favourite f WHERE \(part.test)"))
      latest = [latest, date].compactMap { $0 }.max()
    }
    return Timestamp(milliseconds: latest ?? 0)
  }
}
