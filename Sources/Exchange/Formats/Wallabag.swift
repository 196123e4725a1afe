internal import Favourites

extension Format {
  /// Wallabag's export in JSON. The articles themselves are not imported.
  ///
  /// Source: wallabag, `src/Entity/Entry.php`, the fields of the group `export_all`.
  static let wallabag = Format(
    name: "wallabag", summary: "Wallabag's export in JSON",
    isRecognised: { sniff in
      guard let json = sniff.json else { return false }
      return json.has("is_archived") || json.has("is_starred")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      try JSONItems.each(of: &input, sink) { (fields, location) throws(ExchangeError) in
        var bookmark = Bookmark()
        bookmark.url = fields.text("url", "given_url", "origin_url")
        bookmark.title = fields.text("title")
        bookmark.tags = fields.texts("tags", named: "label", "slug")
        let notes = fields.objects("annotations").compactMap { annotation in
          let parts = [annotation.text("quote").map { "> \($0)" }, annotation.text("text")]
          return parts.allSatisfy { $0 == nil } ? nil : parts.compactMap(\.self)
        }
        if !notes.isEmpty { bookmark.note = notes.joined().joined(separator: "\n") }
        bookmark.createdAt = fields.date("created_at")
        bookmark.modifiedAt = fields.date("updated_at")
        bookmark.set("archived", when: fields.isSo("is_archived"))
        bookmark.set("favourite", when: fields.isSo("is_starred"))
        bookmark.set("author", fields.texts("published_by").joined(separator: ", "))
        bookmark.set("published", fields.date("published_at")?.text)
        bookmark.set("language", fields.text("language"))
        try sink(.bookmark(bookmark), location)
      }
    })
}
