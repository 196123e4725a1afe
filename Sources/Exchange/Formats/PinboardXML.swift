internal import Favourites

extension Format {
  /// The XML of Pinboard and Delicious, in which `description` is the title and `extended` the
  /// description.
  ///
  /// Source: https://pinboard.in/api, "posts/all".
  static let pinboardXML = Format(
    name: "pinboard-xml", summary: "Pinboard's and Delicious' XML",
    isRecognised: { $0.rootElement == "posts" },
    reader: { (input, _, sink) throws(ExchangeError) in
      var xml = XMLReader()
      while let token = try xml.next(&input) {
        guard case .start(let tag) = token, tag.name == "post" else { continue }
        try sink(item(tag), xml.location)
      }
    })

  private static func item(_ tag: MarkupTag) -> ImportedItem {
    guard let url = tag["href"]?.trimmed, !url.isEmpty else {
      return .unreadable("a bookmark without a URL")
    }
    var bookmark = Bookmark()
    bookmark.url = url
    bookmark.title = tag["description"].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
    bookmark.note = tag["extended"].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
    bookmark.tags = (tag["tag"] ?? "").unicodeScalars.split(
      whereSeparator: { $0.isWhitespace }
    )
    .map(String.init)
    bookmark.createdAt = tag["time"].flatMap(ForeignDate.any)
    bookmark.set("toread", when: tag["toread"] == "yes")
    bookmark.set("private", when: tag["shared"] == "no")
    return .bookmark(bookmark)
  }
}
