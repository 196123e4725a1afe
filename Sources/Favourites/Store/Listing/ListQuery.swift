internal import SQLite

/// A listing as SQL.
///
/// Every listing walks in its order along an index and stops when the page is full, unless few favourites
/// are meant: then it takes those and sorts them.
struct ListQuery {
  /// From where the rows come.
  enum Source: Equatable {
    /// Along the tree, by rank.
    case places
    /// Along an index of `favourite`, or by id.
    case favourites
    /// Along the titles.
    case titles
    /// Along the values of metadata of this name, given without case; then those that have none, by id.
    case values(String)
    /// From those that one condition gives.
    case candidates(Fragment)
    /// Just these, in this order; the first has this place among all.
    case given([Int64], first: Int)
  }

  /// How a row's ordinal within its block is known.
  enum Counting {
    /// Counted as the rows come, since none is left out.
    case asTheyCome
    /// Each by a small query: the best for a page.
    case bySQL
    /// From the whole order of each block, read once: the best for very many.
    case byBlock
    /// Not at all: ranks are not told.
    case not
  }

  var source: Source
  var tests: [Fragment]
  var ordering: Ordering
  /// How the rows' ordinals within their blocks are known.
  var counting: Counting
  var limit: Int64
  var offset: Int64
  /// Whether what was seen of each link is told, in the last column.
  var tellsSights = false
  /// Whether notes are left out.
  var isBrief = false
  /// Whether the tests ask for nothing of a favourite but its id: see `Condition.isOfID`.
  var isOfIDs = false

  /// The columns, in the order that `FavouriteRows` reads them.
  private var columns: String {
    """
    \(fields), c.name, b.id, \(counting == .bySQL ? ordinal : "0"), c.key,
    b.key, p.position
    """
  }

  /// Those of the favourite itself. A note may be long.
  private var fields: String {
    guard isBrief else { return FavouriteColumn.listOfF.text }
    return FavouriteColumn.allCases.map { $0 == .note ? "NULL" : "f.\($0.text)" }
      .joined(separator: ", ")
  }

  private var sight: String {
    tellsSights
      ? ", (SELECT \(LinkSight.column) FROM sight s WHERE s.favourite = f.id)" : ""
  }

  private var ordinal: String {
    "(SELECT count(*) FROM place q WHERE q.block = p.block AND q.position <= p.position)"
  }

  /// Along what the order of a key leads.
  static func walk(by key: Ordering.Key) -> Source {
    switch key {
    case .rank, .category: .places
    case .title: .titles
    case .metadata(let name): .values(name.foldedName)
    case .column, .relevance: .favourites
    }
  }

  /// Behind which place the rows begin.
  var cursor: Cursor?

  /// The whole statement.
  var statement: Fragment {
    let end = Fragment(
      sql: "\nLIMIT ? OFFSET ?", bindings: [.integer(limit), .integer(offset)])
    guard let lacking else {
      return rows(from, tests + [after].compactMap { $0 }, by: order) + end
    }
    // An order over both would sort all there is; each of them stands in an index in its order. The limits that
    // limit nothing keep SQLite from passing over the order of a part.
    let rest =
      Fragment(sql: "SELECT * FROM (") + rows(lacking.from, lacking.tests, by: "f.id ASC")
      + Fragment(sql: "\nLIMIT -1)")
    if cursor?.isBehindValues == true { return rest + end }
    return Fragment(sql: "SELECT * FROM (")
      + rows(from, tests + having + [after].compactMap { $0 }, by: order)
      + Fragment(sql: "\nLIMIT -1)\nUNION ALL\n") + rest + end
  }

  private func rows(_ source: Fragment, _ tests: [Fragment], by order: String) -> Fragment {
    Fragment(sql: "SELECT \(columns), ") + sortValue + Fragment(sql: sight) + source + filter(tests)
      + Fragment(sql: "\nORDER BY \(order)")
  }

  /// What those have to pass that have what is sorted by.
  private var having: [Fragment] {
    mayLack ? [Fragment(sql: "\(Self.expression(ordering.key)) IS NOT NULL")] : []
  }

  /// Those that lack what is sorted by, where an index leads along the others; they come last.
  private var lacking: (from: Fragment, tests: [Fragment])? {
    let lacks: Fragment
    switch (source, ordering.key) {
    case (.values(let name), _):
      lacks = Fragment(
        sql: "f.id NOT IN (SELECT favourite FROM attribute WHERE name = ?)", bindings: [.text(name)]
      )
    case (.favourites, _) where mayLack:
      lacks = Fragment(sql: "\(Self.expression(ordering.key)) IS NULL")
    default: return nil
    }
    let behind =
      cursor?.isBehindValues == true
      ? [Fragment(sql: "f.id > ?", bindings: [.integer(cursor?.id ?? 0)])] : []
    return (Self.favourites, tests + [lacks] + behind)
  }

  /// The ids alone, without order and page.
  var ids: Fragment { Fragment(sql: "SELECT f.id AS id") + members + filter(tests) }

  /// The same without order and page, counted.
  var count: Fragment { Fragment(sql: "SELECT count(*)") + members + filter(tests) }

  /// From where the ids come where nothing else is asked for.
  private var members: Fragment {
    guard case .candidates(let candidates) = source, isOfIDs else { return from }
    return Fragment(sql: "\nFROM (SELECT DISTINCT favourite AS id FROM (") + candidates
      + Fragment(sql: ")) f")
  }

  /// The favourites that are meant, each with a column of its own.
  func only(_ column: String) -> Fragment {
    Fragment(sql: "SELECT f.id, \(column)") + from + filter(tests)
  }

  private static let placed = """

    CROSS JOIN place p ON p.favourite = f.id
    CROSS JOIN block b ON b.id = p.block
    CROSS JOIN category c ON c.id = b.category
    """

  private static let favourites = Fragment(sql: "\nFROM favourite f" + placed)

  private var from: Fragment {
    // CROSS JOIN keeps SQLite to this order: "the CROSS JOIN operator [is] handled specially"
    // (https://www.sqlite.org/optoverview.html#crossjoin).
    switch source {
    case .places:
      Fragment(
        sql: """

          FROM category c
          CROSS JOIN block b ON b.category = c.id
          CROSS JOIN place p ON p.block = b.id
          CROSS JOIN favourite f ON f.id = p.favourite
          """)
    case .favourites: Self.favourites
    case .titles:
      Fragment(sql: "\nFROM title t CROSS JOIN favourite f ON f.id = t.favourite" + Self.placed)
    case .values(let name):
      Fragment(
        sql: "\nFROM attribute a CROSS JOIN favourite f ON f.id = a.favourite AND a.name = ?"
          + Self.placed, bindings: [.text(name)])
    case .candidates(let candidates):
      Fragment(sql: "\nFROM (SELECT DISTINCT favourite FROM (") + candidates
        + Fragment(sql: ")) d\nCROSS JOIN favourite f ON f.id = d.favourite" + Self.placed)
    case .given(let ids, _):
      // One statement for all of them: a JSON array goes in, and comes out in its order.
      Fragment(
        sql: "\nFROM json_each(?) d\nCROSS JOIN favourite f ON f.id = d.value" + Self.placed,
        bindings: [.text(ids.idList)])
    }
  }

  private func filter(_ tests: [Fragment]) -> Fragment {
    tests.isEmpty
      ? Fragment(sql: "") : Fragment(sql: "\nWHERE ") + .joined(tests, by: "\nAND ")
  }

  /// The column that a cursor remembers, beside the id; a title or metadata tells it itself.
  private var sortValue: Fragment {
    guard case .given(_, let first) = source, ordering.key == .relevance else {
      return Fragment(sql: Self.expression(ordering.key))
    }
    return Fragment(sql: "d.key + ?", bindings: [.integer(Int64(first))])
  }

  private var order: String {
    if case .given = source { return "d.key" }
    let direction = ordering.isDescending ? "DESC" : "ASC"
    switch ordering.key {
    case .rank: return "c.key \(direction), b.key \(direction), p.position \(direction)"
    case .category: return "c.key \(direction), b.key, p.position"
    case .column(.id): return "f.id \(direction)"
    case .title: return "t.key \(direction), t.favourite \(direction)"
    case .metadata: return "a.value \(direction), a.favourite \(direction)"
    case .column, .relevance:
      let expression = Self.expression(ordering.key)
      guard mayLack, source != .favourites else {
        return "\(expression) \(direction), f.id \(direction)"
      }
      return "\(expression) IS NULL, \(expression) \(direction), "
        + idBehind(expression, direction)
    }
  }

  /// The id in a direction, but ascending among those that lack what is sorted by.
  private func idBehind(_ expression: String, _ direction: String) -> String {
    direction == "ASC" ? "f.id" : "iif(\(expression) IS NULL, f.id, -f.id)"
  }

  /// Whether there are favourites without what is sorted by, which come last.
  private var mayLack: Bool { ordering.key.column?.isOptional == true }

  /// What a key sorts by; an index has just this expression.
  private static func expression(_ key: Ordering.Key) -> String {
    key.column.map { "f.\($0.text)" } ?? "0"
  }

  /// What comes behind the cursor, among those that have what is sorted by.
  private var after: Fragment? {
    guard let cursor else { return nil }
    let sign = cursor.ordering.isDescending ? "<" : ">"
    let id = Binding.integer(cursor.id)
    switch cursor.ordering.key {
    case .rank, .category:
      let inner = cursor.ordering.key == .rank ? sign : ">"
      let category = Binding.text(cursor.keys[0].text ?? "")
      let block = Binding.integer(cursor.keys[1].whole ?? 0)
      let position = Binding.integer(cursor.keys[2].whole ?? 0)
      // Written so that each part is tried as early as it can be: blocks before the cursor's are passed
      // over without a look at their favourites.
      return Fragment(
        sql: """
          c.key \(sign)= ?
          AND (c.key \(sign) ? OR b.key \(inner)= ?)
          AND (c.key \(sign) ? OR b.key \(inner) ? OR p.position \(inner) ?)
          """, bindings: [category, category, block, category, block, position])
    case .column(.id):
      return Fragment(sql: "f.id \(sign) ?", bindings: [id])
    case .title:
      return Fragment(
        sql: "(t.key, t.favourite) \(sign) (?, ?)",
        bindings: [.text(cursor.keys[0].text ?? ""), id])
    case .metadata:
      guard let value = SortValue(cursor.keys[0]) else { return nil }
      return Fragment(sql: "(a.value, a.favourite) \(sign) (?, ?)", bindings: [value.binding, id])
    case .column, .relevance:
      let expression = Self.expression(cursor.ordering.key)
      guard let value = cursor.keys[0].whole else {
        return Fragment(sql: "\(expression) IS NULL AND f.id > ?", bindings: [id])
      }
      let behind = Fragment(
        sql: "(\(expression), f.id) \(sign) (?, ?)", bindings: [.integer(value), id])
      return mayLack && lacking == nil
        ? Fragment(sql: "(\(expression) IS NULL OR ") + behind + Fragment(sql: ")") : behind
    }
  }
}

extension Cursor {
  /// Whether it is a place among those that lack what is sorted by.
  fileprivate var isBehindValues: Bool { keys.first == .null }
}
