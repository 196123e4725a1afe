internal import Favourites

extension Format {
  /// Databases of other programs, distinguished by their tables.
  static let databases = Format(
    name: "sqlite", summary: "databases of Firefox (places.sqlite), buku and bmm",
    isRecognised: { sniff in
      sniff.bytes.starts(with: DatabaseCopy.magic) || isEncrypted(sniff.bytes, ending: sniff.ending)
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      guard let path = input.path else {
        throw .malformed(nil, "a database cannot be piped; name its file")
      }
      guard try input.prefix().starts(with: DatabaseCopy.magic) else {
        guard path.hasSuffix(".enc") else { throw .malformed(nil, "not an SQLite database") }
        throw .malformed(nil, "encrypted by buku; 'buku --unlock' decrypts it")
      }
      let database = try ForeignDatabase(path)
      if try database.has("moz_bookmarks", "type", "fk", "parent", "position", "guid") {
        try PlacesReader.read(database, sink)
      } else if try database.has("bookmarks", "id", "URL", "metadata", "tags", "desc") {
        try readBuku(database, sink)
      } else if try database.has("bookmarks", "id", "uri", "title", "created_at", "updated_at") {
        try readBMM(database, sink)
      } else if try database.has("favourite", "uid", "category") {
        throw .malformed(
          nil, "a favs database, which is merged if no --format is given")
      } else {
        throw .malformed(nil, "a database of an unknown program")
      }
    }, opensDatabases: true)

  /// Whether buku encrypted the file: to `bookmarks.db.enc`, which begins with the size in eight
  /// bytes, little-endian.
  ///
  /// Source: buku, `buku.py`, `BukuCrypt.encrypt_file`.
  private static func isEncrypted(_ bytes: [UInt8], ending: String) -> Bool {
    ending == "enc" && bytes.count > 8 && bytes[5..<8].allSatisfy { $0 == 0 }
  }

  /// Source: buku, `buku.py`, `BukuDb.initdb`: `metadata` is the title, `tags` are separated by
  /// commas, and bit 0 of `flags` prevents the title from being fetched again.
  private static func readBuku(
    _ database: borrowing ForeignDatabase, _ sink: ItemSink
  ) throws(ExchangeError) {
    let flags = try database.has("bookmarks", "flags") ? "flags" : "0"
    let rows = try database.query(
      "SELECT id, URL, metadata, tags, \"desc\", \(flags) FROM bookmarks ORDER BY rowid",
      of: "bookmarks")
    while try rows.next() {
      var bookmark = Bookmark()
      bookmark.url = rows.text(1)
      bookmark.title = rows.text(2)
      bookmark.tags = NativeText.names(rows.text(3))
      bookmark.note = rows.text(4)
      bookmark.set("immutable", when: (rows.integer(5) ?? 0) & 1 == 1)
      try sink(.bookmark(bookmark), Location(row: Int(clamping: rows.integer(0) ?? 0)))
    }
  }

  /// Source: bmm, `src/persistence/create.rs`; dates are in seconds.
  private static func readBMM(
    _ database: borrowing ForeignDatabase, _ sink: ItemSink
  ) throws(ExchangeError) {
    let rows = try database.query(
      "SELECT id, uri, title, created_at, updated_at FROM bookmarks ORDER BY rowid",
      of: "bookmarks")
    // Stores only ids: names would be stored once for each bookmark.
    var tags: [Int64: [Int64]] = [:]
    let pairs = try database.query(
      "SELECT bookmark_id, tag_id FROM bookmark_tags", of: "bookmark_tags")
    while try pairs.next() {
      if let id = pairs.integer(0), let tag = pairs.integer(1) { tags[id, default: []].append(tag) }
    }
    let find = try database.query("SELECT name FROM tags WHERE rowid = ?", of: "tags")
    while try rows.next() {
      guard let id = rows.integer(0) else { continue }
      var bookmark = Bookmark()
      bookmark.url = rows.text(1)
      bookmark.title = rows.text(2)
      bookmark.createdAt = rows.date(3)
      bookmark.modifiedAt = rows.date(4)
      for tag in tags[id] ?? [] {
        if try find.first(tag), let name = find.text(0) { bookmark.tags.append(name) }
      }
      bookmark.tags.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      try sink(.bookmark(bookmark), Location(row: Int(clamping: id)))
    }
  }
}
