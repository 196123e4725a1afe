internal import SQLite

// The order of a search: the best first.
//
// Up to `rankedLimit` hits are all ranked. If there are more, the ones ranked are the latest, the
// latest with the words in their title, and those whose title is exactly what was typed; the others
// follow, the latest first. So the order is exact up to the limit, and a word that a fifth of all
// favourites contain costs as much as a few hundred hits.

/// The hits of a search in order.
struct RankedHits {
  /// The ranked ones, the best first; then, if there are more, the others, the latest first.
  var ids: [Int64]
  /// The scores of the ranked ones, in the same order.
  let scores: [(id: Int64, value: Double)]
  /// The ranks of those that had to be compared by rank.
  var ranks = ValuesByID<Int64>()
  /// Whether there are more hits than the ranked ones.
  let hasMore: Bool
}

extension Store {
  /// Up to how many hits are all ranked.
  static let rankedLimit = 500

  /// Finds and ranks hits.
  ///
  /// - Parameter wanted: the least number to return, from the beginning; nil for all.
  mutating func rankedHits(
    _ selection: Selection, atLeast wanted: Int?
  ) throws(StoreError) -> RankedHits {
    do throws(StoreError) {
      return try foundInOrder(selection, atLeast: wanted)
    } catch .sqlite(let error) where error.isOfIndex && readsIndex {
      // FTS5 judges whether it is damaged.
      readsIndex = false
      defer { readsIndex = true }
      return try foundInOrder(selection, atLeast: wanted)
    }
  }

  private mutating func foundInOrder(
    _ selection: Selection, atLeast wanted: Int?
  ) throws(StoreError) -> RankedHits {
    guard let search = selection.search, let match = search.match else {
      return RankedHits(ids: [], scores: [], hasMore: false)
    }
    try translating { try connection.prepareForSearch() }
    try prepareForParts()
    let query = try HitQuery(selection, match, search, in: self)
    var (found, hasMore) = try newest(query, search, selection)
    let same = try hasMore && search.titleMatch != nil ? idsTitled(search) : nil
    if let same, !same.isEmpty {
      let known = found.hits.map(\.id).sorted()
      var source = try HitSource(query, among: same.filter { !known.sortedContains($0) }, self)
      var others = ReadHits(query.expression, source, typed: search.tokens.count)
      while let hit = try source.next(connection) { others.add(hit) }
      found.add(others)
    }
    let ranks = try order(&found, search, titled: same, upTo: wanted ?? .max)
    var ids = found.hits.map(\.id)
    let scores = found.hits.map { (id: $0.id, value: $0.score) }
    if hasMore, wanted ?? .max > ids.count {
      ids += try rest(query, besides: ids.sorted(), upTo: wanted.map { $0 - ids.count })
    }
    return RankedHits(ids: ids, scores: scores, ranks: ranks, hasMore: hasMore)
  }

  /// The latest hits and, if there are more, the latest with the words in their title.
  private func newest(
    _ query: borrowing HitQuery, _ search: PreparedSearch, _ selection: Selection
  ) throws(StoreError) -> (hits: FoundHits, hasMore: Bool) {
    var source = try HitSource(
      query, titledBehind: search.hasTitlesInPass ? Self.rankedLimit : nil, self)
    var found = ReadHits(query.expression, source, typed: search.tokens.count)
    while found.count < Self.rankedLimit, let hit = try source.next(connection) { found.add(hit) }
    guard found.count == Self.rankedLimit, var next = try source.next(connection) else {
      return (FoundHits([found]), false)
    }
    guard let title = search.titleMatch else { return (FoundHits([found]), true) }
    if search.hasTitlesInPass {
      let missing = Self.rankedLimit - found.titled
      // Most of what has the words of a phrase has them apart: less of it is read where they have
      // to be in titles.
      if missing > 0, source.isOfRows || !query.expression.hasOnlyWords, let last = found.ids.last,
        last > .min,
        var titled = try HitSource(query, titledUpTo: last - 1, self)
      {
        var rest = ReadHits(query.expression, titled, typed: search.tokens.count)
        while rest.count < missing, let hit = try titled.next(connection) {
          if rest.isTitled(hit) { rest.add(hit) }
        }
        return (FoundHits([found, rest]), true)
      }
      while found.titled < Self.rankedLimit {
        if found.isTitled(next) { found.add(next) }
        guard let another = try source.next(connection) else { break }
        next = another
      }
      return (FoundHits([found]), true)
    }
    let others = try HitQuery(selection, title, search, in: self)
    source = try HitSource(others, titledBehind: nil, self)
    let known = found.ids.sorted()
    var rest = ReadHits(others.expression, source, typed: search.tokens.count)
    var left = Self.rankedLimit
    while left > 0, let hit = try source.next(connection) {
      left -= 1
      if !known.sortedContains(hit.id) { rest.add(hit) }
    }
    return (FoundHits([found, rest]), true)
  }

  /// The latest favourites whose title is exactly what was typed, ignoring case.
  func idsTitled(_ search: PreparedSearch) throws(StoreError) -> [Int64] {
    try connection.integers(
      "SELECT favourite FROM title WHERE key = ? ORDER BY favourite DESC LIMIT 100",
      search.terms.map(\.text).joined(separator: " ").nameKey)
  }

  private func rest(
    _ query: borrowing HitQuery, besides ranked: [Int64], upTo limit: Int?
  ) throws(StoreError) -> [Int64] {
    let fragment = query.plain
    let rows = try connection.query(fragment)
    var ids: [Int64] = []
    while ids.count < limit ?? .max, try rows.next() {
      let id = rows.integer(0)
      if !ranked.sortedContains(id) { ids.append(id) }
    }
    return ids
  }
}
