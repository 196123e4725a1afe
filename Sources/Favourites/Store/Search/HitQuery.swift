internal import SQLite

/// A search with its filters as SQL.
struct HitQuery: ~Copyable {
  private let from: Fragment
  let expression: SearchExpression
  /// What the hits of the expression have to pass besides; nil for nothing.
  private let test: Fragment?
  /// Whether the expression finds few that do not pass.
  private let isNarrow: Bool
  /// Whether the query needs only the ids of favourites, so that no favourite has to be read.
  private let isOfIDs: Bool
  /// The id of a hit as FTS5 knows it: see `bothIDs`.
  private let hit: String

  init(
    _ selection: Selection, _ match: SearchExpression, _ search: PreparedSearch,
    in store: borrowing Store
  ) throws(StoreError) {
    var expression = match
    var conditions = try selection.conditionsBesidesSearch() + search.conditions
    if let place = try SearchCompiler.expression(inCategoriesOf: selection, store) {
      expression = .all([place, expression])
    } else if let test = selection.categoryTest {
      conditions.append(Condition(test: Fragment(sql: "(") + test + Fragment(sql: ")")))
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
    isOfIDs = conditions.allSatisfy(\.isOfID)
    hit = isOfIDs ? "f.hit" : "s.rowid"
    test = conditions.isEmpty ? nil : tests
    self.isNarrow = isNarrow
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
        sql + Fragment(sql: " AND \(hit) IN (SELECT favourite FROM (") + few + Fragment(sql: "))")
    }
    from = sql
    self.expression = expression
  }

  /// The hits as the index has them in the file; nil if they are better left to FTS5.
  ///
  /// - Parameters:
  ///   - limit: the highest id to find.
  ///   - onlyTitled: as for `IndexHits`.
  func read(
    upTo limit: Int64 = .max, onlyTitled: Bool = false, _ connection: borrowing Connection
  ) throws(StoreError) -> PassingHits? {
    guard isNarrow, isOfIDs,
      let hits = try IndexHits(expression, upTo: limit, onlyTitled: onlyTitled, connection)
    else { return nil }
    return PassingHits(hits, test)
  }

  /// Up to how many favourites are looked up one by one.
  private static let few: Int64 = 500

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
