internal import SQLite

/// A search with its filters as SQL.
struct HitQuery: ~Copyable {
  private let from: Fragment
  let expression: SearchExpression
  /// How the index is read as it is in the file; nil if the hits are better left to FTS5.
  private let reading: Reading?
  /// Whether the query needs only the ids of favourites, so that no favourite has to be read.
  private let isOfIDs: Bool
  /// The id of a hit as FTS5 knows it: see `bothIDs`.
  private let hit: String

  /// What hits that are read from the index have to pass besides.
  private struct Reading {
    /// The favourites among which they have to be, as a list of ids in SQL; nil for all.
    var listed: Fragment?
    /// As SQL over `f.id`; nil for nothing.
    let test: Fragment?
  }

  init(
    _ selection: Selection, _ match: SearchExpression, _ search: PreparedSearch,
    in store: borrowing Store
  ) throws(StoreError) {
    var expression = match
    var conditions = try (selection.conditionsBesidesSearch() + search.conditions).united
    if let place = try SearchCompiler.expression(inCategoriesOf: selection, store) {
      expression = .all([place, expression])
    } else if let test = selection.categoryTest {
      conditions.append(Condition(test: Fragment(sql: "(") + test + Fragment(sql: ")")))
    }
    let fewest = try store.fewest(conditions)
    let few = fewest.flatMap { $0.count <= Self.few ? $0.candidates : nil }
    var isNarrow = conditions.isEmpty
    if few == nil {
      // The index finds those with a tag without a look at each.
      let filters = selection.otherFilters + (search.query?.parts ?? [])
      for case .test(.tag(let tag)) in filters {
        guard let words = try store.words(of: tag) else { continue }
        expression = .all([words, expression])
        isNarrow = true
      }
    }
    let isOfIDs = conditions.allSatisfy(\.isOfID)
    let hit = isOfIDs ? "f.hit" : "s.rowid"
    var rest = conditions
    if let fewest { rest.remove(at: fewest.index) }
    let reading: Reading?
    if !store.mayRead(expression) {
      reading = nil
    } else if let fewest, rest.allSatisfy(\.isOfID) {
      reading = Reading(listed: fewest.candidates, test: Self.test(rest))
    } else {
      reading = isNarrow && isOfIDs ? Reading(test: Self.test(conditions)) : nil
    }
    var sql = Fragment(
      sql: isOfIDs
        ? "FROM search WHERE search MATCH ?"
        : """
        FROM search s CROSS JOIN favourite f ON f.id = s.rowid
        CROSS JOIN category c ON c.id = f.category
        WHERE s.search MATCH ?
        """, bindings: [.text(expression.text)])
    if isOfIDs { sql = sql + Fragment(sql: ") f") }
    if let test = Self.test(conditions) {
      sql = sql + Fragment(sql: isOfIDs ? " WHERE " : " AND ") + test
    } else if isOfIDs {
      sql = sql + Fragment(sql: " WHERE 1")
    }
    if let few {
      sql =
        sql + Fragment(sql: " AND \(hit) IN (SELECT favourite FROM (") + few + Fragment(sql: "))")
    }
    from = sql
    self.expression = expression
    self.reading = reading
    self.isOfIDs = isOfIDs
    self.hit = hit
  }

  /// All conditions as one test; nil for none.
  private static func test(_ conditions: [Condition]) -> Fragment? {
    conditions.isEmpty ? nil : .joined(conditions.map(\.test), by: " AND ")
  }

  /// The hits as the index has them in the file; nil if they are better left to FTS5.
  ///
  /// - Parameters:
  ///   - limit: the highest id to find.
  ///   - onlyTitled: as for `IndexHits`.
  func read(
    upTo limit: Int64 = .max, onlyTitled: Bool = false, _ connection: borrowing Connection
  ) throws(StoreError) -> PassingHits? {
    guard let reading else { return nil }
    var listed: [Int64]?
    if let few = reading.listed { listed = try connection.integers(few).sorted() }
    guard
      let hits = try IndexHits(
        expression, among: listed, upTo: limit, onlyTitled: onlyTitled, connection)
    else { return nil }
    return PassingHits(hits, reading.test)
  }

  /// The number of hits, where few favourites come into question; nil otherwise.
  func countListed(_ connection: borrowing Connection) throws(StoreError) -> Int? {
    guard reading?.listed != nil else { return nil }
    do throws(StoreError) {
      guard var hits = try read(connection) else { return nil }
      return try hits.countAll(connection)
    } catch .sqlite(let error) where error.isOfIndex {
      // FTS5 judges whether it is damaged.
      return nil
    }
  }

  /// Up to how many favourites FTS5 looks up one by one.
  static let few: Int64 = 500
  /// Up to how many favourites are listed, and the index read for them alone.
  static let most: Int64 = 20_000
  /// The same where they would have to be listed in any case, since no row tells whether it passes.
  static let mostOfIDs: Int64 = 500_000

  /// The word that each phrase is a form of, as `favs_counts` takes it.
  var groups: [UInt8] {
    expression.forms.map { $0.weight > 0 ? UInt8(clamping: $0.group) : .max }
  }

  private var select: Fragment {
    let title = SearchColumn.title.rawValue
    return Fragment(
      sql: isOfIDs
        ? "SELECT f.id, f.counts FROM (SELECT \(Self.bothIDs), favs_counts(search, ?, ?, \(title)) "
          + "AS counts "
        : "SELECT s.rowid, favs_counts(s.search, ?, ?, \(title)) ")
  }

  /// The id twice: FTS5 knows `hit`, to look it up and to sort by it. `id` it does not, which tests
  /// are put to: it would look up each favourite that a test has a list of, however many.
  private static let bothIDs = "rowid AS hit, +rowid AS id"

  /// The hits and what they have of each phrase, the latest first.
  var counted: Fragment { select + from + Fragment(sql: " ORDER BY \(hit) DESC") }

  /// The same among a few favourites.
  func counted(among ids: [Int64]) -> Fragment {
    let list = ids.map(String.init).joined(separator: ",")
    return select + from + Fragment(sql: " AND \(hit) IN (\(list))")
  }

  /// All hits.
  var ids: Fragment {
    Fragment(
      sql: isOfIDs ? "SELECT f.id AS id FROM (SELECT \(Self.bothIDs) " : "SELECT s.rowid AS id ")
      + from
  }

  /// All hits, the latest first.
  var plain: Fragment { ids + Fragment(sql: " ORDER BY \(hit) DESC") }
}

extension Store {
  /// The condition that the fewest favourites pass, if they are few enough to list them.
  fileprivate func fewest(
    _ conditions: [Condition]
  ) throws(StoreError) -> (index: Int, candidates: Fragment, count: Int64)? {
    var fewest: (index: Int, candidates: Fragment, count: Int64)?
    for (index, condition) in conditions.enumerated() {
      guard let candidates = condition.candidates else { continue }
      // Words lead to more of them as quickly, and nothing has to be counted for that.
      let most =
        condition.hasWords
        ? HitQuery.few : condition.isOfID ? HitQuery.mostOfIDs : HitQuery.most
      let bound = min(most, (fewest?.count ?? .max) - 1)
      let count = try bounded(candidates, by: bound + 1)
      if count <= bound { fewest = (index, candidates, count) }
    }
    return fewest
  }

  /// An expression for the favourites with a tag, and for some others; nil if there is none.
  fileprivate func words(of tag: TagName) throws(StoreError) -> SearchExpression? {
    let names = try connection.query("SELECT name FROM tag WHERE key = ?", tag.key)
    let tokenizer = try tokenizer()
    var phrases: [[String]] = []
    while try names.next() {
      let tokens = tokenizer.tokens(of: SearchText.prepared(names.text(0))).map(\.text)
      guard !tokens.isEmpty else { return nil }
      phrases.append(tokens)
    }
    return phrases.isEmpty ? nil : .inTags(phrases)
  }
}
