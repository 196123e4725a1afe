internal import SQLite

/// A category as its row holds it.
struct CategoryRecord: Equatable {
  var id: Int64
  var uid: UID
  var name: String
  /// See `CategoryPath.sortKey`.
  var key: String
  var note: String?
  /// The fields of its metadata as JSON; nil when anything goes.
  var schema: String?
  /// How many favourites are in it, as the row says: what a change adds is written at its end. A damaged row may say
  /// anything; what is read of it can be summed up.
  var count: Int64
  var createdAt: Int64
  var modifiedAt: Int64
  var change: Int64

  /// Reads a row that selected id, uid, name, key, note, schema, count, created_at, modified_at, change.
  init(_ row: borrowing Statement) {
    id = row.integer(0)
    uid = UID(bytes: row.bytes(1)) ?? UID(high: 0, low: 0)
    name = row.text(2)
    key = row.text(3)
    note = row.textOrNil(4)
    schema = row.textOrNil(5)
    count = min(max(row.integer(6), 0), RankLayout.most)
    createdAt = row.integer(7)
    modifiedAt = row.integer(8)
    change = row.integer(9)
  }

  init(id: Int64, uid: UID, path: CategoryPath, at time: Int64, change: Int64) {
    self.id = id
    self.uid = uid
    name = path.text
    key = path.sortKey
    count = 0
    createdAt = time
    modifiedAt = time
    self.change = change
  }

  /// The fields of its metadata, where there are any.
  var fields: MetadataSchema? {
    schema.flatMap { text in
      guard let json = try? JSONValue.parse(Array(text.utf8)) else { return nil }
      return try? MetadataSchema(from: json)
    }
  }

  /// What the keys of all names begin with that begin with a text, which need not be a whole name.
  static func key(ofBeginning text: String) -> String {
    var parts = text.foldedName.unicodeScalars
      .split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let last = parts.popLast() ?? ""
    return (parts.map(NameKey.make) + [NameKey.beginning(folded: last)]).joined(separator: "\u{1}")
  }

  /// The end of all keys that stand within a category with this key, itself left out.
  static func within(_ key: String) -> (from: String, to: String) {
    (key + "\u{1}", key + "\u{2}")
  }
}

extension CategoryPath {
  /// The keys of its components (see `NameKey`) with U+0001 between them: sorted by it, a category's descendants
  /// follow it at once, and before `books-old` comes all that is in `books`.
  var sortKey: String {
    key.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
      .map { NameKey.make(folded: String($0)) }.joined(separator: "\u{1}")
  }
}
