/// A table as an archive carries it.
///
/// An archive is JSON lines: first `{"favs_export":1}`, then each row of what a person entered and what happened, as
/// `{"TABLE":{"COLUMN":…}}`, last `{"end":N}` with the number of rows. What is derived is left out. Rows stand in an order that follows from what they
/// hold, so the same content gives the same bytes.
struct ArchiveTable: Sendable {
  /// What a column holds.
  enum Kind: Sendable {
    case integer, uid, text
    case title, url, note, path
    /// JSON that stands in the line as what it is.
    case tags, metadata, schema, object
  }

  struct Column: Sendable {
    let name: String
    let kind: Kind
  }

  let name: String
  let columns: [Column]
  /// What follows `FROM`, with `t` for the table: its order, and what is needed for that.
  let source: String

  private init(_ name: String, _ columns: KeyValuePairs<String, Kind>, from source: String) {
    self.name = name
    self.columns = columns.map { Column(name: $0.key, kind: $0.value) }
    self.source = source
  }

  /// The version of the archive's form.
  static let version: Int64 = 1
  /// The key of the first line.
  package static let mark = "favs_export"
  /// The key of the last line.
  static let endMark = "end"

  /// All tables, each behind those that it refers to.
  static let all: [ArchiveTable] = [
    ArchiveTable(
      "device", ["id": .integer, "uid": .uid, "name": .text], from: "device t ORDER BY t.id"),
    ArchiveTable(
      "change",
      [
        "number": .integer, "uid": .uid, "device": .integer, "at": .integer, "command": .text,
        "summary": .text, "first_added": .integer, "last_added": .integer, "undoes": .integer,
        "redoes": .integer, "undone_by": .integer, "is_final": .integer,
      ], from: "change t ORDER BY t.number"),
    ArchiveTable(
      "change_item",
      ["kind": .integer, "item": .integer, "change": .integer, "before": .object],
      from: "change_item t ORDER BY t.change, t.kind, t.item"),
    ArchiveTable(
      "category",
      [
        "id": .integer, "uid": .uid, "name": .path, "note": .note, "schema": .schema,
        "created_at": .integer, "modified_at": .integer, "change": .integer,
      ], from: "category t ORDER BY t.id"),
    ArchiveTable(
      "favourite", favouriteColumns,
      from: """
        favourite t JOIN place p ON p.favourite = t.id JOIN block b ON b.id = p.block
        ORDER BY t.category, b.key, p.position
        """),
    ArchiveTable(
      "trash_category",
      [
        "id": .integer, "uid": .uid, "name": .path, "note": .note, "schema": .schema,
        "deleted_at": .integer, "change": .integer, "created_at": .integer,
        "modified_at": .integer,
      ], from: "trash_category t ORDER BY t.id"),
    ArchiveTable(
      "trash", trashColumns, from: "trash t ORDER BY t.id"),
    ArchiveTable(
      "sqlite_sequence", ["name": .text, "seq": .integer],
      from: "sqlite_sequence t WHERE t.name IN ('change', 'category', 'favourite') ORDER BY t.name"
    ),
  ]

  private static let favouriteColumns: KeyValuePairs<String, Kind> = [
    "id": .integer, "uid": .uid, "category": .integer, "change": .integer,
    "created_at": .integer, "modified_at": .integer, "opened_at": .integer, "opened": .integer,
    "title": .title, "url": .url, "tags": .tags, "metadata": .metadata, "note": .note,
  ]

  private static let trashColumns: KeyValuePairs<String, Kind> = [
    "id": .integer, "uid": .uid, "category": .integer, "category_name": .path,
    "rank": .integer, "deleted_at": .integer, "change": .integer, "created_at": .integer,
    "modified_at": .integer, "opened_at": .integer, "opened": .integer, "title": .title,
    "url": .url, "tags": .tags, "metadata": .metadata, "note": .note,
  ]

  /// The statement that reads its rows.
  var selection: String {
    "SELECT \(columns.map { "t.\"\($0.name)\"" }.joined(separator: ", ")) FROM \(source)"
  }

  /// The statement that writes a row: the columns, and the key that a category's name is sorted by.
  var insertion: String {
    let hasKey = name == "category" || name == "trash_category"
    let names = columns.map { "\"\($0.name)\"" } + (hasKey ? ["key"] : [])
    let places = names.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(name)(\(names.joined(separator: ", "))) VALUES(\(places))"
  }
}
