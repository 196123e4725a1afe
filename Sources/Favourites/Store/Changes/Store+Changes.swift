internal import SQLite

/// One numbered change, as the history shows it.
package struct Change: Equatable, Sendable {
  package let number: Int64
  package let uid: UID
  package let at: Timestamp
  /// The machine that made it.
  package let device: String
  /// The command line.
  package let command: String
  /// What it did, in words for users.
  package let summary: String
  /// The change that it undid, for an undo.
  package let undoes: Int64?
  /// The change that it redid, for a redo.
  package let redoes: Int64?
  /// The undo that reverted it, if still in effect.
  package let undoneBy: Int64?
}

/// Selects changes of the history.
package struct ChangeQuery: Sendable {
  /// Only those with a smaller number.
  package var before: Int64?
  /// Only those made then or later.
  package var since: Timestamp?
  /// Only those that touched this category, one below it, or a favourite that is in one of them now or was when it
  /// went to the trash.
  package var category: CategoryPath?
  /// Only those that can be undone.
  package var canBeUndone = false
  /// How many to skip first.
  package var offset = 0
  package var limit: Int

  package init(limit: Int) {
    self.limit = limit
  }
}

extension Store {
  /// Changes from the newest to the oldest.
  package func changes(_ query: ChangeQuery) throws(StoreError) -> [Change] {
    // The time corresponds to a change number: older changes need not be read.
    var oldest: Int64 = 0
    if let since = query.since, since > .earliest {
      oldest = try lastChange(at: Timestamp(milliseconds: since.milliseconds - 1))
    }
    var conditions = "c.number < ?1 AND c.number > ?2"
    if query.canBeUndone {
      conditions +=
        " AND c.undone_by IS NULL AND c.undoes IS NULL AND c.redoes IS NULL AND c.is_final = 0"
    }
    if query.category != nil { conditions += " AND " + Self.touchesCategory }
    let rows = try connection.query(
      parts: """
        \(query.category == nil ? "" : Self.categoriesWithin)
        SELECT c.number, c.uid, c.at, d.name, c.command, c.summary, c.undoes, c.redoes, c.undone_by
        FROM change c JOIN device d ON d.id = c.device
        WHERE \(conditions) ORDER BY c.number DESC LIMIT ?3 OFFSET ?4
        """)
    rows.bind(query.before ?? .max, oldest, query.limit, query.offset)
    if let category = query.category {
      try checkIsKnown(category)
      let (from, to) = CategoryRecord.within(category.sortKey)
      rows.bind(category.sortKey, from, to, from: 5)
    }
    var changes: [Change] = []
    while try rows.next() { changes.append(Change(rows)) }
    return changes
  }

  private static let categoriesWithin = """
    WITH within(id) AS MATERIALIZED (
      SELECT id FROM category WHERE key = ?5 OR (key >= ?6 AND key < ?7)
      UNION SELECT id FROM trash_category WHERE key = ?5 OR (key >= ?6 AND key < ?7))
    """

  private static let touchesCategory = """
    (EXISTS (
        SELECT 1 FROM change_item i WHERE i.change = c.number
          AND ((i.kind = 2 AND i.item IN (SELECT id FROM within))
            OR (i.kind = 1 AND (
              EXISTS (SELECT 1 FROM favourite f
                WHERE f.id = i.item AND f.category IN (SELECT id FROM within))
              OR EXISTS (SELECT 1 FROM trash t
                WHERE t.id = i.item AND t.category IN (SELECT id FROM within))))))
      OR EXISTS (SELECT 1 FROM favourite f WHERE f.id BETWEEN c.first_added AND c.last_added
        AND f.category IN (SELECT id FROM within))
      OR EXISTS (SELECT 1 FROM trash t WHERE t.id BETWEEN c.first_added AND c.last_added
        AND t.category IN (SELECT id FROM within)))
    """

  /// Refuses a name that nothing has: that is a mistake, not an empty history.
  private func checkIsKnown(_ path: CategoryPath) throws(StoreError) {
    guard try categoryRecord(path) == nil, try trashedCategory(path) == nil else { return }
    throw .noCategory(path.text)
  }

  /// One change.
  package func change(numbered number: Int64) throws(StoreError) -> Change {
    var query = ChangeQuery(limit: 1)
    query.before = number == .max ? nil : number + 1
    guard let change = try changes(query).first, change.number == number else {
      throw .noChange(number)
    }
    return change
  }
}

extension Change {
  /// Reads a row of the history's columns.
  fileprivate init(_ row: borrowing Statement) {
    self.init(
      number: row.integer(0), uid: UID(bytes: row.bytes(1)) ?? UID(high: 0, low: 0),
      at: Timestamp(milliseconds: row.integer(2)), device: row.text(3), command: row.text(4),
      summary: row.text(5), undoes: row.integerOrNil(6), redoes: row.integerOrNil(7),
      undoneBy: row.integerOrNil(8))
  }
}
