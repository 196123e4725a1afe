internal import SQLite

/// A trashed category, as the trash shows it.
package struct TrashedCategory: Equatable, Sendable {
  package let id: Int64
  package let name: String
  package let deletedAt: Timestamp
  /// How many favourites went with it and are in the trash still.
  package let count: Int64
}

/// Which favourites of the trash are meant, and in which order. Empty parts ask for nothing.
package struct TrashQuery: Sendable {
  /// What went there from this category or one below it.
  package var category: CategoryPath?
  /// With all of these tags.
  package var tags: [TagName] = []
  /// Trashed then or later.
  package var since: Timestamp?
  /// Trashed then or earlier.
  package var until: Timestamp?
  /// Put there by this change.
  package var change: Int64?
  /// With all of these words in title, URL, note or tags.
  package var words: [String] = []
  package var order = Order.deleted
  /// True for the reverse of the order.
  package var isReversed = false
  package var offset: Int64 = 0
  package var limit: Int64 = .max

  package init() {}

  /// What the trash can be sorted by.
  package enum Order: String, CaseIterable, Sendable {
    /// When it went there, the last first.
    case deleted
    /// The title, ASCII letters without case.
    case title
    /// The category it came from, then the rank it had.
    case category
    case id
  }

  /// True when all of the trash is meant.
  package var isEmpty: Bool {
    category == nil && tags.isEmpty && since == nil && until == nil && change == nil
      && words.isEmpty
  }

  fileprivate var condition: Fragment {
    var tests: [Fragment] = []
    if let category {
      let (from, to) = CategoryRecord.within(category.sortKey)
      let key = Fragment(
        sql: "(key = ? OR (key >= ? AND key < ?))",
        bindings: [.text(category.sortKey), .text(from), .text(to)])
      // One that is no more is known by its name alone.
      tests.append(
        Fragment(sql: "(t.category IN (SELECT id FROM category WHERE ") + key
          + Fragment(sql: " UNION SELECT id FROM trash_category WHERE ") + key
          + Fragment(
            sql: ") OR t.category_name = ? COLLATE NOCASE)", bindings: [.text(category.text)]))
    }
    for tag in tags {
      // The trash has no index of tags; keys are compared in the order of their spellings.
      tests.append(
        Fragment(
          sql: "EXISTS (SELECT 1 FROM json_each(t.tags) j WHERE j.value = ? COLLATE NOCASE)",
          bindings: [.text(tag.text)]))
    }
    if let since {
      tests.append(
        Fragment(sql: "t.deleted_at >= ?", bindings: [.integer(since.milliseconds)]))
    }
    if let until {
      tests.append(
        Fragment(sql: "t.deleted_at <= ?", bindings: [.integer(until.milliseconds)]))
    }
    if let change { tests.append(Fragment(sql: "t.change = ?", bindings: [.integer(change)])) }
    tests += words.map { Selection.holds($0, in: "t") }
    return tests.isEmpty ? Fragment(sql: "1") : .joined(tests, by: " AND ")
  }

  fileprivate var sorting: String {
    let direction = isReversed ? "DESC" : "ASC"
    switch order {
    case .deleted:
      let latest = isReversed ? "ASC" : "DESC"
      return "t.deleted_at \(latest), t.id \(latest)"
    case .title: return "t.title COLLATE NOCASE \(direction), t.id \(direction)"
    case .category:
      return
        "ifnull(c.name, t.category_name) COLLATE NOCASE \(direction), t.rank \(direction), t.id"
    case .id: return "t.id \(direction)"
    }
  }
}

extension Store {
  /// Trashed favourites, read one after another.
  package func trashed(_ query: TrashQuery) throws(StoreError) -> TrashRows {
    let fragment =
      Fragment(
        sql: """
          SELECT t.id, t.uid, t.category, t.change, t.created_at, t.modified_at, t.opened_at,
            t.opened, t.title, t.url, t.tags, t.metadata, t.note, t.category_name, t.rank,
            t.deleted_at, c.name
          FROM trash t LEFT JOIN category c ON c.id = t.category
          """) + Fragment(sql: " WHERE ") + query.condition
      + Fragment(
        sql: " ORDER BY \(query.sorting) LIMIT ? OFFSET ?",
        bindings: [.integer(query.limit), .integer(query.offset)])
    if !query.words.isEmpty { try translating { try connection.prepareForParts() } }
    let rows = try connection.query(parts: fragment.sql)
    fragment.bind(to: rows)
    return TrashRows(statement: rows, path: path)
  }

  /// The ids of trashed favourites.
  package func trashedIDs(_ query: TrashQuery) throws(StoreError) -> [Int64] {
    if let change = query.change { _ = try self.change(numbered: change) }
    let fragment =
      Fragment(
        sql: "SELECT t.id FROM trash t LEFT JOIN category c ON c.id = t.category WHERE ")
      + query.condition + Fragment(sql: " ORDER BY t.rank, t.id")
    if !query.words.isEmpty { try translating { try connection.prepareForParts() } }
    let rows = try connection.query(parts: fragment.sql)
    fragment.bind(to: rows)
    var ids: [Int64] = []
    while try rows.next() { ids.append(rows.integer(0)) }
    return ids
  }

  /// How many favourites of the trash are meant.
  package func countTrash(_ query: TrashQuery) throws(StoreError) -> Int64 {
    guard !query.isEmpty else { return try trashCount() }
    let fragment = Fragment(sql: "SELECT count(*) FROM trash t WHERE ") + query.condition
    if !query.words.isEmpty { try translating { try connection.prepareForParts() } }
    let rows = try connection.query(parts: fragment.sql)
    fragment.bind(to: rows)
    return try rows.next() ? rows.integer(0) : 0
  }

  /// How many favourites are in the trash.
  package func trashCount() throws(StoreError) -> Int64 {
    let totals = try connection.query("SELECT trashed FROM totals")
    return try totals.next() ? totals.integer(0) : 0
  }

  /// How many categories are in the trash.
  package func countTrashedCategories() throws(StoreError) -> Int64 {
    let count = try connection.query("SELECT count(*) FROM trash_category")
    return try count.next() ? count.integer(0) : 0
  }

  /// Trashed categories, the last to go first.
  package func trashedCategories() throws(StoreError) -> [TrashedCategory] {
    let rows = try connection.query(
      """
      SELECT id, name, deleted_at, (SELECT count(*) FROM trash t WHERE t.category = c.id)
      FROM trash_category c ORDER BY deleted_at DESC, key
      """)
    var categories: [TrashedCategory] = []
    while try rows.next() {
      categories.append(
        TrashedCategory(
          id: rows.integer(0), name: rows.text(1),
          deletedAt: Timestamp(milliseconds: rows.integer(2)), count: rows.integer(3)))
    }
    return categories
  }

  /// The favourites that the last change to put any into the trash put there, and that are still there.
  package func lastTrashed() throws(StoreError) -> [Int64] {
    let last = try connection.query(
      "SELECT change FROM trash ORDER BY deleted_at DESC, id DESC LIMIT 1")
    guard try last.next() else { return [] }
    var query = TrashQuery()
    query.change = last.integer(0)
    return try trashedIDs(query)
  }
}

/// The rows of a listing of the trash.
package struct TrashRows: ~Copyable {
  fileprivate let statement: Statement
  fileprivate let path: String

  /// The next favourite; nil at the end.
  package func next() throws(StoreError) -> Favourite? {
    guard try statement.next() else { return nil }
    let favourite = Favourite(
      FavouriteRecord(statement), category: statement.textOrNil(16) ?? statement.text(13),
      rank: statement.integer(14), deletedAt: Timestamp(milliseconds: statement.integer(15)))
    try favourite.checkJSON(in: path)
    return favourite
  }
}
