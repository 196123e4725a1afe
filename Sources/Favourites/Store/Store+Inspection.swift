internal import Host
internal import SQLite

/// What one look at a file found.
package struct Inspection: Equatable, Sendable {
  /// What was looked at.
  package let subject: String
  /// What is wrong; nil where nothing is.
  package let problem: String?
  /// True where `repair()` puts it right: it follows from the rest of the file.
  package let isRepairable: Bool
  /// True where the file itself is damaged, rather than what is derived in it.
  package var isDamage = false
}

extension Store {
  /// Looks a file over: SQLite's own checks, and whether what is derived follows from what was entered.
  ///
  /// Inside a change that is a rehearsal FTS5 looks over its index too, by a statement that takes the right to write.
  package mutating func inspect() throws(StoreError) -> [Inspection] {
    var found = [
      Inspection(
        subject: "the file is sound",
        problem: try first("PRAGMA integrity_check(1)", besides: "ok"), isRepairable: false),
      Inspection(
        subject: "what is referred to is there", problem: try first("PRAGMA foreign_key_check"),
        isRepairable: false),
    ]
    found[0].isDamage = found[0].problem != nil
    for check in Self.derived {
      found.append(
        Inspection(subject: check.subject, problem: try first(check.sql), isRepairable: true))
    }
    found.append(try inspectSearch())
    found.append(
      Inspection(
        subject: "the history goes with the favourites", problem: try first(Self.history),
        isRepairable: false))
    return found
  }

  /// Gives a row for what no change accounts for.
  static let history = """
    SELECT 'favourite ' || id FROM favourite WHERE change NOT IN (SELECT number FROM change)
    UNION ALL
    SELECT 'category ' || name FROM category WHERE change NOT IN (SELECT number FROM change)
    UNION ALL
    SELECT 'favourite ' || id FROM favourite f
    WHERE ifnull((SELECT first_added FROM change WHERE last_added >= f.id AND last_added IS NOT NULL
      ORDER BY last_added LIMIT 1), f.id + 1) > f.id
    LIMIT 1
    """

  private func inspectSearch() throws(StoreError) -> Inspection {
    var problem: String?
    do throws(StoreError) {
      if change != nil {
        try connection.query("INSERT INTO search(search) VALUES('integrity-check')").run()
      }
      problem = try first(
        """
        SELECT 'favourite ' || id FROM favourite WHERE id NOT IN (SELECT id FROM search_docsize)
        UNION ALL
        SELECT 'favourite ' || id FROM search_docsize WHERE id NOT IN (SELECT id FROM favourite)
        LIMIT 1
        """)
      // Each favourite is found by its category's word just once.
      for category in try categories() where problem == nil {
        let found = try hits(.place(category.id), upTo: .max)
        if Int64(found) != category.count {
          problem = "\(found) of \(category.count) are found in '\(category.name)'"
        }
      }
    } catch .sqlite(let error) where error.sqliteKind == .damaged {
      problem = "it is damaged"
    }
    return Inspection(
      subject: "the search index holds each favourite", problem: problem, isRepairable: true)
  }

  /// The first value that a query gives, but for one that means that all is well.
  private func first(
    _ sql: String, besides fine: String? = nil
  ) throws(StoreError) -> String? {
    do throws(StoreError) {
      let rows = try connection.query(parts: sql)
      guard try rows.next() else { return nil }
      let text = rows.textOrNil(0) ?? "?"
      return text == fine ? nil : text
    } catch .sqlite(let error) where error.sqliteKind == .damaged {
      return "it cannot be read: the file is damaged"
    }
  }

  /// What has to follow from what was entered; each gives a row for what does not.
  static let derived: [(subject: String, sql: String)] = [
    (
      "each category knows how many are in it",
      """
      SELECT name FROM category c
      LEFT JOIN (SELECT category, count(*) AS number FROM favourite GROUP BY category) f
        ON f.category = c.id
      WHERE count <> ifnull(f.number, 0)
        OR count <> (SELECT ifnull(sum(b.count), 0) FROM block b WHERE b.category = c.id)
      LIMIT 1
      """
    ),
    (
      "each favourite has its rank",
      """
      SELECT 'favourite ' || f.id FROM favourite f LEFT JOIN place p ON p.favourite = f.id
      LEFT JOIN block b ON b.id = p.block WHERE b.category IS NOT f.category
      UNION ALL
      SELECT 'favourite ' || favourite FROM place WHERE favourite NOT IN (SELECT id FROM favourite)
      UNION ALL
      SELECT 'block ' || b.id FROM block b
      WHERE b.count <> (SELECT count(*) FROM place p WHERE p.block = b.id)
      LIMIT 1
      """
    ),
    (
      "the totals are what there is",
      """
      SELECT 'favourites ' || favourites || ', trashed ' || trashed FROM totals
      WHERE favourites <> (SELECT count(*) FROM favourite)
        OR trashed <> (SELECT count(*) FROM trash)
      """
    ),
    (
      "tags are indexed as they stand",
      """
      SELECT 'favourite ' || id FROM (
        SELECT f.id, j.value FROM favourite f, json_each(f.tags) j
        EXCEPT SELECT g.favourite, t.name FROM tagging g JOIN tag t ON t.id = g.tag)
      UNION ALL
      SELECT 'tag ' || t.name FROM tag t
      WHERE t.count <> (SELECT count(*) FROM tagging g WHERE g.tag = t.id)
      LIMIT 1
      """
    ),
    (
      "metadata is indexed as it stands",
      """
      SELECT 'favourite ' || id FROM (
        SELECT f.id, j.key FROM favourite f, json_each(f.metadata) j
        EXCEPT SELECT favourite, name FROM attribute)
      UNION ALL
      SELECT 'favourite ' || favourite FROM attribute
      WHERE favourite NOT IN (SELECT id FROM favourite)
      LIMIT 1
      """
    ),
    (
      "each link is indexed",
      """
      SELECT 'favourite ' || id FROM favourite
      WHERE url IS NOT NULL AND id NOT IN (SELECT favourite FROM link)
      UNION ALL
      SELECT 'favourite ' || favourite FROM link
      WHERE favourite NOT IN (SELECT id FROM favourite WHERE url IS NOT NULL)
      UNION ALL
      SELECT 'favourite ' || favourite FROM link GROUP BY favourite HAVING count(*) > 1
      LIMIT 1
      """
    ),
  ]

  /// Makes all that is derived anew: indexes, counts, and ranks where they are missing. What was entered stays
  /// as it is.
  package mutating func repair() throws(StoreError) {
    try repairRanks()
    try translating {
      try connection.execute(
        """
        DELETE FROM tagging; DELETE FROM tag; DELETE FROM attribute; DELETE FROM link;
        INSERT INTO search(search) VALUES('delete-all'); DELETE FROM word;
        """)
    }
    let rows = try connection.query(
      """
      SELECT id, uid, category, change, created_at, modified_at, opened_at, opened, title, url,
        tags, metadata, note
      FROM favourite ORDER BY id
      """)
    while try rows.next() { try index(FavouriteRecord(rows)) }
    rows.reset()
    try writeTagCounts()
    try translating {
      try connection.execute(
        """
        UPDATE category SET count = 0;
        UPDATE category SET count = f.number
          FROM (SELECT category, count(*) AS number FROM favourite GROUP BY category) f
          WHERE f.category = category.id;
        INSERT INTO totals(id, favourites, trashed)
          VALUES(1, (SELECT count(*) FROM favourite), (SELECT count(*) FROM trash))
          ON CONFLICT(id) DO UPDATE SET favourites = excluded.favourites, trashed = excluded.trashed;
        """)
    }
    change?.tally.repairs += 1
  }

  /// Gives those that have no place in their category one at its end; all others keep theirs.
  private mutating func repairRanks() throws(StoreError) {
    try translating {
      try connection.execute(
        """
        DELETE FROM place WHERE favourite NOT IN (SELECT id FROM favourite);
        DELETE FROM place WHERE favourite IN (
          SELECT f.id FROM favourite f JOIN place p ON p.favourite = f.id
          LEFT JOIN block b ON b.id = p.block WHERE b.category IS NOT f.category);
        DELETE FROM block WHERE id NOT IN (SELECT block FROM place);
        UPDATE block SET count = (SELECT count(*) FROM place p WHERE p.block = block.id);
        """)
    }
    ranks.forget()
    let lost = try connection.query(
      "SELECT id, category FROM favourite WHERE id NOT IN (SELECT favourite FROM place) ORDER BY id"
    )
    var missing: [(id: Int64, category: Int64)] = []
    while try lost.next() { missing.append((lost.integer(0), lost.integer(1))) }
    lost.reset()
    for each in missing { try append(each.id, to: each.category) }
    try writeTails()
    // They were counted as new by that; the counts are made anew below.
    change?.counts = [:]
  }

  /// How many bytes of the file are free, and how large it is.
  package func space() throws(StoreError) -> (free: Int64, whole: Int64) {
    let rows = try connection.query(
      "SELECT f.freelist_count * s.page_size, p.page_count * s.page_size FROM pragma_freelist_count f, pragma_page_count p, pragma_page_size s"
    )
    guard try rows.next() else { return (0, 0) }
    return (rows.integer(0), rows.integer(1))
  }
}
