internal import SQLite

// Checks that derived data matches the data that users entered: in SQL where possible, otherwise in
// one pass over the favourites, which looks up each expected row and then counts whether there are
// any others.

extension Store {
  /// The checks in SQL; each query returns a row for each mismatch.
  static let derived: [(check: Check, sql: String)] = [
    (
      .counts,
      """
      SELECT name FROM category c
      LEFT JOIN (SELECT category, count(*) AS number FROM favourite GROUP BY category) f
        ON f.category = c.id
      WHERE count <> ifnull(f.number, 0)
        OR count <> (SELECT total(b.count) FROM block b WHERE b.category = c.id)
      LIMIT 1
      """
    ),
    (
      .ranks,
      """
      SELECT 'favourite ' || f.id FROM favourite f LEFT JOIN place p ON p.favourite = f.id
      LEFT JOIN block b ON b.id = p.block
      WHERE b.category IS NOT f.category
        OR p.position NOT BETWEEN -\(RankLayout.farthest) AND \(RankLayout.farthest)
        OR b.key NOT BETWEEN -\(RankLayout.farthest) AND \(RankLayout.farthest)
      UNION ALL
      SELECT 'favourite ' || favourite FROM place WHERE favourite NOT IN (SELECT id FROM favourite)
      UNION ALL
      SELECT 'block ' || b.id FROM block b
      WHERE b.count <> (SELECT count(*) FROM place p WHERE p.block = b.id)
      LIMIT 1
      """
    ),
    (
      .totals,
      """
      SELECT 'there are none' WHERE NOT EXISTS (SELECT 1 FROM totals)
      UNION ALL
      SELECT 'favourites ' || favourites || ', trashed ' || trashed FROM totals
      WHERE favourites <> (SELECT count(*) FROM favourite)
        OR trashed <> (SELECT count(*) FROM trash)
      """
    ),
    (
      .ids,
      """
      SELECT 'the last ' || name || ' was ' || last || ', and ' || noted || ' was noted'
      FROM (\(lastIDs)) WHERE noted < last OR noted > \(Int64.max / 2) LIMIT 1
      """
    ),
    (.sights, "SELECT 'favourite ' || favourite FROM (\(untrueSights)) LIMIT 1"),
  ]

  /// The ids of results that belong to no link or have an unknown state.
  static let untrueSights = """
    SELECT favourite FROM sight
    WHERE state NOT BETWEEN 1 AND \(LinkState.allCases.count) OR favourite NOT IN
      (SELECT id FROM favourite WHERE url IS NOT NULL)
    """

  /// The last ids ever given to a favourite and a category, and the ones that SQLite continues
  /// from.
  static let lastIDs = """
    SELECT 'favourite' AS name,
      max(ifnull((SELECT max(id) FROM favourite), 0), ifnull((SELECT max(id) FROM trash), 0),
        ifnull((SELECT max(item) FROM change_item WHERE kind = 1), 0),
        ifnull((SELECT max(item) FROM change_item WHERE kind = 3), 0),
        ifnull((SELECT max(last_added) FROM change WHERE last_added IS NOT NULL), 0)) AS last,
      ifnull((SELECT max(seq) FROM sqlite_sequence WHERE name = 'favourite'), 0) AS noted
    UNION ALL
    SELECT 'category',
      max(ifnull((SELECT max(id) FROM category), 0),
        ifnull((SELECT max(id) FROM trash_category), 0),
        ifnull((SELECT max(category) FROM trash), 0),
        ifnull((SELECT max(item) FROM change_item WHERE kind = 2), 0)),
      ifnull((SELECT max(seq) FROM sqlite_sequence WHERE name = 'category'), 0)
    """

  /// The first category whose key does not match its name, or whose parent does not exist.
  func misplacedCategory() throws(StoreError) -> String? {
    if let wrong = try misnamed("category").first { return wrong.path.text }
    if let lost = try orphans().first {
      return "\(lost.path.text): \(lost.parent.text) does not exist"
    }
    return try misnamed("trash_category").first.map { "\($0.path.text) in the trash" }
  }

  /// The categories whose keys do not match their names.
  func misnamed(
    _ table: StaticString
  ) throws(StoreError) -> [(id: Int64, path: CategoryPath, key: String)] {
    let rows = try connection.query(parts: "SELECT id, name, key FROM \(table) ORDER BY id")
    var found: [(id: Int64, path: CategoryPath, key: String)] = []
    while try rows.next() {
      guard let path = try? CategoryPath.parse(rows.text(1)), !areSame(path.sortKey, rows.text(2))
      else { continue }
      found.append((rows.integer(0), path, rows.text(2)))
    }
    return found
  }

  /// The categories whose parents do not exist, by key.
  func orphans() throws(StoreError) -> [(path: CategoryPath, parent: CategoryPath)] {
    let rows = try connection.query("SELECT name FROM category ORDER BY key")
    var found: [(path: CategoryPath, parent: CategoryPath)] = []
    while try rows.next() {
      guard let path = try? CategoryPath.parse(rows.text(0)), let parent = path.parent,
        try categoryRecord(parent) == nil
      else { continue }
      found.append((path, parent))
    }
    return found
  }

  /// The first favourite with a tag missing from the index, or an indexed tag that no favourite
  /// has.
  func untrueTag() throws(StoreError) -> String? {
    let rows = try connection.query("SELECT id, tags FROM favourite WHERE tags IS NOT NULL")
    let find = try connection.query("SELECT id FROM tag WHERE key = ? AND name = ?")
    let look = try connection.query("SELECT 1 FROM tagging WHERE tag = ? AND favourite = ?")
    var ids: [[UInt8]: Int64] = [:]
    var expected: Int64 = 0
    while try rows.next() {
      // There are few tags, and a set for each favourite would cost more than everything else.
      var seen: [[UInt8]] = []
      for name in JSONText.strings(rows.text(1)) {
        let spelling = Array(name.utf8)
        guard !seen.contains(spelling) else { continue }
        seen.append(spelling)
        if ids[spelling] == nil {
          find.reset()
          find.bind(TagName.key(of: name), name)
          if try find.next() { ids[spelling] = find.integer(0) }
        }
        look.reset()
        look.bind(ids[spelling] ?? 0, rows.integer(0))
        guard try look.next() else { return "favourite \(rows.integer(0))" }
        expected += 1
      }
    }
    if let surplus = try surplus(
      in: "tagging", beyond: expected, "json_array_length(iif(json_valid(tags), tags, '[]'))")
    {
      return surplus
    }
    return try first(
      """
      SELECT 'tag ' || t.name FROM tag t
      WHERE t.count = 0 OR t.count <> (SELECT count(*) FROM tagging g WHERE g.tag = t.id)
      LIMIT 1
      """)
  }

  /// The first favourite whose metadata is missing from the index, or has other values there.
  func untrueAttribute() throws(StoreError) -> String? {
    let rows = try connection.query("SELECT id, metadata FROM favourite WHERE metadata IS NOT NULL")
    let look = try connection.query(
      "SELECT 1 FROM attribute WHERE name = ? AND value = ? AND favourite = ? AND text IS ?")
    var expected: Int64 = 0
    while try rows.next() {
      for entry in Metadata(stored: rows.text(1)).entries {
        look.reset()
        let value = entry.value.sortValue
        look.bind(entry.key.foldedName, value, rows.integer(0), entry.value.textBeside(value))
        guard try look.next() else { return "favourite \(rows.integer(0))" }
        expected += 1
      }
    }
    return try surplus(
      in: "attribute", beyond: expected,
      "(SELECT count(*) FROM json_each(iif(json_valid(metadata), metadata, '{}')))")
  }

  /// The first favourite whose title is missing from the index, or differs there.
  func untrueTitle() throws(StoreError) -> String? {
    let rows = try connection.query("SELECT id, title FROM favourite")
    let look = try connection.query("SELECT 1 FROM title WHERE key = ? AND favourite = ?")
    var expected: Int64 = 0
    while try rows.next() {
      look.reset()
      look.bind(rows.text(1).nameKey, rows.integer(0))
      guard try look.next() else { return "favourite \(rows.integer(0))" }
      expected += 1
    }
    return try surplus(in: "title", beyond: expected, "1")
  }

  /// The first favourite whose link is missing from the index, or differs there.
  func untrueLink() throws(StoreError) -> String? {
    let rows = try connection.query("SELECT id, url FROM favourite WHERE url IS NOT NULL")
    let look = try connection.query("SELECT 1 FROM link WHERE key = ? AND favourite = ?")
    var expected: Int64 = 0
    while try rows.next() {
      look.reset()
      look.bind(LinkKey.indexKey(of: rows.text(1)), rows.integer(0))
      guard try look.next() else { return "favourite \(rows.integer(0))" }
      expected += 1
    }
    return try surplus(in: "link", beyond: expected, "(url IS NOT NULL)")
  }

  /// The first favourite with more rows in an index than its data gives; nil if there are as many
  /// rows as expected.
  ///
  /// - Parameter own: the number of rows for a favourite, in SQL.
  private func surplus(
    in table: String, beyond expected: Int64, _ own: String
  ) throws(StoreError) -> String? {
    let count = try connection.query(parts: "SELECT count(*) FROM \(table)")
    guard try count.next(), count.integer(0) != expected else { return nil }
    let favourite = try first(
      """
      SELECT 'favourite ' || i.favourite
      FROM (SELECT favourite, count(*) AS number FROM \(table) GROUP BY favourite) i
      LEFT JOIN favourite f ON f.id = i.favourite
      WHERE f.id IS NULL OR i.number > ifnull(\(own), 0) LIMIT 1
      """)
    return favourite ?? "\(count.integer(0) - expected) too many"
  }
}
