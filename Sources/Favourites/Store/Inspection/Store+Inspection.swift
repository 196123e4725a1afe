internal import Host
internal import SQLite

// The checks of `doctor`, in order. They should find whatever would make a later command fail or
// return wrong results: first in the file, then in what users entered, then in derived data, and
// last in the history.

extension Store {
  /// Checks a file: SQLite's own checks, the data that users entered, and whether derived data
  /// matches it.
  ///
  /// Nothing is written. Inside a change that is a dry run, it also tries whether the search index
  /// can be written to: see `tryingSearch`.
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
        if let (earlier, later) = try store.sharedUID() {
          return "favourite \(later) has the uid of \(earlier)"
        }
        return try store.first(Self.twice)
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

  /// Checks everything that `repair()` can rebuild.
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
      try looking(.uids) { store throws(StoreError) in
        try store.untrueUID()
      },
      try inspectSearch(),
    ]
    return found
  }

  /// Runs one check; an unreadable value is a problem too.
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

  /// The first value that a query returns; `?1` is the number of the change in progress, which the
  /// check should ignore.
  func first(_ sql: String, besides change: Int64? = nil) throws(StoreError) -> String? {
    let rows = try connection.query(parts: sql)
    if let change { rows.bind(change) }
    return try rows.next() ? rows.textOrNil(0) ?? "?" : nil
  }

  /// What SQLite finds in the file on disk, checked through a separate connection, which does not
  /// see a change in progress.
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

  /// Checks a file of an older favs as far as possible without upgrading it: with SQLite's own
  /// checks.
  ///
  /// - Parameter mustBeOurs: true to refuse another user's file, for a path that was not given
  ///   explicitly.
  /// - Returns: nil for a file of this version, and if there is none.
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
      // The next process that may write rolls the interrupted change back.
      return nil
    } catch .sqlite(let error) where error.sqliteKind == .damaged {
      problem = unreadable
    }
    return Inspection(
      check: .soundness, problem: problem, isRepairable: false, isDamage: problem != nil)
  }

  /// The first row that refers to one that does not exist.
  private func lostReference() throws(StoreError) -> String? {
    let rows = try connection.query("PRAGMA foreign_key_check")
    guard try rows.next() else { return nil }
    return "\(rows.text(0)) \(rows.integer(1)) belongs to a \(rows.text(2)) that does not exist"
  }

  /// Selects things that are in two places at once, and things that share a uid: sooner or later
  /// they would conflict.
  static let twice = """
    SELECT 'favourite ' || f.id || ' is in the trash too'
    FROM favourite f JOIN trash t ON t.id = f.id
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

  /// Selects things that no change accounts for, except the change in progress, `?1`.
  ///
  /// A thing names the last change that touched it. That change must exist and have recorded the
  /// thing: in its range of added ids, or with its previous state.
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
