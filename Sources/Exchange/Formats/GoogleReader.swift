internal import Favourites

extension Format {
  /// Starred items of Google Reader, and of feed readers with a compatible interface. Labels become
  /// tags; the text of an item is skipped.
  ///
  /// Source: `starred.json` in Google's archives, and in the exports of Inoreader, The Old Reader
  /// and FreshRSS.
  static let googleReader = Format(
    name: "google-reader", summary: "starred items of feed readers (Google Reader format), JSON",
    isRecognised: { sniff in
      guard let json = sniff.json, !json.isArray, json.has("items") else { return false }
      return json.holds(anyOf: "items.alternate.href", "items.canonical.href")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var reader = JSONReader(try input.readText())
      try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
        guard key != "self", key != "alternate" else { return try JSONItems.skip(&reader) }
        guard key == "items" else { return try JSONItems.passOver(key, &reader, sink) }
        try JSONItems.elements(&reader, sink) { (item, location) throws(ExchangeError) in
          try sink(.bookmark(starred(item)), location)
        }
      }
      try readingJSON { () throws(JSONError) in try reader.finish() }
    })

  private static func starred(_ item: JSONFields) -> Bookmark {
    var bookmark = Bookmark()
    let links = item.objects("canonical") + item.objects("alternate")
    bookmark.url = links.lazy.compactMap { $0.text("href") }.first
    bookmark.title = item.text("title").map { (try? MarkupText.plain($0)) ?? $0 }
    bookmark.createdAt = item.date("published", "updated", "crawlTimeMsec")
    bookmark.tags = item.texts("categories").compactMap(label)
    bookmark.note = item.objects("annotations").lazy.compactMap { $0.text("content") }.first
    bookmark.set("author", item.text("author"))
    if let origin = item.fields("origin") {
      bookmark.set("from", origin.text("title"))
      bookmark.set("from_url", origin.text("htmlUrl"))
    }
    return bookmark
  }

  /// A label of the user: `user/1/label/Tech`. All other categories are states of the reader.
  private static func label(_ category: String) -> String? {
    let parts = category.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    if parts.count == 4, parts[0] == "user" { return parts[2] == "label" ? String(parts[3]) : nil }
    return category.hasASCIIPrefix("user/") ? nil : category
  }
}
