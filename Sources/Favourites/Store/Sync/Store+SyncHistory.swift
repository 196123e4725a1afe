internal import SQLite

/// One change as a sync sees it.
package struct SyncChange: Sendable {
  package let number: Int64
  package let at: Int64
  package let device: UID
}

/// The state of a thing before a change that touched it.
package struct SyncPassage: Sendable {
  package let change: Int64
  /// Nil where it did not exist. A category has its full name, and no parent.
  package let before: SyncRow?
  /// Whether the change moved it from or to its place.
  package let isMove: Bool
}

extension Store {
  /// The changes after one, the oldest first.
  package func syncChanges(after mark: Int64) throws(StoreError) -> [SyncChange] {
    let rows = try connection.query(
      """
      SELECT c.number, c.at, d.uid FROM change c JOIN device d ON d.id = c.device
      WHERE c.number > ? ORDER BY c.number
      """, mark)
    var changes: [SyncChange] = []
    while try rows.next() {
      changes.append(
        SyncChange(
          number: rows.integer(0), at: rows.integer(1),
          device: UID(bytes: rows.bytes(2)) ?? .none))
    }
    return changes
  }

  /// The number of the last change; 0 if there is none.
  package func lastChangeNumber() throws(StoreError) -> Int64 {
    return try connection.integer("SELECT ifnull(max(number), 0) FROM change") ?? 0
  }

  /// The uid of this machine among those that wrote to the file; nil if it never did.
  package func deviceUID(named name: String) throws(StoreError) -> UID? {
    let find = try connection.query("SELECT uid FROM device WHERE name = ?", name)
    return try find.next() ? UID(bytes: find.bytes(0)) : nil
  }

  /// The things that changes after one touched and stored an image of; things added in ranges of
  /// ids are left out.
  package func syncTouched(
    after mark: Int64
  ) throws(StoreError) -> [(kind: SyncKind, id: Int64)] {
    let rows = try connection.query(
      """
      SELECT DISTINCT kind, item FROM change_item WHERE change > ? AND kind IN (1, 2)
      ORDER BY kind DESC, item
      """, mark)
    var things: [(kind: SyncKind, id: Int64)] = []
    while try rows.next() {
      if let kind = SyncKind(rawValue: rows.integer(0)) { things.append((kind, rows.integer(1))) }
    }
    return things
  }

  /// The ids of the favourites that changes after one added in ranges; some may no longer exist.
  package func syncAdded(after mark: Int64) throws(StoreError) -> [ClosedRange<Int64>] {
    let rows = try connection.query(
      """
      SELECT first_added, last_added FROM change
      WHERE number > ? AND first_added IS NOT NULL AND last_added >= first_added
      """, mark)
    var added: [ClosedRange<Int64>] = []
    while try rows.next() { added.append(rows.integer(0)...rows.integer(1)) }
    return added
  }

  /// The categories of those that still exist.
  package func syncCategories(grownAfter mark: Int64) throws(StoreError) -> [Int64] {
    return try connection.integers(
      """
      SELECT DISTINCT f.category FROM change c JOIN favourite f
        ON f.id BETWEEN c.first_added AND c.last_added
      WHERE c.number > ? AND c.first_added IS NOT NULL
      """, mark)
  }

  /// The states of a thing before each change after one that touched it, the oldest first; nil if
  /// any of it was deleted.
  package mutating func syncLife(
    _ kind: SyncKind, _ id: Int64, after mark: Int64
  ) throws(StoreError) -> [SyncPassage]? {
    switch kind {
    case .favourite:
      let versions = try versions(of: id, from: mark + 1)
      guard !versions.contains(where: \.isForgotten) else { return nil }
      return versions.reversed().map { version in
        let (old, new) = (SyncRow(version.before.state), SyncRow(version.after.state))
        return SyncPassage(
          change: version.change, before: old,
          isMove: version.isMove || old?.home != new?.home || old?.isLive != new?.isLive)
      }
    case .category:
      let versions = try versions(ofCategory: id, from: mark + 1)
      guard !versions.contains(where: \.isForgotten) else { return nil }
      return versions.reversed().map {
        SyncPassage(change: $0.change, before: SyncRow($0.before), isMove: false)
      }
    }
  }

  /// The uids of things that only have history left.
  package func syncUndone() throws(StoreError) -> [(kind: SyncKind, id: Int64, uid: UID)] {
    let rows = try connection.query(
      """
      SELECT DISTINCT kind, item FROM change_item i
      WHERE before <> '{}' AND ((kind = 1
          AND NOT EXISTS (SELECT 1 FROM favourite f WHERE f.id = i.item)
          AND NOT EXISTS (SELECT 1 FROM trash t WHERE t.id = i.item))
        OR (kind = 2 AND NOT EXISTS (SELECT 1 FROM category c WHERE c.id = i.item)
          AND NOT EXISTS (SELECT 1 FROM trash_category c WHERE c.id = i.item)))
      """)
    var things: [(kind: SyncKind, id: Int64)] = []
    while try rows.next() {
      if let kind = SyncKind(rawValue: rows.integer(0)) { things.append((kind, rows.integer(1))) }
    }
    var undone: [(kind: SyncKind, id: Int64, uid: UID)] = []
    for (kind, id) in things {
      if let uid = try lastUID(kind, id) { undone.append((kind, id, uid)) }
    }
    return undone
  }
}
