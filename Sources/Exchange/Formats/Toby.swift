internal import Favourites

extension Format {
  /// Toby's export: lists of cards; a custom title has priority.
  ///
  /// Source:
  /// `{"version":3,"lists":[{"title","cards":[{"title","url","customTitle","customDescription"}],"labels"}]}`.
  static let toby = Format(
    name: "toby", summary: "Toby, JSON",
    isRecognised: { sniff in
      guard let json = sniff.json, !json.isArray else { return false }
      return json.holds(anyOf: "lists.cards")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var reader = JSONReader(try input.readText())
      try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
        guard key == "lists" else { return try JSONItems.passOver(key, &reader, sink) }
        try JSONItems.elements(&reader, sink) { (list, location) throws(ExchangeError) in
          let folders = [list.text("title")].compactMap(\.self)
          let cards = list.objects("cards")
          if cards.isEmpty, !folders.isEmpty { try sink(.folder(Folder(folders)), location) }
          for card in cards { try sink(.bookmark(bookmark(card, in: folders, of: list)), location) }
        }
      }
      try readingJSON { () throws(JSONError) in try reader.finish() }
    })

  private static func bookmark(
    _ card: JSONFields, in folders: [String], of list: JSONFields
  ) -> Bookmark {
    var bookmark = Bookmark()
    bookmark.url = card.text("url")
    bookmark.title = card.text("customTitle", "title")
    bookmark.note = card.text("customDescription", "description")
    bookmark.folders = folders
    bookmark.keep(
      card.object,
      except: [
        "id", "url", "title", "description", "customTitle", "customDescription", "labels",
        "favIconUrl",
      ])
    bookmark.tags =
      list.texts("labels", named: "title", "name") + card.texts("labels", named: "title", "name")
    return bookmark
  }
}
