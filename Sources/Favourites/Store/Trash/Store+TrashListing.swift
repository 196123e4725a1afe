internal import SQLite

/// A trashed category, as the trash shows it.
package struct TrashedCategory: Equatable, Sendable {
  package let id: Int64
  package let name: String
  package let deletedAt: Timestamp
  /// The number of favourites that went with it and are still in the trash.
  package let count: Int64
}

extension Store {
  /// Trashed favourites, read one by one.
  package func trashed(_ query: TrashQuery) throws(StoreError) -> TrashRows {
    let columns = Fragment(
      sql: """
        SELECT \(FavouriteColumn.listOfT.text), \(FavouriteSQL.categoryOfTrashed.text), t.rank,
          t.deleted_at
        FROM \(query.isByName ? "json_each(?) d CROSS JOIN trash t ON t.id = d.value" : "trash t")
        """)
    var fragment: Fragment
    if query.isByName {
      let ids = try sortedTrash(query).dropFirst(Int(clamping: query.offset))
        .prefix(Int(clamping: query.limit))
      fragment = columns + Fragment(sql: " ORDER BY d.key")
      fragment.bindings = [.text(ids.idList)]
    } else {
      fragment =
        columns + Fragment(sql: " WHERE ") + (try condition(query))
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
          SELECT t.id, \(isByTitle ? "t.title" : FavouriteSQL.categoryOfTrashed.text)
          FROM trash t WHERE
          """) + Fragment(sql: " ") + (try condition(query))
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

  /// The ids of trashed favourites.
  package func trashedIDs(_ query: TrashQuery) throws(StoreError) -> [Int64] {
    let fragment =
      Fragment(sql: "SELECT t.id FROM trash t WHERE ") + (try condition(query))
      + Fragment(sql: " ORDER BY t.rank, t.id")
    let rows = try connection.query(fragment)
    var ids: [Int64] = []
    while try rows.next() { ids.append(rows.integer(0)) }
    return ids
  }

  /// The number of selected favourites in the trash.
  package func countTrash(_ query: TrashQuery) throws(StoreError) -> Int64 {
    guard !query.filters.isEmpty else { return try trashCount() }
    let fragment =
      Fragment(sql: "SELECT count(*) FROM trash t WHERE ")
      + (try condition(query))
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
    return try trashedIDs(TrashQuery(.change(last.integer(0))))
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
      category: trashing.categoryName, rank: trashing.rank,
      deletedAt: Timestamp(milliseconds: trashing.deletedAt))
    try favourite.checkJSON(in: path)
    return favourite
  }
}
