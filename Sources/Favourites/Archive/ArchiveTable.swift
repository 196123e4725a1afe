internal import SQLite

/// A table in an archive.
///
/// An archive is JSON lines: first `{"favs_export":1}`, then each row of the user's data and its
/// history, as `{"TABLE":{"COLUMN":…}}`, and last `{"end":N}` with the number of rows. Derived data
/// is left out. The order of rows depends only on their contents, so the same data gives the same
/// bytes.
struct ArchiveTable: Sendable {
  struct Column: Sendable {
    let name: String
    let kind: ColumnKind
  }

  let name: String
  let columns: [Column]
  /// The SQL after `FROM`, with `t` for the table: its order, and the joins needed for it.
  let source: String

  private init(_ name: String, _ columns: KeyValuePairs<String, ColumnKind>, from source: String) {
    self.init(name, columns.map { Column(name: $0.key, kind: $0.value) }, from: source)
  }

  private init(_ name: String, _ columns: [Column], from source: String) {
    self.name = name
    self.columns = columns
    self.source = source
  }

  /// The version of the archive format.
  static let version: Int64 = 1
  /// The key of the first line.
  package static let mark = "favs_export"
  /// The key of the last line.
  static let endMark = "end"

  /// All tables, each after those that it refers to.
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
      "favourite", Column.ofFavourites,
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
      "trash", Column.ofTrash, from: "trash t ORDER BY t.id"),
    ArchiveTable(
      "sqlite_sequence", ["name": .text, "seq": .integer],
      from: "sqlite_sequence t WHERE t.name IN ('change', 'category', 'favourite') ORDER BY t.name"
    ),
  ]

  /// The statement that reads its rows.
  var selection: String {
    "SELECT \(columns.map { "t.\"\($0.name)\"" }.joined(separator: ", ")) FROM \(source)"
  }

  /// The statement that writes a row: the columns, and the sort key of a category's name.
  var insertion: String {
    // An archive has a favourite's columns in the order of the table.
    if name == "favourite" { return FavouriteSQL.insert.text }
    let hasKey = name == "category" || name == "trash_category"
    let names = columns.map { "\"\($0.name)\"" } + (hasKey ? ["key"] : [])
    let places = names.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(name)(\(names.joined(separator: ", "))) VALUES(\(places))"
  }
}

extension ArchiveTable.Column {
  fileprivate static let ofFavourites = FavouriteColumn.allCases.map(Self.init)

  /// In table order: see `FavouriteColumn.placeInTrash`.
  fileprivate static let ofTrash: [Self] = {
    let own = [
      Self(name: "category_name", kind: .path), Self(name: "rank", kind: .integer),
      Self(name: "deleted_at", kind: .time),
    ]
    var columns = ofFavourites
    columns.insert(contentsOf: own, at: FavouriteColumn.category.placeInTrash + 1)
    return columns
  }()

  private init(_ column: FavouriteColumn) {
    self.init(name: column.text, kind: column.kind)
  }
}
