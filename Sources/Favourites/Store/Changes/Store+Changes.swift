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
  /// Every one of them holds.
  package var filters: [Query]
  /// Only those with a smaller number.
  package var before: Int64?
  /// How many to skip first.
  package var offset = 0
  package var limit: Int

  /// Selects what satisfies all of the filters, and without any, every change.
  package init(_ filters: Query..., limit: Int) {
    self.filters = filters
    self.limit = limit
  }
}

extension Store {
  /// Changes from the newest to the oldest.
  package func changes(_ query: ChangeQuery) throws(StoreError) -> [Change] {
    let fragment =
      Fragment(
        sql: """
          SELECT c.number, c.uid, c.at, d.name, c.command, c.summary,
            c.undoes, c.redoes, c.undone_by
          FROM change c JOIN device d ON d.id = c.device WHERE
          """ + " ") + (try tests(of: query))
      + Fragment(
        sql: " ORDER BY c.number DESC LIMIT ? OFFSET ?",
        bindings: [.integer(Int64(query.limit)), .integer(Int64(query.offset))])
    let rows = try connection.query(fragment)
    var changes: [Change] = []
    while try rows.next() { changes.append(Change(rows)) }
    return changes
  }

  /// The number of all changes that a query selects, whatever its limit and offset.
  package func countChanges(_ query: ChangeQuery) throws(StoreError) -> Int64 {
    try connection.integer(
      Fragment(sql: "SELECT count(*) FROM change c WHERE ") + (try tests(of: query))) ?? 0
  }

  private func tests(of query: ChangeQuery) throws(StoreError) -> Fragment {
    var tests = [Fragment(sql: "1")]
    if let before = query.before {
      tests.append(Fragment(sql: "c.number < ?", bindings: [.integer(before)]))
    }
    for filter in query.filters {
      let condition = try filter.condition { (test) throws(StoreError) in
        Condition(test: try self.test(test))
      }
      tests.append(condition.test)
    }
    return Fragment.joined(tests, by: " AND ")
  }

  // Filters as SQL over `change c`.
  private func test(_ test: Query.Test) throws(StoreError) -> Fragment {
    switch test {
    case .date(.made, .since, let time): return try made(since: time)
    case .date(.made, .until, let time):
      return Fragment(sql: "c.number <= ?", bindings: [.integer(try lastChange(at: time))])
    case .category(let path):
      try checkIsKnown(path)
      return Self.touched(path)
    case .state(.undoable): return Self.isUndoable
    case .change(let number):
      return Fragment(sql: "c.number = ?", bindings: [.integer(number)])
    // Everything else is about favourites.
    default: throw test.refusal(of: "changes")
    }
  }

  /// Neither undone nor an undo, and nothing that it touched was forgotten later.
  private static var isUndoable: Fragment {
    Fragment(
      sql: """
        (c.undone_by IS NULL AND c.undoes IS NULL AND c.redoes IS NULL AND c.is_final = 0
          AND c.number NOT IN (
            SELECT i.change FROM change f CROSS JOIN change_item j ON j.change = f.number
              CROSS JOIN change_item i ON i.kind = j.kind AND i.item = j.item
            WHERE f.is_final = 1 AND j.kind <> 3 AND i.change < f.number)
          AND NOT EXISTS (
            SELECT 1 FROM change f CROSS JOIN change_item j ON j.change = f.number
            WHERE f.is_final = 1 AND f.number > c.number
              AND j.kind = 1 AND j.item BETWEEN c.first_added AND c.last_added))
        """)
  }

  /// The time corresponds to a change number: older changes need not be read.
  private func made(since time: Timestamp) throws(StoreError) -> Fragment {
    guard time > .earliest else { return Fragment(sql: "1") }
    let last = try lastChange(at: Timestamp(milliseconds: time.milliseconds - 1))
    return Fragment(sql: "c.number > ?", bindings: [.integer(last)])
  }

  /// Tests whether a change touched a category, one below it, or a favourite that is in one of them
  /// now or was when it went to the trash.
  private static func touched(_ path: CategoryPath) -> Fragment {
    let key = path.within("key", isAlone: true)
    let within =
      Fragment(sql: "(SELECT id FROM category WHERE ") + key
      + Fragment(sql: " UNION SELECT id FROM trash_category WHERE ") + key + Fragment(sql: ")")
    func added(to table: StaticString) -> Fragment {
      Fragment(
        sql: """
          EXISTS (SELECT 1 FROM \(table) a
            WHERE a.id BETWEEN c.first_added AND c.last_added AND a.category IN
          """) + within + Fragment(sql: ")")
    }
    return Fragment(
      sql: """
        (EXISTS (
          SELECT 1 FROM change_item i
          LEFT JOIN favourite f ON i.kind = 1 AND f.id = i.item
          LEFT JOIN trash t ON i.kind = 1 AND t.id = i.item
          WHERE i.change = c.number AND iif(i.kind = 2, i.item, ifnull(f.category, t.category)) IN
        """) + within + Fragment(sql: ") OR ") + added(to: "favourite") + Fragment(sql: " OR ")
      + added(to: "trash") + Fragment(sql: ")")
  }

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
