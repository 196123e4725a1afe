import SQLite
import Testing

@testable import Favourites

/// Checks everything that has to be true of a favourites file after any change, by plain SQL and
/// not by the code that wrote it.
func checkStoreLaws(
  _ path: String, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let broken = try brokenLaws(of: path)
  #expect(broken == [], comment, sourceLocation: sourceLocation)
  // What SQL cannot say: that keys are those of the names. A file of a later version is not opened.
  let store: Store
  do {
    store = try Store.reading(path)
  } catch .unusable(_, .newer) {
    return
  }
  let untrue = [try store.untrueTitle(), try store.untrueAttribute(), try store.untrueTag()]
  #expect(untrue == [nil, nil, nil], comment, sourceLocation: sourceLocation)
}

/// The names of those laws that do not hold, each with the first row that breaks it.
func brokenLaws(of path: String) throws -> [String] {
  try brokenLaws(in: try Connection(unhardened: path, access: .readOnly))
}

/// The same of a file that is open.
func brokenLaws(in connection: borrowing Connection) throws -> [String] {
  var broken: [String] = []
  for law in laws {
    let rows = try connection.prepare(law.exceptions)
    guard try rows.step() else { continue }
    let cells = (0..<rows.columnCount).map { rows.textOrNil($0) ?? "NULL" }
    broken.append("\(law.name): \(cells.joined(separator: " | "))")
  }
  return broken
}

/// A sentence, and a query that gives those rows for which it is wrong. Tables that have no index
/// by favourite are counted once for all: to look into them for each favourite takes as long as
/// the rest of many tests.
private struct Law {
  let name: String
  let exceptions: String
}

private let laws = [
  Law(
    name: "SQLite finds no damage",
    exceptions: "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
  Law(
    name: "every reference leads to something",
    exceptions: "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check"),
  Law(
    name: "a category's count is the number of its favourites",
    exceptions: """
      SELECT c.id, c.name, c.count FROM category c
      WHERE c.count <> (SELECT count(*) FROM favourite f WHERE f.category = c.id)
      """),
  Law(
    name: "a category's count is the sum of its blocks",
    exceptions: """
      SELECT c.id, c.name, c.count FROM category c
      WHERE c.count <> (SELECT ifnull(sum(b.count), 0) FROM block b WHERE b.category = c.id)
      """),
  Law(
    name: "a block belongs to a category",
    exceptions: "SELECT id, category FROM block WHERE category NOT IN (SELECT id FROM category)"),
  Law(
    name: "a block's count is the number of its places, 1 to 512",
    exceptions: """
      SELECT b.id, b.count FROM block b
      WHERE b.count NOT BETWEEN 1 AND 512
        OR b.count <> (SELECT count(*) FROM place p WHERE p.block = b.id)
      """),
  Law(
    name: "a favourite has a place",
    exceptions: "SELECT id FROM favourite WHERE id NOT IN (SELECT favourite FROM place)"),
  Law(
    name: "a place has a favourite",
    exceptions: "SELECT favourite FROM place WHERE favourite NOT IN (SELECT id FROM favourite)"),
  Law(
    name: "a place is in a block of its favourite's category",
    exceptions: """
      SELECT p.favourite, p.block FROM place p JOIN favourite f ON f.id = p.favourite
      LEFT JOIN block b ON b.id = p.block WHERE b.category IS NOT f.category
      """),
  Law(
    name: "ranks are dense",
    exceptions: """
      SELECT category, count(*), min(rank), max(rank), count(DISTINCT rank) FROM (
        SELECT p.favourite, b.category,
          (SELECT ifnull(sum(o.count), 0) FROM block o
            WHERE o.category = b.category AND o.key < b.key)
          + row_number() OVER (PARTITION BY b.id ORDER BY p.position) AS rank
        FROM place p JOIN block b ON b.id = p.block)
      GROUP BY category
      HAVING min(rank) <> 1 OR max(rank) <> count(*) OR count(DISTINCT rank) <> count(*)
      """),
  Law(
    name: "the totals are right",
    exceptions: """
      SELECT favourites, trashed FROM totals
      WHERE favourites <> (SELECT count(*) FROM favourite)
        OR trashed <> (SELECT count(*) FROM trash) OR (SELECT count(*) FROM totals) <> 1
      """),
  Law(
    name: "a tag's count is the number of its uses, never 0",
    exceptions: """
      SELECT t.id, t.name, t.count FROM tag t
      WHERE t.count = 0 OR t.count <> (SELECT count(*) FROM tagging g WHERE g.tag = t.id)
      """),
  Law(
    name: "a tag of a row is indexed",
    exceptions: """
      SELECT f.id, hex(j.value) FROM favourite f, json_each(f.tags) j
      EXCEPT SELECT g.favourite, hex(t.name) FROM tagging g JOIN tag t ON t.id = g.tag
      """),
  Law(
    name: "an indexed tag is in its row",
    exceptions: """
      SELECT g.favourite, hex(t.name) FROM tagging g LEFT JOIN tag t ON t.id = g.tag
      EXCEPT SELECT f.id, hex(j.value) FROM favourite f, json_each(f.tags) j
      """),
  Law(
    name: "a row names no tag twice and has no empty list",
    exceptions: """
      SELECT f.id, f.tags FROM favourite f
      WHERE f.tags = '[]' OR f.metadata = '{}'
        OR (SELECT count(*) - count(DISTINCT t.key) FROM json_each(f.tags) j
          JOIN tag t ON t.name = j.value) <> 0
      """),
  Law(
    name: "each piece of metadata is indexed once",
    exceptions: """
      SELECT f.id, f.metadata FROM favourite f
      LEFT JOIN (SELECT favourite, count(*) AS count FROM attribute GROUP BY favourite) a
        ON a.favourite = f.id
      WHERE (SELECT count(*) FROM json_each(f.metadata)) <> ifnull(a.count, 0)
      UNION ALL
      SELECT favourite, name FROM attribute WHERE favourite NOT IN (SELECT id FROM favourite)
      """),
  Law(
    name: "each title is indexed once",
    exceptions: """
      SELECT f.id, f.title FROM favourite f
      LEFT JOIN (SELECT favourite, count(*) AS count FROM title GROUP BY favourite) t
        ON t.favourite = f.id
      WHERE t.count IS NOT 1
      UNION ALL SELECT favourite, key FROM title WHERE favourite NOT IN (SELECT id FROM favourite)
      """),
  Law(
    name: "a link is indexed once",
    exceptions: """
      SELECT f.id, f.url FROM favourite f
      LEFT JOIN (SELECT favourite, count(*) AS count FROM link GROUP BY favourite) l
        ON l.favourite = f.id
      WHERE (f.url IS NOT NULL) <> ifnull(l.count, 0)
      """),
  Law(
    name: "an indexed link has a favourite",
    exceptions: "SELECT favourite FROM link WHERE favourite NOT IN (SELECT id FROM favourite)"),
  Law(
    name: "a uid is indexed where the date of creation does not lead to it, by six of its bytes",
    exceptions: """
      SELECT f.id, hex(f.uid), u.key FROM favourite f
      JOIN (SELECT created_at, count(*) AS count FROM favourite GROUP BY created_at) d
        ON d.created_at = f.created_at
      LEFT JOIN (SELECT DISTINCT favourite, key FROM uid) u ON u.favourite = f.id
      WHERE iif(u.key IS NULL,
        substr(hex(f.uid), 1, 12) <> printf('%012X', f.created_at) OR d.count > 1,
        printf('%012X', u.key) <> substr(hex(f.uid), 1, 8) || substr(hex(f.uid), 29))
      UNION ALL SELECT favourite, '', key FROM uid WHERE favourite NOT IN (SELECT id FROM favourite)
      """),
  Law(
    name: "no two favourites have the same uid",
    exceptions: "SELECT max(id) FROM favourite GROUP BY uid HAVING count(*) > 1"),
  Law(
    name: "what was never edited has no date of an edit",
    exceptions: "SELECT id FROM favourite WHERE edited_at = created_at OR modified_at IS NULL"),
  Law(
    name: "a favourite is in one place: kept or in the trash",
    exceptions: """
      SELECT id FROM favourite WHERE id IN (SELECT id FROM trash)
      UNION ALL SELECT id FROM category WHERE id IN (SELECT id FROM trash_category)
      """),
  Law(
    name: "what was touched was touched by a change",
    exceptions: """
      SELECT kind, item, change FROM change_item WHERE change NOT IN (SELECT number FROM change)
      UNION ALL SELECT 0, id, change FROM favourite WHERE change NOT IN (SELECT number FROM change)
      """),
  Law(
    name: "a subcategory has the category it stands in",
    exceptions: """
      SELECT c.id, c.name FROM category c WHERE instr(c.key, char(1)) > 0
      AND NOT EXISTS (SELECT 1 FROM category p
        WHERE substr(c.key, 1, length(p.key) + 1) = p.key || char(1)
          AND instr(substr(c.key, length(p.key) + 2), char(1)) = 0)
      """),
  Law(
    name: "a category's name is its parent's name, a slash and a rest",
    exceptions: """
      SELECT c.id, c.name, p.name FROM category c JOIN category p
        ON substr(c.key, 1, length(p.key) + 1) = p.key || char(1)
      WHERE substr(c.name, 1, length(p.name) + 1) <> p.name || '/'
      """),
]
