internal import Host
internal import SQLite

// What `doctor` looks at, in its order. Whatever makes a later command fail or answer wrongly is to be found here:
// first the file, then what was entered, then what is derived from that, last what happened.

extension Store {
  /// Looks a file over: SQLite's own checks, what was entered, and whether what is derived follows from that.
  ///
  /// Nothing is written. Inside a change that is a rehearsal it is also tried whether the search index can be
  /// written to: see `tryingSearch`.
  package mutating func inspect() throws(StoreError) -> [Inspection] {
    var found = [
      try looking(.soundness, isRepairable: false) { store throws(StoreError) in
        try store.damage()
      },
      try looking(.references, isRepairable: false) {
        store throws(StoreError) in try store.lostReference()
      },
      try looking(.entries, isRepairable: false) {
        store throws(StoreError) in try store.unreadableEntry()
      },
      try looking(.uniqueness, isRepairable: false) { store throws(StoreError) in
        try store.first(Self.twice)
      },
    ]
    found[0].isDamage = found[0].problem != nil
    found += try inspectDerived()
    found.append(
      try looking(.history, isRepairable: false) {
        store throws(StoreError) in
        try store.first(Self.history, besides: store.change?.number ?? 0)
      })
    return found
  }

  /// Looks over all that `repair()` can make anew.
  package mutating func inspectDerived() throws(StoreError) -> [Inspection] {
    var found = [
      try looking(.categories) { store throws(StoreError) in
        try store.misplacedCategory()
      }
    ]
    for (check, sql) in Self.derived {
      found.append(try looking(check) { store throws(StoreError) in try store.first(sql) })
    }
    found += [
      try looking(.tags) { store throws(StoreError) in
        try store.untrueTag()
      },
      try looking(.metadata) { store throws(StoreError) in
        try store.untrueAttribute()
      },
      try looking(.titles) { store throws(StoreError) in
        try store.untrueTitle()
      },
      try looking(.links) { store throws(StoreError) in
        try store.untrueLink()
      },
      try inspectSearch(),
    ]
    return found
  }

  /// One look; what cannot be read is a problem too.
  private mutating func looking(
    _ check: Check, isRepairable: Bool = true,
    _ look: (inout Store) throws(StoreError) -> String?
  ) throws(StoreError) -> Inspection {
    var problem: String?
    do throws(StoreError) {
      problem = try look(&self)
    } catch .sqlite(let error) where error.sqliteKind == .damaged {
      problem = Self.unreadable
    }
    return Inspection(check: check, problem: problem, isRepairable: isRepairable)
  }

  /// The first value that a query gives; `?1` is the number of the change under way, which a look at the file is not
  /// to see.
  func first(_ sql: String, besides change: Int64? = nil) throws(StoreError) -> String? {
    let rows = try connection.query(parts: sql)
    if let change { rows.bind(change, at: 1) }
    return try rows.next() ? rows.textOrNil(0) ?? "?" : nil
  }

  /// What SQLite finds in the file, as it stands on the disk: looked at by a connection of its own, which knows
  /// nothing of a change under way.
  private func damage() throws(StoreError) -> String? {
    let file = connection.filePath
    return file.isEmpty ? nil : try Store.damage(of: file, meter)
  }

  private static func damage(of file: String, _ meter: StoreMeter) throws(StoreError) -> String? {
    try translating {
      let other = try Connection(path: file, access: .readOnly, meter: meter.meter)
      return try other.firstDamage()
    }
  }

  private static let unreadable = "it cannot be read: the file is damaged"

  /// Looks a file over that an older favs made, as far as that can be done without bringing it up to date: what SQLite
  /// finds in it.
  ///
  /// - Parameter mustBeOurs: true to refuse a file of another user: one that nobody named.
  /// - Returns: nil for a file of this version, and where there is none.
  package static func inspection(
    ofOlder path: String, mustBeOurs: Bool, meter: StoreMeter
  ) throws(StoreError) -> Inspection? {
    let resolved: String
    do throws(StoreError) {
      resolved = try resolve(path)
      let version = try FileHeader.check(resolved, named: path, mustBeOurs: mustBeOurs)
      guard version < Schema.version else { return nil }
    } catch .host(let error) where error.isNotFound {
      return nil
    }
    var problem: String?
    do throws(StoreError) {
      problem = try damage(of: resolved, meter)
    } catch .sqlite(let error) where error.isHotJournal {
      // What was broken off is taken back by whoever may write.
      return nil
    } catch .sqlite(let error) where error.sqliteKind == .damaged {
      problem = unreadable
    }
    return Inspection(
      check: .soundness, problem: problem, isRepairable: false, isDamage: problem != nil)
  }

  /// The first row that refers to one that is not there.
  private func lostReference() throws(StoreError) -> String? {
    let rows = try connection.query("PRAGMA foreign_key_check")
    guard try rows.next() else { return nil }
    return "\(rows.text(0)) \(rows.integer(1)) belongs to a \(rows.text(2)) that does not exist"
  }

  /// Gives a row for what is in two places at once, or for two things of one uid: each would be in the way of the
  /// other sooner or later.
  static let twice = """
    SELECT 'favourite ' || f.id || ' is in the trash too' FROM favourite f JOIN trash t ON t.id = f.id
    UNION ALL
    SELECT 'favourite ' || f.id || ' has the uid of ' || t.id || ' in the trash'
    FROM favourite f JOIN trash t ON t.uid = f.uid WHERE t.id <> f.id
    UNION ALL
    SELECT 'favourite ' || max(id) || ' in the trash has the uid of ' || min(id)
    FROM trash GROUP BY uid HAVING count(*) > 1
    UNION ALL
    SELECT 'category ' || c.name || ' is in the trash too'
    FROM category c JOIN trash_category t ON t.id = c.id
    UNION ALL
    SELECT 'category ' || max(name) || ' has the uid of ' || min(name)
    FROM (SELECT uid, name FROM category UNION ALL SELECT uid, name FROM trash_category)
    GROUP BY uid HAVING count(*) > 1
    LIMIT 1
    """

  /// Gives a row for what no change accounts for, `?1` left out: the change under way.
  ///
  /// A thing names the change that touched it last. That change has to be there, and to have recorded it: among those
  /// that it added in a row, or with what it was before.
  static let history = """
    WITH touched(kind, item, change, what) AS (
      SELECT 1, id, change, 'favourite ' || id FROM favourite
      UNION ALL
      SELECT 1, id, change, 'favourite ' || id || ' in the trash' FROM trash
      UNION ALL
      SELECT 2, id, change, 'category ' || name FROM category
      UNION ALL
      SELECT 2, id, change, 'category ' || name || ' in the trash' FROM trash_category)
    SELECT what FROM touched t
    WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.number = t.change AND c.number <> ?1)
      OR (NOT EXISTS (SELECT 1 FROM change_item i
          WHERE i.kind = t.kind AND i.item = t.item AND i.change = t.change)
        AND NOT EXISTS (SELECT 1 FROM change c WHERE c.number = t.change AND t.kind = 1
          AND t.item BETWEEN c.first_added AND c.last_added))
    UNION ALL
    SELECT 'favourite ' || id FROM favourite f
    WHERE ifnull((SELECT first_added FROM change WHERE last_added >= f.id AND last_added IS NOT NULL
      ORDER BY last_added LIMIT 1), f.id + 1) > f.id
    LIMIT 1
    """
}
