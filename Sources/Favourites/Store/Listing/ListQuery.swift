internal import SQLite

/// A listing as SQL.
///
/// Every listing follows an index in its order and stops when the page is full, unless few
/// favourites match: then it reads those and sorts them.
struct ListQuery {
  /// Where the rows come from.
  enum Source: Equatable {
    /// The tree, by rank.
    case places
    /// An index of `favourite`, or its ids.
    case favourites
    /// The titles.
    case titles
    /// The metadata values of this case-folded name; then favourites without one, by id.
    case values(String)
    /// The ids that a condition selects.
    case candidates(Fragment)
    /// Exactly these, in this order; `first` is the place of the first among all.
    case given([Int64], first: Int)
  }

  /// How a row's ordinal within its block is found.
  enum Counting {
    /// By counting rows as they come, since none is left out.
    case asTheyCome
    /// By a subquery for each: best for a page.
    case bySQL
    /// By reading the order of each block once: best for very many.
    case byBlock
    /// Not at all: the ranks are known.
    case known
    /// Not at all: ranks are not needed.
    case not
  }

  var source: Source
  var tests: [Fragment]
  var ordering: Ordering
  /// How the rows' ordinals within their blocks are found.
  var counting: Counting
  var limit: Int64
  var offset: Int64
  /// Whether the last column holds the last result of checking each link.
  var tellsSights = false
  /// Whether notes are left out.
  var isBrief = false
  /// Whether the tests need only the id of a favourite, besides its category (see
  /// `Condition.isOfID`), and all candidates are live.
  var isOfIDs = false
  /// Whether a test needs the category.
  var isInCategories = false

  /// The columns, in the order that `FavouriteRows` reads them.
  private var columns: String {
    """
    \(fields), c.name, b.id, \(counting == .bySQL ? RankLayout.ordinal.text : "0"), c.key,
    b.key, p.position
    """
  }

  /// The columns of the favourite itself. A note may be long.
  private var fields: String {
    guard isBrief else { return FavouriteColumn.listOfF.text }
    return FavouriteColumn.allCases.map { $0 == .note ? "NULL" : "f.\($0.text)" }
      .joined(separator: ", ")
  }

  private var sight: String {
    tellsSights
      ? ", (SELECT \(LinkSight.column) FROM sight s WHERE s.favourite = f.id)" : ""
  }

  /// The source that follows the order of a key.
  static func walk(by key: Ordering.Key) -> Source {
    switch key {
    case .rank, .category: .places
    case .title: .titles
    case .metadata(let name): .values(name.foldedName)
    case .column, .relevance: .favourites
    }
  }

  /// The place after which the rows begin.
  var cursor: Cursor?

  /// The whole statement.
  var statement: Fragment {
    let end = Fragment(
      sql: "\nLIMIT ? OFFSET ?", bindings: [.integer(limit), .integer(offset)])
    guard let ids = idsInOrder else {
      return result + from(source) + filter(tests + [after].compactMap { $0 })
        + Fragment(sql: "\nORDER BY \(order)") + end
    }
    return result + Fragment(sql: "\nFROM (") + ids + end
      + Fragment(sql: ") d CROSS JOIN favourite f ON f.id = d.id" + Self.placed)
  }

  /// What each row of the statement holds.
  private var result: Fragment {
    Fragment(sql: "SELECT \(columns), ") + sortValue + Fragment(sql: sight)
  }

  /// The ids in their order, where that is best found first: rows that are passed by are then not
  /// read, only ids are sorted, and favourites without a value to sort by are listed apart.
  private var idsInOrder: Fragment? {
    if let date { return ids(by: date) }
    guard let lacking else {
      let isBare = tests.isEmpty && (source == .favourites || source == .titles)
      guard isSorted || isBare && offset > 0 else { return nil }
      return ids(source, tests + [after].compactMap { $0 }, by: order)
    }
    // Sorting both together would sort everything; each of them follows an index in order. The
    // LIMIT -1 clauses keep SQLite from ignoring the order of a part.
    let isInLacking = cursor.map { lacking.includes($0.keys[0]) } ?? false
    let having = ids(
      source, tests + [lacking.opposite, isInLacking ? nil : after].compactMap { $0 }, by: order,
      following: lacking.index)
    var lacks = tests + [lacking.test]
    if isInLacking, let id = cursor?.id {
      let sign = lacking.direction == "ASC" ? ">" : "<"
      lacks.append(Fragment(sql: "f.id \(sign) ?", bindings: [.integer(id)]))
    }
    let rest = ids(.favourites, lacks, by: "f.id \(lacking.direction)")
    let parts = lacking.isFirst ? [rest, having] : [having, rest]
    let isInSecond = cursor != nil && isInLacking != lacking.isFirst
    return .joined(
      parts.dropFirst(isInSecond ? 1 : 0).map {
        Fragment(sql: "SELECT id FROM (") + $0 + Fragment(sql: "\nLIMIT -1)")
      }, by: "\nUNION ALL\n")
  }

  /// Whether the source leads to the favourites in another order than the one asked for.
  private var isSorted: Bool {
    switch source {
    case .candidates: true
    case .places: !ordering.isByRank
    case .favourites, .titles, .values, .given: false
    }
  }

  /// The date to follow, if it is one that every favourite has.
  private var date: FavouriteColumn? {
    guard source == .favourites, let column = ordering.key.column else { return nil }
    return [.createdAt, .modifiedAt].contains(column) ? column : nil
  }

  /// Ids in the order of a date, merged from the parts that are in this order.
  private func ids(by date: FavouriteColumn) -> Fragment {
    let parts = DatePart.parts(by: date, of: "f").map { part in
      Fragment(sql: "SELECT f.id AS id, \(part.date) AS date")
        + from(source, withPlace: false, following: part.index)
        + filter([Fragment(sql: part.test)] + tests + [after(by: part.date)].compactMap { $0 })
    }
    let direction = ordering.isDescending ? "DESC" : "ASC"
    return .joined(parts, by: "\nUNION ALL\n")
      + Fragment(sql: "\nORDER BY date \(direction), id \(direction)")
  }

  /// Ids from a source in an order. Without tests of the selection, nothing is joined to it.
  private func ids(
    _ source: Source, _ tests: [Fragment], by order: String, following index: String? = nil
  ) -> Fragment {
    var (id, tests) = ("f.id", tests)
    var from = self.from(
      source, withRow: !ordering.isByRank && ordering.key != .id, withPlace: ordering.isByRank,
      following: index)
    if self.tests.isEmpty {
      switch source {
      case .titles: (id, from) = ("t.favourite", Fragment(sql: "\nFROM title t"))
      case .values(let name):
        (id, from) = ("a.favourite", Fragment(sql: "\nFROM attribute a"))
        tests.append(Fragment(sql: "a.name = ?", bindings: [.text(name)]))
      case .favourites, .places, .candidates, .given: break
      }
    }
    return Fragment(sql: "SELECT \(id) AS id") + from + filter(tests)
      + Fragment(sql: "\nORDER BY \(order)")
  }

  /// The favourites without a value to sort by, where an index leads through the others.
  private struct Lacking {
    let test: Fragment
    /// The test for the others, unless all that the index leads to have one.
    var opposite: Fragment?
    /// The index that leads through the others, where it is not a table of its own.
    var index: String?
    /// Whether zero counts as no value: then they come first in ascending order.
    var isZero = false
    /// The direction of their ids.
    var direction = "ASC"

    /// Whether they come before the others.
    var isFirst: Bool { isZero && direction == "ASC" }

    /// Whether a favourite with this value, as a cursor stores it, is one of them.
    func includes(_ value: JSONValue) -> Bool {
      value == .null || isZero && value.whole.map { $0 <= 0 } ?? false
    }
  }

  private var lacking: Lacking? {
    let column = Self.expression(ordering.key)
    switch (source, ordering.key) {
    case (.values(let name), _):
      return Lacking(
        test: Fragment(
          sql: "f.id NOT IN (SELECT favourite FROM attribute WHERE name = ?)",
          bindings: [.text(name)]))
    case (.favourites, .column(.opened)):
      return Lacking(
        test: Fragment(sql: "NOT \(column) > 0"), opposite: Fragment(sql: "\(column) > 0"),
        index: "favourite_used", isZero: true, direction: ordering.isDescending ? "DESC" : "ASC")
    case (.favourites, _) where mayLack:
      return Lacking(
        test: Fragment(sql: "\(column) IS NULL"), opposite: Fragment(sql: "\(column) IS NOT NULL"),
        index: "favourite_opened")
    default: return nil
    }
  }

  /// The ids alone, without order and page.
  var ids: Fragment { members("f.id AS id") }

  /// The count, without order and page.
  var count: Fragment { members("count(*)") }

  /// Something that needs only the ids of the matching favourites.
  private func members(_ result: String) -> Fragment {
    Fragment(sql: "SELECT \(result)") + from(source, withRow: false, withPlace: false)
      + filter(tests)
  }

  /// The matching favourites, each with an additional column.
  func only(_ column: String) -> Fragment {
    Fragment(sql: "SELECT f.id, \(column)") + from(source, withPlace: false) + filter(tests)
  }

  private static let placed = """

    CROSS JOIN place p ON p.favourite = f.id
    CROSS JOIN block b ON b.id = p.block
    CROSS JOIN category c ON c.id = b.category
    """

  /// A source, joined with what is asked for and what the tests need.
  ///
  /// - Parameters:
  ///   - withRow: whether more of a favourite is asked for than its id.
  ///   - withPlace: whether its place or category is asked for.
  ///   - index: the index that has all favourites in order. Where none is named, SQLite reads all
  ///     favourites that a test has a list of, and sorts them.
  private func from(
    _ source: Source, withRow: Bool = true, withPlace: Bool = true, following index: String? = nil
  ) -> Fragment {
    let needsPlace = withPlace || !tests.isEmpty && (!isOfIDs || isInCategories)
    let place = needsPlace ? Self.placed : ""
    // CROSS JOIN makes SQLite keep this order: "the CROSS JOIN operator [is] handled specially"
    // (https://www.sqlite.org/optoverview.html#crossjoin).
    return switch source {
    case .places:
      Fragment(
        sql: """

          FROM category c
          CROSS JOIN block b ON b.category = c.id
          CROSS JOIN place p ON p.block = b.id
          CROSS JOIN favourite f ON f.id = p.favourite
          """)
    case .favourites:
      Fragment(
        sql: "\nFROM favourite f" + (index.map { " INDEXED BY \($0)" } ?? "") + place)
    case .titles:
      Fragment(sql: "\nFROM title t CROSS JOIN favourite f ON f.id = t.favourite" + place)
    case .values(let name):
      Fragment(
        sql: "\nFROM attribute a CROSS JOIN favourite f ON f.id = a.favourite AND a.name = ?"
          + place, bindings: [.text(name)])
    case .candidates(let candidates):
      Fragment(sql: "\nFROM (SELECT DISTINCT favourite AS id FROM (") + candidates
        + Fragment(
          sql: (withRow || !isOfIDs ? ")) d\nCROSS JOIN favourite f ON f.id = d.id" : ")) f")
            + place)
    case .given(let ids, _):
      // A single statement for all of them: a JSON array goes in, and rows come out in its order.
      Fragment(
        sql: "\nFROM json_each(?) d\nCROSS JOIN favourite f ON f.id = d.value" + place,
        bindings: [.text(ids.idList)])
    }
  }

  private func filter(_ tests: [Fragment]) -> Fragment {
    tests.isEmpty
      ? Fragment(sql: "") : Fragment(sql: "\nWHERE ") + .joined(tests, by: "\nAND ")
  }

  /// The value that a cursor stores beside the id; titles and metadata provide it themselves.
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

  /// The id in a direction, but always ascending among those without the value to sort by.
  private func idBehind(_ expression: String, _ direction: String) -> String {
    direction == "ASC" ? "f.id" : "iif(\(expression) IS NULL, f.id, -f.id)"
  }

  /// Whether some favourites may lack the value to sort by; they come last.
  private var mayLack: Bool { ordering.key.column?.isOptional == true }

  /// The expression for a key; an index has exactly this expression.
  private static func expression(_ key: Ordering.Key) -> String {
    key.column.map { "f.\($0.text)" } ?? "0"
  }

  /// The test for rows after the cursor, among those with the value to sort by.
  private var after: Fragment? { after(by: Self.expression(ordering.key)) }

  /// - Parameter expression: that for the key, if it is a column.
  private func after(by expression: String) -> Fragment? {
    guard let cursor else { return nil }
    let sign = cursor.ordering.isDescending ? "<" : ">"
    let id = Binding.integer(cursor.id)
    switch cursor.ordering.key {
    case .rank, .category:
      let inner = cursor.ordering.key == .rank ? sign : ">"
      let category = Binding.text(cursor.keys[0].text ?? "")
      let block = Binding.integer(cursor.keys[1].whole ?? 0)
      let position = Binding.integer(cursor.keys[2].whole ?? 0)
      // Written so that each part is tested as early as possible: blocks before the cursor's are
      // skipped without reading their favourites.
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
