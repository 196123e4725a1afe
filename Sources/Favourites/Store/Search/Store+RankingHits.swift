internal import SQLite

// The order of a search: the best first.
//
// Up to `bound` hits are all ranked. If there are more, the ones ranked are the latest, the latest
// with the words in their title, and those whose title is exactly what was typed; the others
// follow, the latest first. So the order is exact up to the bound, and a word that a fifth of all
// favourites contain costs as much as a few hundred hits.

/// The hits of a search in order.
struct RankedHits {
  /// The ranked ones, the best first; then, if `restBelow` is set, the others, the latest first.
  var ids: [Int64]
  /// The scores of the ranked ones.
  let scores: [Int64: Double]
  /// The ranks of those that had to be compared by rank.
  var ranks: [Int64: Int64] = [:]
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
      return RankedHits(ids: [], scores: [:], hasMore: false)
    }
    try translating {
      try connection.prepareForSearch()
      try connection.prepareForParts()
    }
    let query = try HitQuery(selection, match, search, in: self)
    var (found, hasMore) = try newest(query, search, selection)
    let same = try hasMore && search.titleMatch != nil ? idsTitled(search) : nil
    if let same, !same.isEmpty {
      let known = Set(found.hits.map(\.id))
      found.hits += try hits(query, among: same, typed: search.tokens.count)
        .filter { !known.contains($0.id) }
    }
    let ranks = try order(&found, search, titled: same, upTo: wanted ?? .max)
    var ids = found.hits.map(\.id)
    let scores = Dictionary(found.hits.map { ($0.id, $0.score) }) { first, _ in first }
    if hasMore, wanted ?? .max > ids.count {
      for id in try rest(query, besides: scores, upTo: wanted.map { $0 - ids.count }) {
        ids.append(id)
      }
    }
    return RankedHits(ids: ids, scores: scores, ranks: ranks, hasMore: hasMore)
  }

  /// The latest hits and, if there are more, the latest with the words in their title.
  private func newest(
    _ query: borrowing HitQuery, _ search: PreparedSearch, _ selection: Selection
  ) throws(StoreError) -> (hits: FoundHits, hasMore: Bool) {
    let read = try newestRead(query, search) { (store) throws(StoreError) in
      try search.titleMatch.map { (title) throws(StoreError) in
        try HitQuery(selection, title, search, in: store)
      }
    }
    if let read { return read }
    let fragment = query.scored
    let rows = try connection.query(parts: fragment.sql)
    rows.bind(query.parameters(titledBehind: search.hasTitlesInPass ? Self.rankedLimit : nil))
    fragment.bind(to: rows, from: 2)
    let typed = search.tokens.count
    var found = FoundHits()
    var titled = 0
    while found.hits.count < Self.rankedLimit, try rows.next() {
      if let hit = rows.scoredHit(1) {
        found.hits.append(Hit(rows.integer(0), hit, typed: typed))
        if hit.isTitled { titled += 1 }
      }
    }
    guard found.hits.count == Self.rankedLimit, try rows.next() else { return (found, false) }
    guard let title = search.titleMatch else { return (found, true) }
    if search.hasTitlesInPass {
      if titled < Self.rankedLimit, let last = found.hits.last?.id, last > .min {
        let read = try titledRead(query, search, upTo: last - 1, most: Self.rankedLimit - titled)
        if let read {
          found.add(read)
          return (found, true)
        }
      }
      var isThere = true
      while isThere, titled < Self.rankedLimit {
        if let hit = rows.scoredHit(1) {
          found.hits.append(Hit(rows.integer(0), hit, typed: typed))
          titled += 1
        }
        isThere = try rows.next()
      }
      return (found, true)
    }
    rows.reset()
    let others = try HitQuery(selection, title, search, in: self)
    let rest = others.scored
    let more = try connection.query(parts: rest.sql)
    more.bind(others.parameters())
    rest.bind(to: more, from: 2)
    let known = Set(found.hits.map(\.id))
    var left = Self.rankedLimit
    while left > 0, try more.next() {
      left -= 1
      if !known.contains(more.integer(0)), let hit = more.scoredHit(1) {
        found.hits.append(Hit(more.integer(0), hit, typed: typed))
      }
    }
    return (found, true)
  }

  /// The latest favourites whose title is exactly what was typed, ignoring case.
  func idsTitled(_ search: PreparedSearch) throws(StoreError) -> [Int64] {
    try connection.integers(
      "SELECT favourite FROM title WHERE key = ? ORDER BY favourite DESC LIMIT 100",
      search.terms.map(\.text).joined(separator: " ").nameKey)
  }

  /// The hits among a few favourites.
  private func hits(
    _ query: borrowing HitQuery, among ids: [Int64], typed: Int
  ) throws(StoreError) -> [Hit] {
    let fragment = query.scored(among: ids)
    let rows = try connection.query(parts: fragment.sql)
    rows.bind(query.parameters())
    fragment.bind(to: rows, from: 2)
    var hits: [Hit] = []
    while try rows.next() {
      if let hit = rows.scoredHit(1) { hits.append(Hit(rows.integer(0), hit, typed: typed)) }
    }
    return hits
  }

  private func rest(
    _ query: borrowing HitQuery, besides ranked: [Int64: Double], upTo limit: Int?
  ) throws(StoreError) -> [Int64] {
    let fragment = query.plain
    let rows = try connection.query(fragment)
    var ids: [Int64] = []
    while ids.count < limit ?? .max, try rows.next() {
      let id = rows.integer(0)
      if ranked[id] == nil { ids.append(id) }
    }
    return ids
  }
}
