internal import SQLite

extension Store {
  /// The uids that turned out to belong to the same thing.
  package func syncAliases() throws(StoreError) -> [(
    kind: SyncKind, source: UID, target: UID, isUnsent: Bool
  )] {
    let rows = try connection.query("SELECT kind, source, target, unsent FROM sync_alias")
    var aliases: [(kind: SyncKind, source: UID, target: UID, isUnsent: Bool)] = []
    while try rows.next() {
      guard let kind = SyncKind(rawValue: rows.integer(0)), let source = UID(bytes: rows.bytes(1)),
        let target = UID(bytes: rows.bytes(2))
      else { continue }
      aliases.append((kind, source, target, rows.integer(3) == 1))
    }
    return aliases
  }

  /// Saves an alias.
  package func saveAlias(
    _ kind: SyncKind, _ source: UID, _ target: UID, isUnsent: Bool
  ) throws(StoreError) {
    try connection.run(
      "INSERT OR REPLACE INTO sync_alias(source, target, kind, unsent) VALUES(?, ?, ?, ?)",
      source.bytes, target.bytes, kind.rawValue, isUnsent ? 1 : 0)
  }

  /// The things deleted for good. The mark's field is empty.
  package func syncPurges() throws(StoreError) -> [(uid: UID, kind: SyncKind, mark: SyncMark)] {
    let rows = try connection.query(
      "SELECT uid, kind, ms, device, correction, target, unsent FROM sync_purged")
    var purges: [(uid: UID, kind: SyncKind, mark: SyncMark)] = []
    while try rows.next() {
      guard let uid = UID(bytes: rows.bytes(0)), let kind = SyncKind(rawValue: rows.integer(1))
      else { continue }
      purges.append((uid, kind, SyncMark(field: "", rows, from: 2)))
    }
    return purges
  }

  /// Records that something was deleted for good.
  package func savePurge(
    _ uid: UID, _ kind: SyncKind, _ mark: SyncMark
  ) throws(StoreError) {
    let save = try connection.query(
      """
      INSERT OR REPLACE INTO sync_purged(uid, kind, ms, device, correction, target, unsent)
      VALUES(?, ?, ?, ?, ?, ?, ?)
      """, uid.bytes, kind.rawValue)
    mark.bind(to: save, from: 3)
    try save.run()
  }

  /// Notes that the deletions known so far are about to be sent; later ones are not included.
  package func markPurgesSending() throws(StoreError) {
    let mark = try connection.query("UPDATE sync_purged SET unsent = 2 WHERE unsent = 1")
    try mark.run()
  }

  /// Records, in a file that syncs, that something is deleted for good, so that it is deleted
  /// everywhere; and removes the sync's data about it. Call this before its history is deleted.
  func notePurge(_ kind: SyncKind, _ id: Int64, _ state: SyncState) throws(StoreError) {
    guard let me = state.me else { return }
    let uids = try purgedUIDs(kind, id)
    let stamp = try stampAtPurge(kind, id, state, me)
    for uid in uids {
      try savePurge(uid, kind, stamp)
      try removeConflicts(of: uid)
    }
    try removeSyncMarks(kind, id)
    if kind == .category {
      try connection.run("DELETE FROM sync_home WHERE category = ?", id)
    }
  }

  /// Notes that own segments may hold deleted data.
  func noteUnclean(_ state: SyncState) throws(StoreError) {
    var unclean = state
    unclean.isUnclean = true
    try save(unclean)
  }

  /// The uid of a thing; for a thing that only has history left, its last uid, unless another thing
  /// has that by now.
  private func purgedUIDs(_ kind: SyncKind, _ id: Int64) throws(StoreError) -> [UID] {
    var uid: UID?
    var isThere = false
    switch kind {
    case .favourite:
      let state = try state(of: id)
      isThere = state.record != nil
      uid = if let record = state.record { record.uid } else { try lastUID(.favourite, id) }
    case .category:
      let state = try categoryState(id)
      isThere = state.record != nil
      uid = if let record = state.record { record.uid } else { try lastUID(.category, id) }
    }
    guard let uid else { return [] }
    if !isThere, try !syncIDs(kind, uid).isEmpty { return [] }
    let alias = try connection.query("SELECT 1 FROM sync_alias WHERE source = ?", uid.bytes)
    if !isThere, try alias.next() { return [] }
    return [uid]
  }

  /// The last uid of a thing that no longer exists.
  package func lastUID(_ kind: SyncKind, _ id: Int64) throws(StoreError) -> UID? {
    let find = try connection.query(
      """
      SELECT before FROM change_item WHERE kind = ? AND item = ? AND before IS NOT NULL
      ORDER BY change DESC LIMIT 1
      """, kind.rawValue, id)
    guard try find.next(), let text = find.textOrNil(0),
      case .object(let image)? = try? JSONValue.parse(Array(text.utf8))
    else { return nil }
    return image["uid"]?.text.flatMap(UID.init(text:))
  }

  /// The stamp of the state that is deleted: the one it has, or the one that the next sync would
  /// give it.
  private func stampAtPurge(
    _ kind: SyncKind, _ id: Int64, _ state: SyncState, _ me: UID
  ) throws(StoreError) -> SyncMark {
    let late = try connection.query(
      """
      SELECT c.at FROM change_item i JOIN change c ON c.number = i.change
      WHERE i.kind = ? AND i.item = ? AND i.change > ? AND i.change < ? ORDER BY i.change DESC
      LIMIT 1
      """, kind.rawValue, id, state.mark, changeNumber)
    if try late.next() {
      let now = changeTime.milliseconds
      let at = min(late.integer(0), now) + (now < state.seen ? state.ahead : 0)
      return SyncMark(
        field: "", ms: max(state.last + 1, state.seen + 1, at), device: me, correction: 0,
        target: "", isUnsent: true)
    }
    let known = try syncMarks(kind, id).registers.first { $0.field == "state" }
    return SyncMark(
      field: "", ms: known?.ms ?? 0, device: known?.device ?? .none,
      correction: known?.correction ?? 0, target: known?.target ?? "", isUnsent: true)
  }

  /// Conflicts, the oldest first.
  package func syncConflicts() throws(StoreError) -> [SyncConflict] {
    let rows = try connection.query(
      "SELECT id, kind, uid, field, mine, theirs, keeps_mine FROM sync_conflict ORDER BY id")
    var conflicts: [SyncConflict] = []
    while try rows.next() {
      guard let kind = SyncKind(rawValue: rows.integer(1)), let uid = UID(bytes: rows.bytes(2))
      else { continue }
      conflicts.append(
        SyncConflict(
          id: rows.integer(0), kind: kind, uid: uid, field: rows.text(3), mine: rows.text(4),
          theirs: rows.text(5), isMineKept: rows.integer(6) == 1))
    }
    return conflicts
  }

  /// Saves a conflict.
  package func save(_ conflict: SyncConflict) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO sync_conflict(kind, uid, field, mine, theirs, keeps_mine) VALUES(?, ?, ?, ?, ?, ?)
      """, conflict.kind.rawValue, conflict.uid.bytes, conflict.field, conflict.mine,
      conflict.theirs, conflict.isMineKept ? 1 : 0)
  }

  /// Removes a conflict that was resolved.
  package mutating func removeConflict(_ id: Int64) throws(StoreError) {
    change?.writesBeside = true
    let delete = try connection.query("DELETE FROM sync_conflict WHERE id = ?", id)
    try delete.run()
  }

  /// Removes the conflicts of a thing that was deleted for good.
  package func removeConflicts(of uid: UID) throws(StoreError) {
    try connection.run("DELETE FROM sync_conflict WHERE uid = ?", uid.bytes)
  }
}
