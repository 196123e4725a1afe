internal import SQLite

// The part of bringing names to the rules of today that is about categories: see Store+Unifying.swift.

extension Store {
  /// A category that has the name of another, which is to take it in.
  struct Twin {
    let id: Int64
    let home: Int64
  }

  /// A category's row, as far as it is looked at here.
  private struct NamedRow {
    let id: Int64
    let name: String
    let path: CategoryPath?
    let key: String
    let schema: String?
  }

  /// Gives categories the names and keys of today, and gives those that have the name of another: they are out of the
  /// way under a key that no name has.
  mutating func unifyCategories() throws(StoreError) -> [Twin] {
    for row in try namedRows("SELECT id, name, key, schema FROM trash_category ORDER BY id") {
      guard let path = row.path else { continue }
      try rename(
        row, path, "UPDATE trash_category SET (name, key, schema) = (?, ?, ?) WHERE id = ?")
    }
    // What stands in another comes behind it, and of two of one name the older one stays.
    let rows = try namedRows("SELECT id, name, key, schema FROM category ORDER BY id")
    let depths = rows.map { $0.path?.components.count ?? 0 }
    let order = rows.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }
    // Keys may change places: all of them go out of the way first.
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
    let update = try connection.query(sql)
    update.bind(path.text, at: 1)
    update.bind(path.sortKey, at: 2)
    update.bind(row.schema.flatMap(MetadataSchema.unified), at: 3)
    update.bind(row.id, at: 4)
    try update.run()
  }

  /// The key of one whose name cannot be read is left to whoever mends the file.
  private func restoreKey(of row: NamedRow) throws(StoreError) {
    let update = try connection.query("UPDATE OR IGNORE category SET key = ? WHERE id = ?")
    update.bind(row.key, at: 1)
    update.bind(row.id, at: 2)
    try update.run()
  }

  /// Puts categories of one name into one, as a change of its own that is for good: each twin's favourites behind
  /// those that are there, its note below the other, its fields beside the others.
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
      if let note = FavouriteRecord.joined(home.note, source.note),
        note.utf8.count <= Limits.noteBytes
      {
        home.note = note
      }
      var fields = home.fields ?? MetadataSchema()
      for field in source.fields?.fields ?? [] where fields[field.key] == nil { fields.set(field) }
      home.schema = fields.stored
      try apply(.live(home), to: home.id, isNew: true)
      try apply(.absent, to: source.id, isNew: true)
    }
    guard let number = try finish() else { return }
    let final = try connection.query("UPDATE change SET is_final = 1 WHERE number = ?")
    final.bind(number, at: 1)
    try final.run()
  }
}

extension MetadataSchema {
  /// A schema with its names composed and each there once; what is no schema stays.
  fileprivate static func unified(_ json: String) -> String? {
    guard let value = try? JSONValue.parse(Array(json.utf8)),
      let schema = try? MetadataSchema(from: value)
    else { return json }
    return schema.stored
  }
}
