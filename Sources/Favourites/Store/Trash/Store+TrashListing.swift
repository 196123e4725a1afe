internal import SQLite

/// A trashed category, as the trash shows it.
package struct TrashedCategory: Equatable, Sendable {
  package let id: Int64
  package let name: String
  package let deletedAt: Timestamp
  /// The number of favourites that went with it and are still in the trash.
  package let count: Int64
}

/// Selects and orders favourites of the trash. Empty parts do not restrict it.
package struct TrashQuery: Equatable, Sendable {
  /// From this category or one below it.
  package var category: CategoryPath?
  /// With all of these tags.
  package var tags: [TagName] = []
  /// Trashed at this time or later.
  package var since: Timestamp?
  /// Trashed at this time or earlier.
  package var until: Timestamp?
  /// Moved there by this change.
  package var change: Int64?
  /// With all of these words in title, URL, note or tags.
  package var words: [String] = []
  /// Nil for the last trashed first.
  package var order: Order?
  /// Whether to reverse the order.
  package var isDescending = false
  package var offset: Int64 = 0
  package var limit: Int64 = .max

  package init() {}

  /// What the trash can be sorted by.
  package enum Order: String, CaseIterable, Sendable {
    /// When it was moved to the trash.
    case deleted
    /// The title, sorted as a name.
    case title
    /// The category it came from, then the rank it had.
    case category
    case id
  }

  /// Whether it is sorted by names.
  fileprivate var isByName: Bool { order == .title || order == .category }

  /// Whether all of the trash is selected.
  package var isEmpty: Bool {
    var empty = TrashQuery()
    // These only affect how it is listed.
    empty.order = order
    empty.isDescending = isDescending
    empty.offset = offset
    empty.limit = limit
    return self == empty
  }

  fileprivate func condition(in store: borrowing Store) throws(StoreError) -> Fragment {
    var tests: [Fragment] = []
    if let category {
      let (from, to) = CategoryRecord.within(category.sortKey)
      let key = Fragment(
        sql: "(key = ? OR (key >= ? AND key < ?))",
        bindings: [.text(category.sortKey), .text(from), .text(to)])
      // A category that no longer exists is known only by its name.
      let names = try store.values("SELECT DISTINCT category_name FROM trash").filter { name in
        (try? CategoryPath.parse(name)).map { areSame($0.key, category.key) } ?? false
      }
      tests.append(
        Fragment(sql: "(t.category IN (SELECT id FROM category WHERE ") + key
          + Fragment(sql: " UNION SELECT id FROM trash_category WHERE ") + key
          + Fragment(sql: ") OR t.category_name IN (") + Fragment(listing: names)
          + Fragment(sql: "))"))
    }
    for tag in tags {
      // The trash has no index of tags, so find the spellings of the tag there first.
      let names = try store.values(
        "SELECT DISTINCT j.value FROM trash t CROSS JOIN json_each(t.tags) j"
      ).filter { areSame(TagName.key(of: $0), tag.key) }
      tests.append(
        Fragment(sql: "EXISTS (SELECT 1 FROM json_each(t.tags) j WHERE j.value IN (")
          + Fragment(listing: names) + Fragment(sql: "))"))
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

  /// The order in SQL; for sorting by name, the order in which rows are read.
  fileprivate var sorting: String {
    let direction = isDescending ? "DESC" : "ASC"
    switch order {
    case nil: return "t.deleted_at DESC, t.id DESC"
    case .deleted: return "t.deleted_at \(direction), t.id \(direction)"
    case .title, .category: return "t.rank \(direction), t.id"
    case .id: return "t.id \(direction)"
    }
  }
}

extension Fragment {
  /// Texts as the values of an SQL list.
  fileprivate init(listing texts: [String]) {
    self.init(
      sql: texts.map { _ in "?" }.joined(separator: ","), bindings: texts.map(Binding.text))
  }
}

extension Store {
  /// Trashed favourites, read one by one.
  package func trashed(_ query: TrashQuery) throws(StoreError) -> TrashRows {
    if !query.words.isEmpty { try translating { try connection.prepareForParts() } }
    let columns = Fragment(
      sql: """
        SELECT \(FavouriteColumn.listOfT.text), t.category_name, t.rank, t.deleted_at, c.name
        FROM \(query.isByName ? "json_each(?) d CROSS JOIN trash t ON t.id = d.value" : "trash t")
        LEFT JOIN category c ON c.id = t.category
        """)
    var fragment: Fragment
    if query.isByName {
      let ids = try sortedTrash(query).dropFirst(Int(clamping: query.offset))
        .prefix(Int(clamping: query.limit))
      fragment = columns + Fragment(sql: " ORDER BY d.key")
      fragment.bindings = [.text(ids.idList)]
    } else {
      fragment =
        columns + Fragment(sql: " WHERE ") + (try query.condition(in: self))
        + Fragment(
          sql: " ORDER BY \(query.sorting) LIMIT ? OFFSET ?",
          bindings: [.integer(query.limit), .integer(query.offset)])
    }
    let rows = try connection.query(fragment)
    return TrashRows(statement: rows, path: path)
  }

  /// The ids of trashed favourites sorted by name, for which the trash has no index.
  private func sortedTrash(_ query: TrashQuery) throws(StoreError) -> [Int64] {
    let isByTitle = query.order == .title
    let fragment =
      Fragment(
        sql: """
          SELECT t.id, \(isByTitle ? "t.title" : "ifnull(c.name, t.category_name)")
          FROM trash t LEFT JOIN category c ON c.id = t.category WHERE
          """) + Fragment(sql: " ") + (try query.condition(in: self))
      + Fragment(
        sql:
          " ORDER BY \(isByTitle ? "t.id \(query.isDescending ? "DESC" : "ASC")" : query.sorting)")
    let rows = try connection.query(fragment)
    var found: [(key: String, place: Int, id: Int64)] = []
    while try rows.next() {
      let name = rows.text(1)
      let key = isByTitle ? name.nameKey : (try? CategoryPath.parse(name))?.sortKey ?? ""
      found.append((key, found.count, rows.integer(0)))
    }
    found.sort { first, second in
      if areSame(first.key, second.key) { return first.place < second.place }
      return first.key.utf8.lexicographicallyPrecedes(second.key.utf8) != query.isDescending
    }
    return found.map(\.id)
  }

  /// The texts that a query returns.
  fileprivate func values(_ sql: StaticString) throws(StoreError) -> [String] {
    let rows = try connection.query(sql)
    var values: [String] = []
    while try rows.next() { values.append(rows.text(0)) }
    return values
  }

  /// The ids of trashed favourites.
  package func trashedIDs(_ query: TrashQuery) throws(StoreError) -> [Int64] {
    if let change = query.change { _ = try self.change(numbered: change) }
    let fragment =
      Fragment(
        sql: "SELECT t.id FROM trash t LEFT JOIN category c ON c.id = t.category WHERE ")
      + (try query.condition(in: self)) + Fragment(sql: " ORDER BY t.rank, t.id")
    if !query.words.isEmpty { try translating { try connection.prepareForParts() } }
    let rows = try connection.query(fragment)
    var ids: [Int64] = []
    while try rows.next() { ids.append(rows.integer(0)) }
    return ids
  }

  /// The number of selected favourites in the trash.
  package func countTrash(_ query: TrashQuery) throws(StoreError) -> Int64 {
    guard !query.isEmpty else { return try trashCount() }
    let fragment =
      Fragment(sql: "SELECT count(*) FROM trash t WHERE ")
      + (try query.condition(in: self))
    if !query.words.isEmpty { try translating { try connection.prepareForParts() } }
    return try connection.integer(fragment) ?? 0
  }

  /// The number of favourites in the trash.
  package func trashCount() throws(StoreError) -> Int64 {
    return try connection.integer("SELECT trashed FROM totals") ?? 0
  }

  /// The number of categories in the trash.
  package func countTrashedCategories() throws(StoreError) -> Int64 {
    return try connection.integer("SELECT count(*) FROM trash_category") ?? 0
  }

  /// Trashed categories, the last trashed first.
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

  /// The favourites that are still in the trash from the last change that moved any there.
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
    let trashing = Trashing(statement)
    let favourite = Favourite(
      FavouriteRecord(statement),
      category: statement.textOrNil(FavouriteColumn.count + 3) ?? trashing.categoryName,
      rank: trashing.rank, deletedAt: Timestamp(milliseconds: trashing.deletedAt))
    try favourite.checkJSON(in: path)
    return favourite
  }
}
