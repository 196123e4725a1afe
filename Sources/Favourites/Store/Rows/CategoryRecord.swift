internal import SQLite

/// A category as its row holds it.
struct CategoryRecord: Equatable {
  var id: Int64
  var uid: UID
  var name: String
  /// See `CategoryPath.sortKey`.
  var key: String
  var note: String?
  /// The fields of its metadata as JSON; nil if any are allowed.
  var schema: String?
  /// The number of favourites in it according to its row; a change writes its own additions at the
  /// end. Clamped, since a damaged row may hold any number: such counts can be summed.
  var count: Int64
  var createdAt: Int64
  var modifiedAt: Int64
  var change: Int64

  /// Reads a row of id, uid, name, key, note, schema, count, created_at, modified_at, change.
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

  /// The fields of its metadata, if any.
  var fields: MetadataSchema? {
    schema.flatMap { text in
      guard let json = try? JSONValue.parse(Array(text.utf8)) else { return nil }
      return try? MetadataSchema(from: json)
    }
  }

  /// The beginning of the keys of all names that begin with a text, which need not be a whole name.
  static func key(ofBeginning text: String) -> String {
    var parts = text.foldedName.unicodeScalars
      .split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let last = parts.popLast() ?? ""
    return (parts.map(NameKey.make) + [NameKey.beginning(folded: last)]).joined(separator: "\u{1}")
  }

  /// The range of all keys below a category with this key, without itself.
  static func within(_ key: String) -> (from: String, to: String) {
    (key + "\u{1}", key + "\u{2}")
  }
}

extension CategoryPath {
  /// The keys of its components (see `NameKey`), joined by U+0001: sorted by it, a category's
  /// descendants directly follow it, and everything in `books` comes before `books-old`.
  var sortKey: String {
    key.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
      .map { NameKey.make(folded: String($0)) }.joined(separator: "\u{1}")
  }
}
