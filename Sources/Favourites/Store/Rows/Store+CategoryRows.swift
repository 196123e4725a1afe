internal import SQLite

// Finds, makes and changes categories; see Store+Categories.swift for what users ask for.

extension Store {
  /// The category of this path; made, with its ancestors, if it does not exist.
  mutating func category(making path: CategoryPath) throws(StoreError) -> CategoryRecord {
    let key = ByteKey(path.key)
    if let known = change?.categories[key] { return known }
    if let found = try categoryRecord(path) {
      change?.categories[key] = found
      return found
    }
    // The existing part keeps its spelling.
    let made = try spelled(path)
    let record = CategoryRecord(
      id: 0, uid: newUID(), path: made, at: changeTime.milliseconds, change: changeNumber)
    let written = try make(record)
    change?.categories[key] = written
    return written
  }

  /// Writes a new category whose parent exists; returns it with its id.
  mutating func make(_ record: CategoryRecord) throws(StoreError) -> CategoryRecord {
    let written = try insert(record)
    try self.record(.category, written.id, before: nil)
    change?.tally.categoriesAdded += 1
    return written
  }

  /// The category of this path, if it exists.
  func categoryRecord(_ path: CategoryPath) throws(StoreError) -> CategoryRecord? {
    try categoryRecord(key: path.sortKey)
  }

  /// The category with this key, if it exists.
  func categoryRecord(key: String) throws(StoreError) -> CategoryRecord? {
    let find = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, count, created_at, modified_at, change
      FROM category WHERE key = ?
      """, key)
    return try find.next() ? CategoryRecord(find) : nil
  }

  /// The category with this id, if it exists.
  func categoryRecord(_ id: Int64) throws(StoreError) -> CategoryRecord? {
    let find = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, count, created_at, modified_at, change
      FROM category WHERE id = ?
      """, id)
    return try find.next() ? CategoryRecord(find) : nil
  }

  /// A category and all its descendants, in the order of their keys.
  func categoryTree(_ record: CategoryRecord) throws(StoreError) -> [CategoryRecord] {
    let (from, to) = CategoryRecord.within(record.key)
    let find = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, count, created_at, modified_at, change
      FROM category WHERE key >= ? AND key < ? ORDER BY key
      """, from, to)
    var tree = [record]
    while try find.next() { tree.append(CategoryRecord(find)) }
    return tree
  }

  /// Where a category is now, and its data there.
  func categoryState(_ id: Int64) throws(StoreError) -> CategoryState {
    if let live = try categoryRecord(id) { return .live(live) }
    let find = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, 0, created_at, modified_at, change, deleted_at
      FROM trash_category WHERE id = ?
      """, id)
    guard try find.next() else { return .absent }
    return .trashed(CategoryRecord(find), deletedAt: find.integer(10))
  }

  /// Gives a category its target state, and records the previous one. It must be empty if it is
  /// removed.
  ///
  /// - Parameter isNew: true for a user's change, false for undo and redo.
  mutating func apply(
    _ state: CategoryState, to id: Int64, isNew: Bool
  ) throws(StoreError) {
    let before = try categoryState(id)
    guard CategoryImage.difference(from: before, to: state) != nil else { return }
    let after = isNew ? touched(state, isEdit: before.presence == state.presence) : state
    if case .live(let new) = after, let other = try categoryRecord(key: new.key), other.id != id {
      throw .categoryExists(other.name)
    }
    let image: [UInt8]? =
      if case .absent = before { nil } else { CategoryImage.difference(from: before, to: after) }
    let isFirst = try record(.category, id, before: image)
    if case .live = before, case .live(let new) = after {
      try update(new)
    } else {
      try delete(before)
      if case .live(let new) = after { _ = try insert(new) }
      if case .trashed(let new, let deletedAt) = after { try insert(new, deletedAt: deletedAt) }
    }
    change?.categories = [:]
    count(before, after, isFirst: isFirst)
  }

  /// Counts what was done to a category, as for favourites.
  private mutating func count(_ before: CategoryState, _ after: CategoryState, isFirst: Bool) {
    switch (before, after) {
    case (.absent, .trashed):
      change?.tally.categoriesTrashed += 1
      change?.discarded += 1
    case (.absent, _): change?.tally.categoriesAdded += 1
    case (_, .absent): change?.tally.categoriesRemoved += 1
    case (.live, .trashed): change?.tally.categoriesTrashed += 1
    case (.trashed, .live): change?.tally.categoriesRestored += 1
    default: if isFirst { change?.tally.categoriesEdited += 1 }
    }
  }

  private func touched(_ state: CategoryState, isEdit: Bool) -> CategoryState {
    switch state {
    case .absent: return .absent
    case .live(var record):
      record.change = changeNumber
      if isEdit { record.modifiedAt = changeTime.milliseconds }
      return .live(record)
    case .trashed(var record, let deletedAt):
      record.change = changeNumber
      return .trashed(record, deletedAt: deletedAt)
    }
  }

  private func insert(_ record: CategoryRecord) throws(StoreError) -> CategoryRecord {
    let insert = try connection.query(
      """
      INSERT INTO category(id, uid, name, key, note, schema, count, created_at, modified_at, change)
      VALUES(nullif(?, 0), ?, ?, ?, ?, ?, 0, ?, ?, ?)
      """, record.id)
    bind(record, to: insert, from: 2)
    try insert.run()
    var written = record
    written.id = connection.lastRowID
    written.count = 0
    return written
  }

  private func insert(_ record: CategoryRecord, deletedAt: Int64) throws(StoreError) {
    let insert = try connection.query(
      """
      INSERT INTO trash_category(id, uid, name, key, note, schema, created_at, modified_at, change,
        deleted_at)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, record.id)
    bind(record, to: insert, from: 2)
    insert.bind(deletedAt, from: 10)
    try insert.run()
  }

  private func update(_ record: CategoryRecord) throws(StoreError) {
    let update = try connection.query(
      """
      UPDATE category SET (uid, name, key, note, schema, created_at, modified_at, change)
        = (?, ?, ?, ?, ?, ?, ?, ?)
      WHERE id = ?
      """)
    bind(record, to: update, from: 1)
    update.bind(record.id, from: 9)
    try update.run()
  }

  private func delete(_ state: CategoryState) throws(StoreError) {
    let delete: Statement
    switch state {
    case .absent: return
    case .live: delete = try connection.query("DELETE FROM category WHERE id = ?")
    case .trashed: delete = try connection.query("DELETE FROM trash_category WHERE id = ?")
    }
    guard let record = state.record else { return }
    try delete.run(record.id)
  }

  private func bind(
    _ record: CategoryRecord, to statement: borrowing Statement, from position: Int32
  ) {
    statement.bind(
      record.uid.bytes, record.name, record.key, record.note, record.schema, record.createdAt,
      record.modifiedAt, record.change, from: position)
  }
}
