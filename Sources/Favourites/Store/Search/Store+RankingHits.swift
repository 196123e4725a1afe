internal import SQLite

// The order of a search: the best first.
//
// Up to `bound` hits are all ranked. If there are more, the ones ranked are the latest, the latest
// with the words in their title, and those whose title is exactly what was typed; the others
// follow, the latest first. So the order is exact up to the bound, and a word that a fifth of all
// favourites contain costs as much as a few hundred hits.

/// A favourite that was found, and how well it matches.
struct Hit {
  let id: Int64
  var score: Double
  /// Whether all words are in its title; only known if requested.
  let isTitled: Bool
  /// Whether its title may be like what was typed.
  var mayBeLike = true
  var rank: Int64 = 0
}

extension Hit {
  /// Reads a row of an id and the result of `favs_score`: negative if the words are not all in the
  /// title.
  fileprivate init(_ row: borrowing Statement) {
    let value = row.double(1)
    self.init(id: row.integer(0), score: abs(value), isTitled: value.sign == .plus)
  }
}

/// The hits of a search in order.
struct RankedHits {
  /// The ranked ones, the best first; then, if `restBelow` is set, the others, the latest first.
  var ids: [Int64]
  /// The scores of the ranked ones.
  let scores: [Int64: Double]
  /// Whether there are more hits than the ranked ones.
  let hasMore: Bool
}

extension Store {
  /// Up to how many hits are all ranked.
  static let rankedLimit = 500
  /// How many of the best hits have their titles compared with what was typed.
  static let comparedLimit = 100

  /// Finds and ranks hits.
  ///
  /// - Parameter wanted: the least number to return, from the beginning; nil for all.
  mutating func rankedHits(
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
    var (found, hasMore) = try newest(query, search, selection, upTo: wanted ?? .max)
    if hasMore, search.titleMatch != nil {
      let known = Set(found.map(\.id))
      found += try hits(query, titled: search).filter { !known.contains($0.id) }
    }
    try sort(&found, search, upTo: wanted ?? .max)
    var ids = found.map(\.id)
    let scores = Dictionary(found.map { ($0.id, $0.score) }) { first, _ in first }
    if hasMore, wanted ?? .max > ids.count {
      for id in try rest(query, besides: scores, upTo: wanted.map { $0 - ids.count }) {
        ids.append(id)
      }
    }
    return RankedHits(ids: ids, scores: scores, hasMore: hasMore)
  }

  /// The latest hits and, if there are more, the latest with the words in their title.
  private func newest(
    _ query: borrowing HitQuery, _ search: PreparedSearch, _ selection: Selection,
    upTo wanted: Int
  ) throws(StoreError) -> (hits: [Hit], hasMore: Bool) {
    if query.isOfWordsOnly {
      let read = try newestRead(query.expression, search, upTo: wanted) {
        (store) throws(StoreError) in
        try search.titleMatch.map { (title) throws(StoreError) in
          try HitQuery(selection, title, search, in: store).expression
        }
      }
      if let read { return read }
    }
    let fragment = query.scored
    let rows = try connection.query(parts: fragment.sql)
    rows.bind(query.parameters(titledBehind: search.hasTitlesInPass ? Self.rankedLimit : nil))
    fragment.bind(to: rows, from: 2)
    var found: [Hit] = []
    while found.count < Self.rankedLimit, try rows.next() { found.append(Hit(rows)) }
    guard found.count == Self.rankedLimit, try rows.next() else { return (found, false) }
    guard let title = search.titleMatch else { return (found, true) }
    if search.hasTitlesInPass {
      var titled = found.count { $0.isTitled }
      if query.isOfWordsOnly, titled < Self.rankedLimit, let last = found.last?.id, last > .min {
        let read = try titledRead(
          query.expression, search, upTo: last - 1, most: Self.rankedLimit - titled)
        if let read { return (found + read, true) }
      }
      var isThere = true
      while isThere, titled < Self.rankedLimit {
        if !rows.isNull(1) {
          found.append(Hit(rows))
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
    let known = Set(found.map(\.id))
    var left = Self.rankedLimit
    while left > 0, try more.next() {
      left -= 1
      if !known.contains(more.integer(0)) { found.append(Hit(more)) }
    }
    return (found, true)
  }

  /// Hits whose title is exactly what was typed, ignoring case.
  private func hits(
    _ query: borrowing HitQuery, titled search: PreparedSearch
  ) throws(StoreError) -> [Hit] {
    let title = search.terms.map(\.text).joined(separator: " ")
    let ids = try connection.integers(
      "SELECT favourite FROM title WHERE key = ? ORDER BY favourite DESC LIMIT 100", title.nameKey)
    guard !ids.isEmpty else { return [] }
    let fragment = query.scored(among: ids)
    let rows = try connection.query(parts: fragment.sql)
    rows.bind(query.parameters())
    fragment.bind(to: rows, from: 2)
    var hits: [Hit] = []
    while try rows.next() { hits.append(Hit(rows)) }
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

  /// Sorts the best first: by score, which is higher if the title is what was typed; then by rank,
  /// then the latest first.
  private mutating func sort(
    _ hits: inout [Hit], _ search: PreparedSearch, upTo wanted: Int
  ) throws(StoreError) {
    hits.sort { ($0.score, $0.id) > ($1.score, $1.id) }
    let best = min(hits.count, Self.comparedLimit)
    guard best > 1 else { return }
    let tokenizer = try tokenizer()
    let titles = try connection.query("SELECT title FROM favourite WHERE id = ?")
    for index in 0..<best where hits[index].mayBeLike {
      titles.reset()
      titles.bind(hits[index].id)
      guard try titles.next() else { continue }
      let tokens = tokenizer.tokens(of: SearchText.prepared(titles.text(0))).map(\.text)
      hits[index].score *= Self.likeness(of: tokens, to: search.tokens)
    }
    titles.reset()
    hits[..<best].sort { ($0.score, $0.id) > ($1.score, $1.id) }
    // Hits that the index scores alike are ordered by their ranks.
    var start = 0
    while start < best {
      var end = start + 1
      while end < best, hits[end].score == hits[start].score { end += 1 }
      if end - start > 1, start < min(wanted, Self.tiesLimit) {
        try rank(&hits[start..<end], upTo: wanted - start)
      }
      start = end
    }
  }

  /// Sorts hits by rank, the first of them; those that follow are not needed in order.
  private mutating func rank(
    _ hits: inout ArraySlice<Hit>, upTo wanted: Int
  ) throws(StoreError) {
    if hits.count > wanted {
      // Counting within a block is most of the work: a favourite comes after all blocks before its
      // own.
      for index in hits.indices { hits[index].rank = try least(rankOf: hits[index].id) }
      hits.sort { $0.rank < $1.rank }
    }
    // The ranks of the best so far, ascending.
    var best: [Int64] = []
    for index in hits.indices {
      if best.count == wanted, hits[index].rank > best[wanted - 1] { break }
      let rank = try rank(of: hits[index].id) ?? 0
      hits[index].rank = rank
      guard hits.count > wanted else { continue }
      best.insert(rank, at: best.partitionPoint { $0 >= rank })
      if best.count > wanted { best.removeLast() }
    }
    hits.sort { ($0.rank, $1.id) < ($1.rank, $0.id) }
  }

  /// The rank of the first favourite of the same block.
  private mutating func least(rankOf favourite: Int64) throws(StoreError) -> Int64 {
    forgetOldRanks()
    try writeTails()
    let find = try connection.query(
      """
      SELECT b.id, b.category FROM place p JOIN block b ON b.id = p.block WHERE p.favourite = ?
      """, favourite)
    guard try find.next() else { return 0 }
    return try ranks.count(before: find.integer(0), in: find.integer(1), using: connection) + 1
  }

  /// Up to which place ties are ordered by rank.
  private static let tiesLimit = 60

  /// The factor for a hit's title: exactly what was typed, beginning with it, or containing it as
  /// consecutive words.
  private static func likeness(of title: [String], to typed: [String]) -> Double {
    guard !typed.isEmpty, title.count >= typed.count else { return 1 }
    if title == typed { return 3 }
    if title.starts(with: typed) { return 1.3 }
    guard typed.count > 1 else { return 1 }
    for start in 1..<(title.count - typed.count + 1)
    where title[start..<(start + typed.count)].elementsEqual(typed) { return 1.15 }
    return 1
  }
}

/// A search with its filters as SQL.
private struct HitQuery: ~Copyable {
  private let from: Fragment
  let expression: SearchExpression
  /// Whether there is nothing but the expression.
  let isOfWordsOnly: Bool
  /// Whether the query needs only the ids of favourites, so that no favourite has to be read.
  private let isOfIDs: Bool

  init(
    _ selection: Selection, _ match: SearchExpression, _ search: PreparedSearch,
    in store: borrowing Store
  ) throws(StoreError) {
    var expression = match
    var conditions = try selection.conditionsBesidesSearch() + search.conditions
    if !selection.categories.isEmpty {
      let compiler = try SearchCompiler.make(store, isUnindexed: false)
      if let place = compiler.expression(in: selection.categories) {
        expression = .all([place, expression])
      } else if let test = selection.categoryTest {
        conditions.append(Condition(test: Fragment(sql: "(") + test + Fragment(sql: ")")))
      }
    }
    let tests = Fragment.joined(conditions.map(\.test), by: " AND ")
    var few: Fragment?
    // If another condition matches few favourites, those are looked up in the index.
    for condition in conditions {
      guard let candidates = condition.candidates else { continue }
      guard try store.bounded(candidates, by: HitQuery.few + 1) <= HitQuery.few else { continue }
      few = candidates
      break
    }
    isOfIDs = conditions.allSatisfy(\.isOfID)
    isOfWordsOnly = conditions.isEmpty
    var sql = Fragment(
      sql: isOfIDs
        ? "FROM search WHERE search MATCH ?"
        : """
        FROM search s CROSS JOIN favourite f ON f.id = s.rowid
        CROSS JOIN category c ON c.id = f.category
        WHERE s.search MATCH ?
        """, bindings: [.text(expression.text)])
    if isOfIDs { sql = sql + Fragment(sql: ") f") }
    if !conditions.isEmpty {
      sql = sql + Fragment(sql: isOfIDs ? " WHERE " : " AND ") + tests
    } else if isOfIDs {
      sql = sql + Fragment(sql: " WHERE 1")
    }
    if let few {
      sql =
        sql + Fragment(sql: " AND \(isOfIDs ? "f.id" : "s.rowid") IN (SELECT favourite FROM (")
        + few
        + Fragment(sql: "))")
    }
    from = sql
    self.expression = expression
  }

  /// Up to how many favourites are looked up one by one.
  private static let few: Int64 = 500

  /// The weights of the columns, then the weight and group of each phrase, then the limit, if
  /// given.
  ///
  /// - Parameter limit: after how many hits only those with all words in their title are scored.
  func parameters(titledBehind limit: Int? = nil) -> [UInt8] {
    var numbers = SearchExpression.weights
    for form in expression.forms { numbers += [form.weight, Double(form.group)] }
    if let limit { numbers.append(Double(limit)) }
    // In C's memory layout.
    let isLittle = 1.littleEndian == 1
    return numbers.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * (isLittle ? $0 : 7 - $0))) }
    }
  }

  private var select: Fragment {
    Fragment(
      sql: isOfIDs
        ? "SELECT f.id, f.score FROM (SELECT rowid AS id, favs_score(search, ?) AS score "
        : "SELECT s.rowid, favs_score(s.search, ?) ")
  }

  private var id: String { isOfIDs ? "f.id" : "s.rowid" }

  /// The hits with their scores, the latest first.
  var scored: Fragment { select + from + Fragment(sql: " ORDER BY \(id) DESC") }

  /// The scored hits among a few favourites.
  func scored(among ids: [Int64]) -> Fragment {
    let list = ids.map(String.init).joined(separator: ",")
    return select + from + Fragment(sql: " AND \(id) IN (\(list))")
  }

  /// All hits, the latest first.
  var plain: Fragment {
    Fragment(sql: isOfIDs ? "SELECT f.id FROM (SELECT rowid AS id " : "SELECT s.rowid ") + from
      + Fragment(sql: " ORDER BY \(id) DESC")
  }
}
