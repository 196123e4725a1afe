internal import Favourites

/// Looks up the details of bookmarks in Firefox databases, old and new.
struct PlacesSource: ~Copyable {
  private let find: ForeignRows
  /// The keywords, if they are in a table of their own.
  private let keywords: [Int64: String]
  /// The descriptions, which only old databases have.
  private let notes: [Int64: String]

  init(_ database: borrowing ForeignDatabase) throws(ExchangeError) {
    let keywords = try Self.keywords(database)
    let notes = try Self.notes(database)
    let places = try database.columns(of: "moz_places")
    // Looks rows up by rowid, which `id` is an alias of, so the lookup is always direct.
    let find = try database.query(
      """
      SELECT p.url, ifnull(nullif(b.title, ''), p.title), b.dateAdded, b.lastModified, p.rowid,
        \(places.contains("last_visit_date") ? "p.last_visit_date" : "NULL"),
        \(places.contains("visit_count") ? "p.visit_count" : "0")
      FROM moz_bookmarks b JOIN moz_places p ON p.rowid = b.fk WHERE b.rowid = ?
      """, of: "moz_bookmarks", "moz_places")
    self.find = find
    self.keywords = keywords
    self.notes = notes
  }

  /// The bookmark without its folders and tags; nil if its place is missing.
  func bookmark(_ id: Int64) throws(ExchangeError) -> Bookmark? {
    guard try find.first(id), let url = find.text(0) else { return nil }
    var bookmark = Bookmark()
    bookmark.url = url
    bookmark.title = find.text(1)
    bookmark.createdAt = find.date(2)
    bookmark.modifiedAt = find.date(3)
    bookmark.openedAt = find.date(5)
    if bookmark.openedAt != nil { bookmark.opened = max(find.integer(6) ?? 0, 0) }
    bookmark.note = notes[id]
    bookmark.set("keyword", find.integer(4).flatMap { keywords[$0] })
    return bookmark
  }

  /// The description of a folder, in an old database.
  func note(ofFolder id: Int64) throws(ExchangeError) -> String? { notes[id] }

  private static func keywords(
    _ database: borrowing ForeignDatabase
  ) throws(ExchangeError) -> [Int64: String] {
    if try database.has("moz_keywords", "keyword", "place_id") {
      return try texts(
        database, "SELECT place_id, keyword FROM moz_keywords", of: ["moz_keywords"])
    }
    // Until Firefox 39 bookmarks referred to keywords.
    guard try database.has("moz_keywords", "keyword"),
      try database.has("moz_bookmarks", "keyword_id")
    else { return [:] }
    return try texts(
      database,
      """
      SELECT b.fk, k.keyword FROM moz_bookmarks b JOIN moz_keywords k ON k.rowid = b.keyword_id
      """, of: ["moz_bookmarks", "moz_keywords"])
  }

  private static func notes(
    _ database: borrowing ForeignDatabase
  ) throws(ExchangeError) -> [Int64: String] {
    guard try database.has("moz_items_annos", "item_id", "anno_attribute_id", "content"),
      try database.has("moz_anno_attributes", "name")
    else { return [:] }
    return try texts(
      database,
      """
      SELECT i.item_id, i.content FROM moz_items_annos i
      JOIN moz_anno_attributes a ON a.rowid = i.anno_attribute_id
      WHERE a.name = 'bookmarkProperties/description'
      """, of: ["moz_items_annos", "moz_anno_attributes"])
  }

  private static func texts(
    _ database: borrowing ForeignDatabase, _ sql: String, of tables: [String]
  ) throws(ExchangeError) -> [Int64: String] {
    var texts: [Int64: String] = [:]
    let rows = try database.query(sql, of: tables)
    while try rows.next() {
      if let id = rows.integer(0), let text = rows.text(1) { texts[id] = text }
    }
    return texts
  }
}
