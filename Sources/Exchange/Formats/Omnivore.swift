internal import Favourites

extension Format {
  /// The JSON export of Omnivore, which closed in 2024.
  static let omnivore = Format(
    name: "omnivore", summary: "Omnivore's export in JSON",
    isRecognised: { sniff in
      guard let json = sniff.json else { return false }
      return json.has("savedAt", "url", "labels")
        && json.has(anyOf: "slug", "state", "readingProgress")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      try JSONItems.each(of: &input, sink) { (fields, location) throws(ExchangeError) in
        var bookmark = Bookmark()
        bookmark.url = fields.text("url")
        bookmark.title = fields.text("title")
        bookmark.note = fields.text("description")
        bookmark.tags = fields.texts("labels", named: "name")
        bookmark.createdAt = fields.date("savedAt")
        bookmark.modifiedAt = fields.date("updatedAt")
        bookmark.set("archived", when: fields.text("state") == "Archived")
        bookmark.set("author", fields.text("author"))
        bookmark.set("published", fields.date("publishedAt")?.text)
        if let progress = fields.text("readingProgress"), progress != "0" {
          bookmark.set("reading-progress", progress)
        }
        bookmark.keep(
          fields.object,
          except: [
            "url", "title", "description", "labels", "savedAt", "updatedAt", "state", "author",
            "publishedAt", "readingProgress", "id", "slug", "thumbnail",
          ])
        try sink(.bookmark(bookmark), location)
      }
    })
}
