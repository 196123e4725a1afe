internal import SQLite

// The part of applying the present rules for names that concerns categories: see
// Store+Unifying.swift.

extension Store {
  /// A category with the same name as another, which is to take it in.
  struct Twin {
    let id: Int64
    let home: Int64
  }

  /// The part of a category's row that is needed here.
  private struct NamedRow {
    let id: Int64
    let name: String
    let path: CategoryPath?
    let key: String
    let schema: String?
  }

  /// Gives categories their present names and keys, and returns those with the same name as
  /// another: they get a temporary key that no name has.
  mutating func unifyCategories() throws(StoreError) -> [Twin] {
    for row in try namedRows("SELECT id, name, key, schema FROM trash_category ORDER BY id") {
      guard let path = row.path else { continue }
      try rename(
        row, path, "UPDATE trash_category SET (name, key, schema) = (?, ?, ?) WHERE id = ?")
    }
    // Parents come before children, and of two with one name the older one stays.
    let rows = try namedRows("SELECT id, name, key, schema FROM category ORDER BY id")
    let depths = rows.map { $0.path?.components.count ?? 0 }
    let order = rows.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }
    // Keys may be swapped: all are moved out of the way first.
    try translating { try connection.execute("UPDATE category SET key = char(1) || id") }
    var homes: [[UInt8]: (id: Int64, name: String)] = [:]
    var twins: [Twin] = []
    for row in order.map({ rows[$0] }) {
      guard var path = row.path else {
        try restoreKey(of: row)
        continue
      }
      if let parent = path.parent, let own = path.components.last,
        let home = homes[Array(parent.sortKey.utf8)],
        let spelled = try? CategoryPath.parse(home.name + "/" + own)
      {
        path = spelled
      }
      let key = Array(path.sortKey.utf8)
      if let home = homes[key] {
        twins.append(Twin(id: row.id, home: home.id))
      } else {
        homes[key] = (row.id, path.text)
        try rename(row, path, "UPDATE category SET (name, key, schema) = (?, ?, ?) WHERE id = ?")
      }
    }
    return twins
  }

  private func namedRows(_ sql: StaticString) throws(StoreError) -> [NamedRow] {
    let select = try connection.query(sql)
    var rows: [NamedRow] = []
    while try select.next() {
      rows.append(
        NamedRow(
          id: select.integer(0), name: select.text(1),
          path: try? CategoryPath.parse(select.text(1)), key: select.text(2),
          schema: select.textOrNil(3)))
    }
    return rows
  }

  private func rename(
    _ row: NamedRow, _ path: CategoryPath, _ sql: StaticString
  ) throws(StoreError) {
    try connection.run(
      sql, path.text, path.sortKey, row.schema.flatMap(MetadataSchema.unified), row.id)
  }

  /// Leaves the key of a category with an unreadable name to whoever repairs the file.
  private func restoreKey(of row: NamedRow) throws(StoreError) {
    try connection.run("UPDATE OR IGNORE category SET key = ? WHERE id = ?", row.key, row.id)
  }

  /// Merges categories with the same name, as a separate, final change: each twin's favourites go
  /// after the existing ones, its note goes below the other's, and its fields are added to the
  /// other's.
  mutating func merge(_ twins: [Twin]) throws(StoreError) {
    try begin("upgrade")
    defer { change = nil }
    for twin in twins {
      guard let source = try categoryRecord(twin.id), var home = try categoryRecord(twin.home)
      else {
        continue
      }
      var targets: [FavouriteTarget] = []
      for id in try favourites(in: twin.id) {
        guard case .live(var favourite) = try state(of: id) else { continue }
        favourite.category = twin.home
        targets.append(FavouriteTarget(id: id, state: .live(favourite), placing: .rank(.max)))
      }
      try apply(targets, isNew: true)
      try writeCounts()
      home = home.unitedAtAnyRate(with: source)
      try apply(.live(home), to: home.id, isNew: true)
      try apply(.absent, to: source.id, isNew: true)
    }
    guard let number = try finish() else { return }
    try connection.run("UPDATE change SET is_final = 1 WHERE number = ?", number)
  }
}

extension MetadataSchema {
  /// A schema with its names composed and without duplicates; text that is not a schema is returned
  /// unchanged.
  fileprivate static func unified(_ json: String) -> String? {
    guard let value = try? JSONValue.parse(Array(json.utf8)),
      let schema = try? MetadataSchema(from: value)
    else { return json }
    return schema.stored
  }
}
