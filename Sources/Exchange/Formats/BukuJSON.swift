internal import Favourites

extension Format {
  /// The output of `buku --json`: an array, or an object for a single bookmark.
  ///
  /// Source: buku, `buku.py`, `format_json`.
  static let bukuJSON = Format(
    name: "buku", summary: "the output of buku --json",
    isRecognised: { sniff in
      guard let json = sniff.json else { return false }
      return json.has("index", "uri", "title", "tags")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      try JSONItems.each(of: &input, sink) { (fields, location) throws(ExchangeError) in
        var bookmark = Bookmark()
        bookmark.url = fields.text("uri")
        bookmark.title = fields.text("title")
        bookmark.note = fields.text("description")
        bookmark.tags =
          fields.text("tags").map(NativeText.names) ?? fields.texts("tags")
        bookmark.keep(
          fields.object, except: ["index", "uri", "title", "description", "tags"])
        try sink(.bookmark(bookmark), location)
      }
    })
}
