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
  }

  var source: Source
  var tests: [Fragment]
  var ordering: Ordering
  /// How the rows' ordinals within their blocks are known.
  var counting: Counting
  var limit: Int64
  var offset: Int64

  /// The columns, in the order that `FavouriteRows` reads them.
  private var columns: String {
    """
    f.id, f.uid, f.title, f.url, f.note, c.name, f.tags, f.metadata, f.created_at, f.modified_at,
    f.opened_at, f.opened, c.id, b.id,
    \(counting == .bySQL ? ordinal : "0"), c.key, b.key, p.position
    """
  }

  private var ordinal: String {
    "(SELECT count(*) FROM place q WHERE q.block = p.block AND q.position <= p.position)"
  }

  /// The whole statement.
  var statement: Fragment {
    var query = Fragment(sql: "SELECT \(columns), ") + sortValue + from + filter
    query = query + Fragment(sql: "\nORDER BY \(order)")
    query =
      query
      + Fragment(sql: "\nLIMIT ? OFFSET ?", bindings: [.integer(limit), .integer(offset)])
    return query
  }

  /// The ids alone, without order and page.
  var ids: Fragment { Fragment(sql: "SELECT f.id AS id") + from + filter }

  /// The same without order and page, counted.
  var count: Fragment { Fragment(sql: "SELECT count(*)") + from + filter }

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
    case .favourites:
      Fragment(
        sql: """

          FROM favourite f
          CROSS JOIN place p ON p.favourite = f.id
          CROSS JOIN block b ON b.id = p.block
          CROSS JOIN category c ON c.id = b.category
          """)
    case .candidates(let candidates):
      Fragment(sql: "\nFROM (SELECT DISTINCT favourite FROM (") + candidates
        + Fragment(
          sql: """
            )) d
            CROSS JOIN favourite f ON f.id = d.favourite
            CROSS JOIN place p ON p.favourite = f.id
            CROSS JOIN block b ON b.id = p.block
            CROSS JOIN category c ON c.id = b.category
            """)
    case .given(let ids, _):
      // One statement for all of them: a JSON array goes in, and comes out in its order.
      Fragment(
        sql: """

          FROM json_each(?) d
          CROSS JOIN favourite f ON f.id = d.value
          CROSS JOIN place p ON p.favourite = f.id
          CROSS JOIN block b ON b.id = p.block
          CROSS JOIN category c ON c.id = b.category
          """, bindings: [.text("[" + ids.map(String.init).joined(separator: ",") + "]")])
    }
  }

  private var filter: Fragment {
    tests.isEmpty
      ? Fragment(sql: "") : Fragment(sql: "\nWHERE ") + .joined(tests, by: "\nAND ")
  }

  /// The column that a cursor remembers, beside the id.
  private var sortValue: Fragment {
    guard case .given(_, let first) = source else {
      return Fragment(sql: Self.expression(ordering.key))
    }
    return Fragment(sql: "d.key + ?", bindings: [.integer(Int64(first))])
  }

  private var order: String {
    if case .given = source { return "d.key" }
    let direction = ordering.isReversed ? "DESC" : "ASC"
    switch ordering.key {
    case .rank: return "c.key \(direction), b.key \(direction), p.position \(direction)"
    case .category: return "c.key \(direction), b.key, p.position"
    case .id: return "f.id \(direction)"
    default: return "\(Self.expression(ordering.key)) \(direction), f.id \(direction)"
    }
  }

  /// What a key sorts by; an index has just this expression.
  static func expression(_ key: Ordering.Key) -> String {
    switch key {
    case .title: "f.title COLLATE NOCASE"
    case .created: "f.created_at"
    case .modified: "f.modified_at"
    case .opened: "ifnull(f.opened_at, 0)"
    case .used: "f.opened"
    case .id: "f.id"
    case .rank, .category, .relevance: "0"
    }
  }

  /// What comes behind a cursor.
  static func after(_ cursor: Cursor) -> Fragment {
    let sign = cursor.ordering.isReversed ? "<" : ">"
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
    case .id:
      return Fragment(sql: "f.id \(sign) ?", bindings: [.integer(cursor.id)])
    default:
      let key: Binding =
        cursor.keys[0].text.map(Binding.text) ?? .integer(cursor.keys[0].whole ?? 0)
      return Fragment(
        sql: "(\(expression(cursor.ordering.key)), f.id) \(sign) (?, ?)",
        bindings: [key, .integer(cursor.id)])
    }
  }
}

extension Ordering {
  /// True when the index is walked from its end: those that list the most first do so unless reversed.
  var isReversed: Bool {
    switch key {
    case .opened, .used: !isDescending
    default: isDescending
    }
  }
}
