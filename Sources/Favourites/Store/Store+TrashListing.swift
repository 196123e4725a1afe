internal import SQLite

/// A trashed category, as the trash shows it.
package struct TrashedCategory: Equatable, Sendable {
  package let id: Int64
  package let name: String
  package let deletedAt: Timestamp
  /// How many favourites went with it and are in the trash still.
  package let count: Int64
}

extension Store {
  /// Trashed favourites, the last to go first.
  ///
  /// - Parameter before: only those trashed before this time; nil for all.
  package func trashed(
    before: Timestamp? = nil, offset: Int64 = 0, limit: Int64
  ) throws(StoreError) -> [Favourite] {
    let rows = try connection.query(
      """
      SELECT id, uid, category, change, created_at, modified_at, opened_at, opened, title, url,
        tags, metadata, note, category_name, rank, deleted_at,
        (SELECT name FROM category c WHERE c.id = trash.category)
      FROM trash WHERE deleted_at < ? ORDER BY deleted_at DESC, id DESC LIMIT ? OFFSET ?
      """)
    rows.bind(before?.milliseconds ?? .max, at: 1)
    rows.bind(limit, at: 2)
    rows.bind(offset, at: 3)
    var favourites: [Favourite] = []
    while try rows.next() {
      favourites.append(
        Favourite(
          FavouriteRecord(rows), category: rows.textOrNil(16) ?? rows.text(13),
          rank: rows.integer(14), deletedAt: Timestamp(milliseconds: rows.integer(15))))
    }
    return favourites
  }

  /// How many favourites are in the trash.
  package func trashCount() throws(StoreError) -> Int64 {
    let totals = try connection.query("SELECT trashed FROM totals")
    return try totals.next() ? totals.integer(0) : 0
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
    try ids(
      """
      SELECT id FROM trash
      WHERE (deleted_at, change)
        = (SELECT deleted_at, change FROM trash ORDER BY deleted_at DESC, id DESC LIMIT 1)
      ORDER BY rank, id
      """)
  }

  /// The favourites that one change put into the trash, and that are still there.
  package func trashed(by change: Int64) throws(StoreError) -> [Int64] {
    _ = try self.change(numbered: change)
    return try ids(
      """
      SELECT t.id FROM change_item i JOIN trash t ON t.id = i.item
      WHERE i.kind = 1 AND i.change = \(change) ORDER BY t.rank, t.id
      """)
  }

  /// All favourites in the trash, or those that went there before a time.
  package func allTrashed(before: Timestamp? = nil) throws(StoreError) -> [Int64] {
    try ids(
      "SELECT id FROM trash WHERE deleted_at < \(before?.milliseconds ?? .max) ORDER BY rank, id")
  }

  private func ids(_ sql: String) throws(StoreError) -> [Int64] {
    let rows = try connection.query(parts: sql)
    var ids: [Int64] = []
    while try rows.next() { ids.append(rows.integer(0)) }
    return ids
  }
}
