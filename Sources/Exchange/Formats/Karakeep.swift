internal import Favourites

extension Format {
  /// The export of Karakeep (formerly Hoarder): bookmarks, and the lists that contain them.
  ///
  /// Source: Karakeep, `packages/shared/import-export/exporters.ts`.
  static let karakeep = Format(
    name: "karakeep", summary: "Karakeep's export in JSON",
    isRecognised: { sniff in
      guard let json = sniff.json, !json.isArray, json.has("bookmarks") else { return false }
      return json.holds(anyOf: "bookmarks.content.type", "lists.parentId")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      let bytes = try input.readText()
      var lists = FolderTable()
      // The lists come after the bookmarks, so the file is read twice.
      try eachMember("lists", of: bytes, sink) { (fields, location) throws(ExchangeError) in
        guard let id = fields.text("id") else { return }
        if fields.text("type") == "smart" {
          try sink(.leftOut("lists that are searches"), location)
        } else {
          lists.add(
            id, name: fields.text("name"), parent: fields.text("parentId"),
            note: fields.text("description"))
        }
      }
      let beginning = Location(line: 1)
      for folder in lists.described() { try sink(.folder(folder), beginning) }
      try eachMember("bookmarks", of: bytes, sink) { (fields, location) throws(ExchangeError) in
        try sink(.bookmark(bookmark(fields, lists: &lists)), location)
      }
      for folder in lists.unused() { try sink(.folder(folder), beginning) }
    })

  private static func bookmark(_ fields: JSONFields, lists: inout FolderTable) -> Bookmark {
    var bookmark = Bookmark()
    let content = fields.fields("content")
    // In answers of the API, a bookmark has a title of its own only if somebody gave it one.
    bookmark.title = fields.text("title", "name") ?? content?.text("title")
    bookmark.url = content?.text("url", "sourceUrl")
    bookmark.tags = fields.texts("tags", named: "name")
    var notes: [String] = []
    if let text = content?.text("text") {
      // A text without a title is named after its first line, which may be the whole text.
      let line = text.trimmed.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      if bookmark.title == nil, line.utf8.count <= 200 { bookmark.title = line }
      if bookmark.title == nil { bookmark.title = String(line.prefix(50)) + "…" }
      if text.trimmed != bookmark.title { notes.append(text) }
    }
    bookmark.title = bookmark.title ?? content?.text("fileName")
    for note in [fields.text("note"), content?.text("description")].compactMap(\.self) {
      notes.append(note)
    }
    for key in ["author", "publisher"] { bookmark.set(key, content?.text(key)) }
    if !notes.isEmpty { bookmark.note = notes.joined(separator: "\n\n") }
    bookmark.createdAt = fields.date("createdAt")
    bookmark.set("archived", when: fields.isSo("archived"))
    bookmark.set("favourite", when: fields.isSo("favourited"))
    bookmark.keep(
      fields.object,
      except: [
        "id", "title", "content", "tags", "note", "createdAt", "archived", "favourited", "lists",
      ])
    // A favourite is in one category only: further lists become tags.
    let paths = fields.texts("lists").map { lists.path(of: $0) }.filter { !$0.isEmpty }
    bookmark.folders = paths.first ?? []
    bookmark.tags += paths.dropFirst().compactMap(\.last)
    return bookmark
  }

  /// The elements of an array in the outermost object.
  private static func eachMember(
    _ wanted: String, of bytes: [UInt8], _ sink: ItemSink,
    _ body: (JSONFields, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    var reader = JSONReader(bytes)
    try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
      guard key == wanted else {
        // Reported only once, although the file is read twice.
        let isReported = wanted == "lists" && key != "bookmarks"
        return try isReported
          ? JSONItems.passOver(key, &reader, sink) : JSONItems.skip(&reader)
      }
      try JSONItems.elements(&reader, sink, body)
    }
    try readingJSON { () throws(JSONError) in try reader.finish() }
  }
}
