internal import Host
internal import SQLite

/// The outcome of a sync for one favourite.
package struct SyncTarget: Sendable {
  package let id: Int64
  /// Nil for one that was merged into another.
  package let row: SyncRow?
  /// Its new rank; nil to keep the present one.
  package let rank: Int64?

  package init(id: Int64, row: SyncRow?, rank: Int64?) {
    self.id = id
    self.row = row
    self.rank = rank
  }
}

/// The outcome of a sync for one category.
package struct SyncCategoryTarget: Sendable {
  package let id: Int64
  /// Nil for one that was merged into another.
  package let row: SyncRow?
  /// Its full name.
  package let path: String

  package init(id: Int64, row: SyncRow?, path: String) {
    self.id = id
    self.row = row
    self.path = path
  }
}

/// The changes that a sync makes to a file.
package struct SyncChanges: Sendable {
  package var favourites: [SyncTarget] = []
  package var categories: [SyncCategoryTarget] = []
  /// The things deleted for good.
  package var purged: [(kind: SyncKind, id: Int64)] = []
  /// The things that get another uid.
  package var renamed: [(kind: SyncKind, id: Int64, uid: UID)] = []
  /// The ids of new favourites.
  package var added: ClosedRange<Int64>?

  package init() {}

  package var isEmpty: Bool {
    favourites.isEmpty && categories.isEmpty && purged.isEmpty && renamed.isEmpty
  }
}

extension Store {
  /// Runs one transaction of a sync. The body changes favourites through `apply(_:command:)`.
  ///
  /// - Parameter body: returns the outcome, and whether to commit.
  package mutating func syncing<Outcome>(
    _ body: (inout Store) throws(StoreError) -> (outcome: Outcome, keeps: Bool)
  ) throws(StoreError) -> Outcome {
    try transaction(isLarge: true, cached: Self.cachedMebibytes) { (store) throws(StoreError) in
      let before = (try store.syncState(), try store.lastChangeNumber())
      let (outcome, keeps) = try body(&store)
      guard keeps else {
        store.connection.rollBack()
        return outcome
      }
      let after = (try store.syncState(), try store.lastChangeNumber())
      try store.commit(
        seenBy: { () throws(StoreError) in
          let found = (try store.syncState(), try store.lastChangeNumber())
          return found == after && found != before
        },
        orElse: {
          after.1 > before.1 ? .unconfirmed(change: after.1, $0) : .unconfirmedSync($0)
        })
      return outcome
    }
  }

  /// How much memory a sync uses for data that it only reads, in MiB: it may read the whole file.
  private static let cachedMebibytes = 96
  /// How much memory a large first sync uses, in MiB. Other readers would find next to nothing in
  /// the file meanwhile.
  private static let filledMebibytes = 160

  /// Limits the memory for changed data to that of a first sync, from now on.
  package func holdLess() throws(StoreError) {
    try translating { try connection.holdChangedPages(upToMebibytes: Self.filledMebibytes) }
  }

  /// Writes changes of a sync into one numbered change, which `endApplying()` ends; things deleted
  /// for good go into a separate, final change before it. May be called again with further changes.
  package mutating func apply(_ changes: SyncChanges, command: String) throws(StoreError) {
    guard !changes.isEmpty else { return }
    // The contents of a deleted category are moved out of it by the change that follows.
    try translating { try connection.execute("PRAGMA defer_foreign_keys=ON") }
    if !changes.purged.isEmpty {
      _ = try endApplying()
      try begin(command)
      for (kind, id) in changes.purged { try purge(kind, id) }
      _ = try endApplying()
    }
    if change == nil { try begin(command) }
    try removeMerged(changes)
    try rename(changes.renamed)
    if let added = changes.added {
      let first = change?.added?.lowerBound ?? added.lowerBound
      change?.added = first...added.upperBound
    }
    try write(changes)
    try noteIDs("favourite", changes.favourites.map(\.id).max())
    try noteIDs("category", changes.categories.map(\.id).max())
  }

  /// Records the ids given, including those of things that went straight to the trash: no id is
  /// given twice.
  private func noteIDs(_ table: String, _ last: Int64?) throws(StoreError) {
    guard let last else { return }
    try connection.run(
      """
      INSERT INTO sqlite_sequence(name, seq)
      SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)
      """, table)
    try connection.run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", last, table)
  }

  /// Ends the change of `apply(_:command:)`; drops it if it changed nothing.
  ///
  /// - Returns: its number; nil if nothing changed.
  package mutating func endApplying() throws(StoreError) -> Int64? {
    guard change != nil else { return nil }
    defer {
      change = nil
      ranks.forget()
    }
    change?.isOfSync = true
    if let number = try finish() { return number }
    try withdraw()
    return nil
  }

  /// Removes things that were merged into others.
  private mutating func removeMerged(_ changes: SyncChanges) throws(StoreError) {
    let gone = changes.favourites.filter { $0.row == nil }
      .map { FavouriteTarget(id: $0.id, state: .absent) }
    try apply(gone, isNew: false)
  }

  /// Gives things other uids. Uids are in no image of the history: an undo never changes them.
  private mutating func rename(
    _ things: [(kind: SyncKind, id: Int64, uid: UID)]
  ) throws(StoreError) {
    // No two of them share a uid in between.
    for (kind, id, _) in things {
      try rename(kind, id, UID(timestamp: changeTime, random: Randomness.bytes(10)))
    }
    for (kind, id, uid) in things { try rename(kind, id, uid) }
  }

  private mutating func rename(_ kind: SyncKind, _ id: Int64, _ uid: UID) throws(StoreError) {
    switch kind {
    case .favourite:
      if case .live(let old) = try state(of: id) {
        var new = old
        new.uid = uid
        try update(old, to: new)
        try reindex(old, as: new)
      }
      try connection.run("UPDATE trash SET uid = ? WHERE id = ?", uid.bytes, id)
    case .category:
      try connection.run("UPDATE category SET uid = ? WHERE id = ?", uid.bytes, id)
      try connection.run("UPDATE trash_category SET uid = ? WHERE id = ?", uid.bytes, id)
    }
  }

  private mutating func write(_ changes: SyncChanges) throws(StoreError) {
    // Names may be swapped: those that change or go are moved out of the way first.
    let clear = try connection.query("UPDATE category SET key = char(1) || id WHERE id = ?")
    var coming: [SyncCategoryTarget] = []
    var leaving: [SyncCategoryTarget] = []
    for target in changes.categories {
      if let row = target.row, row.isLive { coming.append(target) } else { leaving.append(target) }
      try clear.run(target.id)
    }
    let restore = try connection.query("UPDATE category SET key = ? WHERE id = ?")
    for target in coming {
      let state = try state(target)
      try apply(state, to: target.id, isNew: false)
      // A category of which only the uid changed was not written.
      try restore.run(state.record?.key ?? "", target.id)
    }
    var names: [Int64: String] = [:]
    for target in changes.categories { names[target.id] = target.path }
    var targets: [FavouriteTarget] = []
    for target in changes.favourites {
      guard let row = target.row else { continue }
      targets.append(try self.target(target, row, &names))
    }
    try apply(targets, isNew: false)
    try writeTails()
    try writeCounts()
    for target in leaving { try apply(try state(target), to: target.id, isNew: false) }
    try noteTrashing(changes)
  }

  /// The time at which something already in the trash went there is in no image of the history.
  private func noteTrashing(_ changes: SyncChanges) throws(StoreError) {
    for target in changes.favourites {
      guard let time = target.row?.deletedAt else { continue }
      try connection.run("UPDATE trash SET deleted_at = ? WHERE id = ?", time, target.id)
    }
    for target in changes.categories {
      guard let time = target.row?.deletedAt else { continue }
      try connection.run("UPDATE trash_category SET deleted_at = ? WHERE id = ?", time, target.id)
    }
  }

  private func state(_ target: SyncCategoryTarget) throws(StoreError) -> CategoryState {
    guard let row = target.row else { return .absent }
    let before = try categoryState(target.id)
    let path = (try? CategoryPath.parse(target.path)) ?? .inbox
    var record = CategoryRecord(
      id: target.id, uid: row.uid, path: path, at: row.record.createdAt, change: changeNumber)
    record.modifiedAt = row.record.modifiedAt
    record.note = row.record.note
    record.schema = row.schema
    // A category whose name differs only because its parent's does keeps its modification date.
    if let old = before.record, (before.presence == "live") == row.isLive,
      areSame(old.note, record.note), areSame(old.schema, record.schema),
      old.createdAt == record.createdAt, old.modifiedAt == record.modifiedAt,
      areSame(old.name, path.text)
    {
      record.change = old.change
    }
    return row.deletedAt.map { .trashed(record, deletedAt: $0) } ?? .live(record)
  }

  private mutating func target(
    _ target: SyncTarget, _ row: SyncRow, _ names: inout [Int64: String]
  ) throws(StoreError) -> FavouriteTarget {
    let before = try state(of: target.id)
    let old = before.record
    let home = row.home ?? 0
    var record = record(row)
    // Keeps the present spelling where nothing changed.
    if SyncRow(before)?.tags == row.tags { record.tags = old?.tags }
    record.metadata = row.storedMetadata(instead: old?.metadata)
    guard let deletedAt = row.deletedAt else {
      return FavouriteTarget(
        id: target.id, state: .live(record), placing: target.rank.map { .rank($0) } ?? .unchanged)
    }
    if names[home] == nil { names[home] = try categoryState(home).record?.name ?? "inbox" }
    var trashing = Trashing(
      categoryName: names[home] ?? "inbox", rank: row.rank, deletedAt: deletedAt)
    if case .trashed(_, let old) = before { trashing.rank = old.rank }
    if case .live = before, let rank = try rank(of: target.id) { trashing.rank = rank }
    return FavouriteTarget(id: target.id, state: .trashed(record, trashing))
  }

  /// A favourite in the form in which its row stores it.
  private func record(_ row: SyncRow) -> FavouriteRecord {
    var record = row.record
    record.category = row.home ?? 0
    record.change = changeNumber
    record.tags = row.storedTags
    record.metadata = row.storedMetadata(instead: nil)
    // A count has limits; the sum over all devices has none.
    record.opened = max(row.opened, 0)
    return record
  }

  /// Adds favourites that do not exist here, at the ends of their categories, to the change of
  /// `apply(_:command:)`.
  ///
  /// - Parameters:
  ///   - rows: with consecutive ids, greater than all existing ones.
  ///   - order: the indexes of the rows, in the order in which they are appended.
  package mutating func fill(
    _ rows: [SyncRow], order: [Int], command: String
  ) throws(StoreError) {
    guard let first = rows.first, let last = rows.last else { return }
    if change == nil { try begin(command) }
    let start = change?.added?.lowerBound ?? first.id
    change?.added = start...last.id
    for row in rows { _ = try insert(record(row), putsOff: true) }
    for place in order { try append(rows[place].id, to: rows[place].home ?? 0) }
    change?.tally.added += rows.count
  }

  /// Deletes a thing for good, wherever it is.
  private mutating func purge(_ kind: SyncKind, _ id: Int64) throws(StoreError) {
    switch kind {
    case .favourite:
      let state = try state(of: id)
      if state.isLive {
        try apply([FavouriteTarget(id: id, state: .absent)], isNew: false)
        change?.tally.removed -= 1
      }
      try forgetFavourite(id, isTrashed: !state.isLive && state.record != nil)
    case .category:
      try forgetCategory(id)
      try connection.run("DELETE FROM category WHERE id = ?", id)
    }
  }
}
