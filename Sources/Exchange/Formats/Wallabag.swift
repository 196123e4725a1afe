internal import Favourites

extension Format {
  /// Wallabag's export in JSON. The articles themselves are not imported.
  ///
  /// Source: wallabag, `src/Entity/Entry.php`, the fields of the group `export_all`.
  static let wallabag = Format(
    name: "wallabag", summary: "Wallabag's export in JSON",
    isRecognised: { sniff in
      guard let json = sniff.json else { return false }
      return json.has("is_archived", "is_starred")
        && json.has(
          anyOf: "annotations", "domain_name", "mimetype", "preview_picture", "published_by",
          "reading_time")
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
        bookmark.keep(fields.object, except: known)
        try sink(.bookmark(bookmark), location)
      }
    })

  /// Members that are used above, or of no interest to people.
  private static let known: Set<String> = [
    "url", "given_url", "origin_url", "title", "tags", "annotations", "created_at", "updated_at",
    "is_archived", "is_starred", "published_by", "published_at", "language", "id", "uid",
    "content", "domain_name", "hashed_given_url", "hashed_url", "headers", "http_status",
    "is_public", "mimetype", "preview_picture", "reading_time", "user_email", "user_id",
    "user_name",
  ]
}
