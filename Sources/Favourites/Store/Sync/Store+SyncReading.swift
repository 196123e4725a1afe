internal import SQLite

extension Store {
  /// A favourite, live or in the trash; nil if there is none.
  package func syncFavourite(_ id: Int64) throws(StoreError) -> SyncRow? {
    SyncRow(try state(of: id))
  }

  /// The things with a uid; one at most, unless the file is damaged.
  package func syncIDs(_ kind: SyncKind, _ uid: UID) throws(StoreError) -> [Int64] {
    switch kind {
    case .favourite:
      try [written(withUID: uid)].compactMap { $0 }
        + connection.integers("SELECT id FROM trash WHERE uid = ?", uid.bytes)
    case .category:
      try connection.integers(
        """
        SELECT id FROM category WHERE uid = ?1
        UNION ALL SELECT id FROM trash_category WHERE uid = ?1
        """, uid.bytes)
    }
  }

  /// All categories, including those in the trash, each with its parent and the last part of its
  /// name.
  ///
  /// One in the trash keeps the name that it had when it went there, so its parent comes from the
  /// data of the last sync, otherwise from its name.
  package func syncCategories() throws(StoreError) -> [(row: SyncRow, path: String)] {
    let rows = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, 0, created_at, modified_at, change, NULL
      FROM category
      UNION ALL
      SELECT id, uid, name, key, note, schema, 0, created_at, modified_at, change, deleted_at
      FROM trash_category ORDER BY id
      """)
    var records: [(record: CategoryRecord, deletedAt: Int64?)] = []
    while try rows.next() { records.append((CategoryRecord(rows), rows.integerOrNil(10))) }
    var living: [[UInt8]: Int64] = [:]
    var trashed: [[UInt8]: Int64] = [:]
    var ids: [UID: Int64] = [:]
    for (record, deletedAt) in records {
      let key = Array(record.key.utf8)
      if deletedAt == nil { living[key] = record.id } else { trashed[key] = record.id }
      ids[record.uid] = record.id
    }
    let homes = try syncHomes()
    return records.map { record, deletedAt in
      let state: CategoryState =
        deletedAt.map { .trashed(record, deletedAt: $0) } ?? .live(record)
      guard var row = SyncRow(state) else { preconditionFailure("a row that was read") }
      let path = try? CategoryPath.parse(record.name)
      row.name = path?.components.last ?? record.name
      if let parent = path?.parent {
        let key = Array(parent.sortKey.utf8)
        row.home = living[key] ?? (deletedAt == nil ? nil : trashed[key])
      }
      if deletedAt != nil, let home = homes[record.id], areSame(home.leaf, row.name),
        home.parent == nil || ids[home.parent ?? .none] != nil
      {
        row.home = home.parent.flatMap { ids[$0] }
      }
      if row.home == record.id { row.home = nil }
      return (row, record.name)
    }
  }

  /// The category with a uid, by its id and its full name, live or in the trash; nil if there is
  /// none.
  package func syncCategory(
    _ uid: UID
  ) throws(StoreError) -> (id: Int64, path: String, isLive: Bool)? {
    guard let id = try syncIDs(.category, uid).first,
      let record = try categoryState(id).record
    else { return nil }
    return (id, record.name, try categoryRecord(id) != nil)
  }

  /// Where categories were at the last sync, and their names there.
  package func syncHomes() throws(StoreError) -> [Int64: (parent: UID?, leaf: String)] {
    let rows = try connection.query("SELECT category, parent, leaf FROM sync_home")
    var homes: [Int64: (parent: UID?, leaf: String)] = [:]
    while try rows.next() {
      homes[rows.integer(0)] = (
        rows.isNull(1) ? nil : UID(bytes: rows.bytes(1)), rows.text(2)
      )
    }
    return homes
  }

  /// Saves where they are now.
  package func save(
    homes: [(category: Int64, parent: UID?, leaf: String)]
  ) throws(StoreError) {
    let delete = try connection.query("DELETE FROM sync_home")
    try delete.run()
    let insert = try connection.query(
      "INSERT INTO sync_home(category, parent, leaf) VALUES(?, ?, ?)")
    for home in homes {
      try insert.run(home.category, home.parent?.bytes, home.leaf)
    }
  }

  /// The favourites of a category, including those in the trash.
  package func syncMembers(_ category: Int64) throws(StoreError) -> [Int64] {
    return try connection.integers(
      """
      SELECT id FROM favourite WHERE id IN (
        SELECT p.favourite FROM block b JOIN place p ON p.block = b.id WHERE b.category = ?1)
      UNION ALL SELECT id FROM trash WHERE category = ?1
      """, category)
  }

  /// The favourites in the trash whose category is gone.
  package func syncOrphans() throws(StoreError) -> [Int64] {
    return try connection.integers(
      """
      SELECT id FROM trash t
      WHERE NOT EXISTS (SELECT 1 FROM category c WHERE c.id = t.category)
        AND NOT EXISTS (SELECT 1 FROM trash_category c WHERE c.id = t.category)
      """)
  }

  /// The live favourites of a category in their order, each with the key saved for its place.
  package func syncOrder(
    _ category: Int64
  ) throws(StoreError) -> [(id: Int64, uid: UID, key: [UInt8]?)] {
    var order: [(id: Int64, uid: UID, key: [UInt8]?)] = []
    try forEachInOrder(of: category) { id, uid, key in
      order.append((id, uid, key))
      return true
    }
    return order
  }

  /// Calls a closure for each of them, until it returns false.
  package func forEachInOrder(
    of category: Int64, _ body: (_ id: Int64, _ uid: UID, _ key: [UInt8]?) -> Bool
  ) throws(StoreError) {
    let rows = try connection.query(
      """
      SELECT f.id, f.uid, k.key FROM block b JOIN place p ON p.block = b.id
        JOIN favourite f ON f.id = p.favourite LEFT JOIN sync_key k ON k.favourite = f.id
      WHERE b.category = ? ORDER BY b.key, p.position
      """, category)
    while try rows.next() {
      let uid = UID(bytes: rows.bytes(1)) ?? .none
      guard body(rows.integer(0), uid, rows.isNull(2) ? nil : rows.bytes(2)) else { return }
    }
  }

  /// The last live favourite of a category, with the key saved for its place; nil if there is none.
  package func syncLast(
    _ category: Int64
  ) throws(StoreError) -> (id: Int64, uid: UID, key: [UInt8]?)? {
    let find = try connection.query(
      """
      SELECT f.id, f.uid, k.key FROM block b JOIN place p ON p.block = b.id
        JOIN favourite f ON f.id = p.favourite LEFT JOIN sync_key k ON k.favourite = f.id
      WHERE b.category = ? ORDER BY b.key DESC, p.position DESC LIMIT 1
      """, category)
    guard try find.next() else { return nil }
    return (
      find.integer(0), UID(bytes: find.bytes(1)) ?? .none, find.isNull(2) ? nil : find.bytes(2)
    )
  }

  /// The number of live favourites.
  package func syncLiveCount() throws(StoreError) -> Int64 {
    return try connection.integer("SELECT favourites FROM totals WHERE id = 1") ?? 0
  }

  /// The ids of up to a thousand live favourites after an id.
  package func syncLiving(after id: Int64) throws(StoreError) -> [Int64] {
    return try connection.integers(
      "SELECT id FROM favourite WHERE id > ? ORDER BY id LIMIT 1000", id)
  }

  /// The ids of all favourites in the file, live and in the trash.
  package func syncFavouriteIDs() throws(StoreError) -> [Int64] {
    return try connection.integers("SELECT id FROM favourite UNION ALL SELECT id FROM trash")
  }

  /// The id that the next new thing gets.
  package func nextSyncID(_ kind: SyncKind) throws(StoreError) -> Int64 {
    let find = try connection.query(
      "SELECT seq FROM sqlite_sequence WHERE name = ?",
      kind == .favourite ? "favourite" : "category")
    return (try find.next() ? find.integer(0) : 0) + 1
  }
}
