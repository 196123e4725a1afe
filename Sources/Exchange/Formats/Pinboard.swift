internal import Favourites

extension Format {
  /// Pinboard's JSON, in which `description` is the title and `extended` the description, as in
  /// Delicious.
  ///
  /// Source: https://pinboard.in/api, "posts/all".
  static let pinboard = Format(
    name: "pinboard", summary: "Pinboard's JSON",
    isRecognised: { sniff in
      guard let json = sniff.json else { return false }
      return json.has("href", "description", "extended")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      try JSONItems.each(of: &input, sink) { (fields, location) throws(ExchangeError) in
        var bookmark = Bookmark()
        bookmark.url = fields.text("href")
        bookmark.title = fields.text("description")
        bookmark.note = fields.text("extended")
        bookmark.tags =
          fields.text("tags")?.split(whereSeparator: \.isWhitespace).map(String.init)
          ?? fields.texts("tags")
        bookmark.createdAt = fields.date("time")
        bookmark.set("toread", when: fields.isSo("toread"))
        bookmark.set("private", when: fields.text("shared") == "no")
        bookmark.keep(
          fields.object,
          except: [
            "href", "description", "extended", "tags", "time", "toread", "shared", "meta", "hash",
          ])
        try sink(.bookmark(bookmark), location)
      }
    })
}
