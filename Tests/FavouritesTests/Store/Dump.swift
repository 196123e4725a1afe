import SQLite

/// All that a person entered, with ranks and counts, as bytes: two dumps are equal when nobody
/// could tell the two files apart, their histories left out.
struct Dump: Equatable, CustomStringConvertible {
  private let lines: [[UInt8]]

  init(_ path: String) throws {
    try self.init(of: try Connection(unhardened: path, access: .readOnly))
  }

  init(of connection: borrowing Connection) throws {
    var lines: [[UInt8]] = []
    for (table, query) in Self.queries {
      let rows = try connection.prepare(query)
      while try rows.step() {
        var line = table
        for column in 0..<rows.columnCount { line += " | " + rows.text(column) }
        lines.append(Array(line.utf8))
      }
    }
    self.lines = lines
  }

  var description: String {
    lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
  }

  /// The lines that only one of two has, marked by whose they are.
  func difference(from other: Dump) -> String {
    let (mine, others) = (Set(lines), Set(other.lines))
    let gone = other.lines.filter { !mine.contains($0) }
    let new = lines.filter { !others.contains($0) }
    return
      (gone.map { "- " + String(decoding: $0, as: UTF8.self) }
      + new.map { "+ " + String(decoding: $0, as: UTF8.self) }).joined(separator: "\n")
  }

  private static let queries = [
    (
      "favourite",
      """
      SELECT f.id, hex(f.uid), f.category, f.rank, f.change, f.created_at, f.modified_at,
        quote(f.opened_at), f.opened, quote(f.title), quote(f.url), quote(f.tags),
        quote(f.metadata), quote(f.note)
      FROM (
        SELECT f.*,
          row_number() OVER (PARTITION BY b.category ORDER BY b.key, p.position) AS rank
        FROM favourite f LEFT JOIN place p ON p.favourite = f.id
        LEFT JOIN block b ON b.id = p.block) f
      ORDER BY f.id
      """
    ),
    (
      "category",
      """
      SELECT id, hex(uid), quote(name), quote(key), quote(note), quote(schema), count, created_at,
        modified_at, change FROM category ORDER BY id
      """
    ),
    (
      "trash",
      """
      SELECT id, hex(uid), category, quote(category_name), rank, deleted_at, change, created_at,
        modified_at, quote(opened_at), opened, quote(title), quote(url), quote(tags),
        quote(metadata), quote(note) FROM trash ORDER BY id
      """
    ),
    (
      "trash_category",
      """
      SELECT id, hex(uid), quote(name), quote(key), quote(note), quote(schema), deleted_at, change,
        created_at, modified_at FROM trash_category ORDER BY id
      """
    ),
    ("tag", "SELECT quote(key), quote(name), count FROM tag ORDER BY key, name"),
    ("totals", "SELECT favourites, trashed FROM totals"),
  ]
}
