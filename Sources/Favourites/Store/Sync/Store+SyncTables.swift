internal import SQLite

extension Store {
  /// Whether the file syncs.
  package func isSynced() throws(StoreError) -> Bool {
    let find = try connection.query("SELECT 1 FROM sqlite_schema WHERE name = 'sync'")
    return try find.next()
  }

  /// Creates the extra tables of a file that syncs; call it within a change.
  package func makeSyncTables() throws(StoreError) {
    try translating { try connection.execute(Schema.syncCreation) }
  }

  /// Drops them.
  package func removeSyncTables() throws(StoreError) {
    try translating { try connection.execute(Schema.syncRemoval) }
  }

  /// The sync state of the file; nil if it does not sync.
  package func syncState() throws(StoreError) -> SyncState? {
    guard try isSynced() else { return nil }
    let find = try connection.query("SELECT remote, mark, state FROM sync WHERE id = 1")
    guard try find.next() else { return SyncState() }
    guard var state = SyncState(stored: find.text(2)) else {
      throw .damage("what the file knows of its syncs cannot be read")
    }
    state.remote = find.text(0)
    state.mark = find.integer(1)
    return state
  }

  /// Saves the state.
  package func save(_ state: SyncState) throws(StoreError) {
    try connection.run(
      "INSERT OR REPLACE INTO sync(id, remote, mark, state) VALUES(1, ?, ?, ?)",
      state.remote, state.mark, state.stored)
  }

  /// Everything that a sync keeps about a thing, beside its row.
  package func syncMarks(_ kind: SyncKind, _ id: Int64) throws(StoreError) -> SyncMarks {
    var marks = SyncMarks()
    // Most things have next to none of it, which one statement finds out.
    let look = try connection.query(
      """
      SELECT EXISTS(SELECT 1 FROM sync_stamp WHERE kind = ?1 AND item = ?2),
        EXISTS(SELECT 1 FROM sync_unsent WHERE kind = ?1 AND item = ?2),
        (SELECT key FROM sync_key WHERE favourite = ?2),
        EXISTS(SELECT 1 FROM sync_opening WHERE favourite = ?2)
      """, kind.rawValue, id)
    guard try look.next() else { return marks }
    if look.integer(0) == 1 { marks.registers = try syncStamps(kind, id) }
    marks.isWhole = look.integer(1) == 1
    guard kind == .favourite else { return marks }
    if !look.isNull(2) { marks.key = look.bytes(2) }
    if look.integer(3) == 1 { marks.openings = try syncOpenings(id) }
    return marks
  }

  private func syncStamps(_ kind: SyncKind, _ id: Int64) throws(StoreError) -> [SyncMark] {
    let rows = try connection.query(
      """
      SELECT field, ms, device, correction, target, unsent FROM sync_stamp
      WHERE kind = ? AND item = ?
      """, kind.rawValue, id)
    var marks: [SyncMark] = []
    while try rows.next() { marks.append(SyncMark(field: rows.text(0), rows, from: 1)) }
    return marks
  }

  private func syncOpenings(_ favourite: Int64) throws(StoreError) -> [UID: Int64] {
    let rows = try connection.query(
      "SELECT source, count FROM sync_opening WHERE favourite = ?", favourite)
    var openings: [UID: Int64] = [:]
    while try rows.next() {
      if let source = UID(bytes: rows.bytes(0)) { openings[source] = rows.integer(1) }
    }
    return openings
  }

  /// Saves the marks, replacing previous ones.
  package func save(_ marks: SyncMarks, of kind: SyncKind, _ id: Int64) throws(StoreError) {
    try removeSyncMarks(kind, id)
    let insert = try connection.query(
      """
      INSERT INTO sync_stamp(kind, item, field, ms, device, correction, target, unsent)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for mark in marks.registers {
      insert.bind(kind.rawValue, id, mark.field)
      mark.bind(to: insert, from: 4)
      try insert.run()
    }
    if marks.isWhole {
      try connection.run("INSERT INTO sync_unsent(kind, item) VALUES(?, ?)", kind.rawValue, id)
    }
    if let key = marks.key {
      try connection.run("INSERT INTO sync_key(favourite, key) VALUES(?, ?)", id, key)
    }
    let opening = try connection.query(
      "INSERT INTO sync_opening(favourite, source, count) VALUES(?, ?, ?)")
    for (source, count) in marks.openings {
      try opening.run(id, source.bytes, count)
    }
  }

  /// Removes what a sync keeps about a thing that is gone.
  package func removeSyncMarks(_ kind: SyncKind, _ id: Int64) throws(StoreError) {
    try connection.run("DELETE FROM sync_stamp WHERE kind = ? AND item = ?", kind.rawValue, id)
    try connection.run("DELETE FROM sync_unsent WHERE kind = ? AND item = ?", kind.rawValue, id)
    guard kind == .favourite else { return }
    try connection.run("DELETE FROM sync_key WHERE favourite = ?", id)
    try connection.run("DELETE FROM sync_opening WHERE favourite = ?", id)
  }

  /// Marks everything in the file as unsent: no other device has it.
  package func markAllUnsent() throws(StoreError) {
    try translating {
      try connection.execute(
        """
        INSERT OR IGNORE INTO sync_unsent(kind, item) SELECT 1, id FROM favourite;
        INSERT OR IGNORE INTO sync_unsent(kind, item) SELECT 1, id FROM trash;
        INSERT OR IGNORE INTO sync_unsent(kind, item) SELECT 2, id FROM category;
        INSERT OR IGNORE INTO sync_unsent(kind, item) SELECT 2, id FROM trash_category;
        """)
    }
  }

  /// Marks what changes after one added in ranges as unsent, in full.
  package func markAddedUnsent(after mark: Int64) throws(StoreError) {
    try connection.run(
      """
      INSERT OR IGNORE INTO sync_unsent(kind, item)
      SELECT 1, f.id FROM change c JOIN favourite f ON f.id BETWEEN c.first_added AND c.last_added
        WHERE c.number > ?1 AND c.first_added IS NOT NULL
      UNION ALL
      SELECT 1, t.id FROM change c JOIN trash t ON t.id BETWEEN c.first_added AND c.last_added
        WHERE c.number > ?1 AND c.first_added IS NOT NULL
      """, mark)
  }

  /// The things of one kind with anything to be sent, up to a thousand after an id.
  package func unsentThings(
    _ kind: SyncKind, after id: Int64
  ) throws(StoreError) -> [Int64] {
    return try connection.integers(
      """
      SELECT item FROM sync_unsent WHERE kind = ?1 AND item > ?2
      UNION SELECT item FROM sync_stamp WHERE kind = ?1 AND item > ?2 AND unsent = 1
      ORDER BY item LIMIT 1000
      """, kind.rawValue, id)
  }

  /// Whether anything is to be sent.
  package func hasUnsentThings() throws(StoreError) -> Bool {
    let look = try connection.query(
      """
      SELECT EXISTS(SELECT 1 FROM sync_unsent)
        OR EXISTS(SELECT 1 FROM sync_stamp WHERE unsent = 1)
      """)
    return try look.next() && look.integer(0) == 1
  }

  /// The number of things to be sent, without changed things that no sync has processed yet.
  package func countUnsent() throws(StoreError) -> Int64 {
    return try connection.integer(
      """
      SELECT count(*) FROM (SELECT kind, item FROM sync_unsent
        UNION SELECT kind, item FROM sync_stamp WHERE unsent = 1)
      """) ?? 0
  }

  /// Marks everything as sent.
  package func clearUnsent() throws(StoreError) {
    try translating {
      try connection.execute(
        """
        DELETE FROM sync_unsent;
        DELETE FROM sync_stamp WHERE unsent = 1 AND ms = 0 AND correction = 0;
        UPDATE sync_stamp SET unsent = 0 WHERE unsent = 1;
        UPDATE sync_alias SET unsent = 0 WHERE unsent = 1;
        UPDATE sync_purged SET unsent = 0 WHERE unsent = 2;
        """)
    }
  }
}

extension SyncMark {
  /// Reads ms, device, correction, target and unsent from consecutive columns.
  init(field: String, _ rows: borrowing Statement, from column: Int32) {
    self.init(
      field: field, ms: rows.integer(column), device: UID(bytes: rows.bytes(column + 1)) ?? .none,
      correction: Int(clamping: rows.integer(column + 2)), target: rows.text(column + 3),
      isUnsent: rows.integer(column + 4) > 0)
  }

  /// Binds them in the same order.
  func bind(to statement: borrowing Statement, from place: Int32) {
    statement.bind(ms, device.bytes, correction, target, isUnsent ? 1 : 0, from: place)
  }
}

extension UID {
  /// A uid that no thing has.
  package static let none = UID(high: 0, low: 0)
}
