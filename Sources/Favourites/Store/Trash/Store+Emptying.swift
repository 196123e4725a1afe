internal import SQLite

extension Store {
  /// Deletes favourites for good that are in the trash or only have history left: their rows, and
  /// every trace of their text in the history.
  ///
  /// - Returns: the favourites deleted by this call, not by another process meanwhile.
  @discardableResult
  package mutating func empty(_ ids: [Int64]) throws(StoreError) -> [Int64] {
    var forgotten: [Int64] = []
    let syncs = try syncState()
    for id in ids {
      let isTrashed: Bool
      switch try state(of: id) {
      case .live: throw .notInTrash(String(id))
      case .absent:
        guard try remembers(id) else { continue }
        isTrashed = false
      case .trashed: isTrashed = true
      }
      if let syncs { try notePurge(.favourite, id, syncs) }
      try forgetFavourite(id, isTrashed: isTrashed)
      forgotten.append(id)
    }
    if let syncs, !forgotten.isEmpty { try noteUnclean(syncs) }
    return forgotten
  }

  /// Deletes one favourite for good that is no longer live.
  mutating func forgetFavourite(_ id: Int64, isTrashed: Bool) throws(StoreError) {
    try forget(.favourite, id)
    change?.tally.emptied += 1
    guard isTrashed else { return }
    try connection.run("DELETE FROM trash WHERE id = ?", id)
    change?.trashed -= 1
  }

  /// Whether the history still holds a favourite's earlier states.
  private func remembers(_ id: Int64) throws(StoreError) -> Bool {
    return try connection.query(
      "SELECT 1 FROM change_item WHERE kind = 1 AND item = ? AND before <> '{}' LIMIT 1", id
    ).next()
  }

  /// The favourites that only have history left: additions that were undone, and favourites merged
  /// into others.
  ///
  /// - Parameter limit: only those last touched before this time; nil for all.
  package func undoneIDs(before limit: Timestamp?) throws(StoreError) -> [Int64] {
    return try connection.integers(
      """
      SELECT item FROM (
        SELECT i.item, max(i.change) AS last FROM change_item i
        WHERE i.kind = 1 AND i.before <> '{}'
          AND NOT EXISTS (SELECT 1 FROM favourite f WHERE f.id = i.item)
          AND NOT EXISTS (SELECT 1 FROM trash t WHERE t.id = i.item)
        GROUP BY i.item)
      WHERE (SELECT at FROM change WHERE number = last) < ?
      """, limit?.milliseconds ?? .max)
  }

  /// Deletes for good the trashed categories with nothing left in the trash, and those that only
  /// have history left.
  ///
  /// - Parameter limit: only those removed before this time; nil for all.
  /// - Returns: the number deleted.
  @discardableResult
  package mutating func emptyCategories(
    deletedBefore limit: Timestamp?
  ) throws(StoreError) -> Int {
    let ids = try connection.integers(
      """
      SELECT id FROM trash_category c
      WHERE deleted_at < ?1 AND NOT EXISTS (SELECT 1 FROM trash t WHERE t.category = c.id)
      UNION ALL
      SELECT item FROM (
        SELECT i.item, max(i.change) AS last FROM change_item i
        WHERE i.kind = 2 AND i.before <> '{}'
          AND NOT EXISTS (SELECT 1 FROM category c WHERE c.id = i.item)
          AND NOT EXISTS (SELECT 1 FROM trash_category c WHERE c.id = i.item)
        GROUP BY i.item)
      WHERE (SELECT at FROM change WHERE number = last) < ?1
      """, limit?.milliseconds ?? .max)
    let syncs = try syncState()
    for id in ids {
      if let syncs { try notePurge(.category, id, syncs) }
      try forgetCategory(id)
    }
    if let syncs, !ids.isEmpty { try noteUnclean(syncs) }
    return ids.count
  }

  /// Deletes one category for good.
  mutating func forgetCategory(_ id: Int64) throws(StoreError) {
    try forgetCommands(naming: id)
    try forget(.category, id)
    try connection.run("DELETE FROM trash_category WHERE id = ?", id)
    change?.tally.categoriesEmptied += 1
  }

  /// Blanks the command lines that contain one of the names the category had, even by coincidence:
  /// better one too many than one too few.
  private func forgetCommands(naming category: Int64) throws(StoreError) {
    var names: Set<String> = []
    for passage in try life(ofCategory: category) {
      for name in [passage.before?.name, passage.after?.name] {
        names.formUnion([name].compactMap { $0 })
      }
    }
    let forget = try connection.query(
      """
      UPDATE change SET command = substr(command, 1, instr(command || ' ', ' ') - 1) || ' …'
      WHERE command NOT LIKE '% …' AND CASE WHEN length(?1) > 2
        THEN instr(lower(command), lower(?1)) > 0
        ELSE instr(' ' || lower(command) || ' ', ' ' || lower(?1) || ' ') > 0 END
      """)
    // The history also holds the category that a trashed favourite came from.
    let homes = try connection.query(
      """
      UPDATE change_item SET before = json_remove(before, '$.category_name')
      WHERE kind = 1 AND instr(before, '"category_name"') > 0
        AND json_extract(before, '$.category_name') = ?
      """)
    for name in names {
      try forget.run(name)
      try homes.run(name)
    }
  }

  /// Deletes the history's data about a thing: its state before each change, and the text of the
  /// command lines that touched it. The fact that it was deleted stays.
  mutating func forget(_ kind: ItemKind, _ id: Int64) throws(StoreError) {
    change?.isForgetting = true
    // This comes first, so that the command line of the present change is included.
    try record(kind, id, before: Array("{}".utf8))
    try connection.run(
      """
      UPDATE change SET command = substr(command, 1, instr(command || ' ', ' ') - 1) || ' …'
      WHERE (number IN (SELECT change FROM change_item WHERE kind = ?1 AND item = ?2)
        OR (?1 = 1
          AND number IN (SELECT change FROM change_item WHERE kind = 3 AND item = ?2))
        OR number = (SELECT number FROM change
          WHERE ?1 = 1 AND last_added >= ?2 AND last_added IS NOT NULL
          ORDER BY last_added LIMIT 1))
        AND command NOT LIKE '% …'
      """, kind.rawValue, id)
    try connection.run(
      """
      UPDATE change_item SET before = '{}'
      WHERE kind = ? AND item = ? AND before IS NOT NULL
      """, kind.rawValue, id)
    try connection.run("UPDATE change SET is_final = 1 WHERE number = ?", changeNumber)
  }
}
