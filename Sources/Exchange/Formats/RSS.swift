internal import Favourites

extension Format {
  /// Feeds in RSS 2.0, its predecessors, and RSS 1.0.
  ///
  /// Sources: https://www.rssboard.org/rss-specification; RSS 1.0, http://purl.org/rss/1.0/spec.
  static let rss = Format(
    name: "rss", summary: "feeds in RSS",
    isRecognised: { $0.rootElement == "rss" || $0.rootElement == "rdf:rdf" },
    reader: { (input, _, sink) throws(ExchangeError) in
      var xml = XMLReader()
      while let token = try xml.next(&input) {
        guard case .start(let tag) = token else { continue }
        switch tag.name {
        case "rss", "channel", "rdf:RDF": continue
        case "item":
          let location = xml.location
          try sink(try item(tag, &xml, &input), location)
        default: try xml.skip(&input)
        }
      }
    })

  /// Reads the item whose start tag was read last.
  private static func item(
    _ item: MarkupTag, _ xml: inout XMLReader, _ input: inout ForeignFile
  ) throws(ExchangeError) -> ImportedItem {
    let depth = xml.path.count
    var bookmark = Bookmark()
    // "All elements of an item are optional", and a guid is a link unless it says otherwise.
    var guid = item["rdf:about"]
    var enclosure: String?
    while let token = try xml.next(&input), xml.path.count >= depth {
      guard case .start(let tag) = token else { continue }
      switch tag.name {
      case "title":
        bookmark.title = NativeText.collapsed(try MarkupText.plain(try xml.text(&input)))
      case "link": bookmark.url = try xml.text(&input)
      case "guid":
        let text = try xml.text(&input)
        if tag["isPermaLink"] != "false" { guid = text }
      case "description": bookmark.note = try MarkupText.plain(try xml.text(&input))
      case "pubDate", "dc:date": bookmark.createdAt = ForeignDate.any(try xml.text(&input))
      case "category", "dc:subject": bookmark.tags.append(try xml.text(&input))
      case "enclosure":
        enclosure = enclosure ?? tag["url"]
        try xml.skip(&input)
      default: try xml.skip(&input)
      }
    }
    bookmark.tags.removeAll(where: \.isEmpty)
    if bookmark.title?.isEmpty == true { bookmark.title = nil }
    if bookmark.note?.isEmpty == true { bookmark.note = nil }
    bookmark.url = [bookmark.url, guid.flatMap { Draft.looksLikeURL($0) ? $0 : nil }, enclosure]
      .lazy.compactMap { $0?.trimmed }.first { !$0.isEmpty }
    guard bookmark.title != nil || bookmark.url != nil else {
      return .unreadable("an item without a title and a link")
    }
    return .bookmark(bookmark)
  }
}
