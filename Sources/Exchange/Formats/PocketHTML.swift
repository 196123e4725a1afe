internal import Favourites

extension Format {
  /// Pocket's export in HTML: two lists, `Unread` and `Read Archive`.
  ///
  /// Source: files that Pocket wrote until 2025, `ril_export.html`.
  static let pocketHTML = Format(
    name: "pocket-html", summary: "Pocket's export in HTML",
    isRecognised: { sniff in
      guard sniff.text.first == UInt8(ascii: "<"), !sniff.contains("<dl") else { return false }
      return sniff.contains("time_added=") || sniff.contains("<title>pocket export")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var scanner = MarkupScanner()
      var isHeading = false
      var isArchive = false
      var heading = MarkupText(keepsLines: false)
      var link: (tag: MarkupTag, title: MarkupText, location: Location)?
      var open = 0
      var isAny = false
      while let token = try scanner.next(&input) {
        switch token {
        case .start(let tag) where tag.name == "h1":
          heading = MarkupText(keepsLines: false)
          isHeading = true
        case .end("h1"):
          isHeading = false
          isArchive = heading.line.lowercased().contains(ascii: "archive")
        case .start(let tag) where tag.name == "a":
          link = (tag, MarkupText(keepsLines: false), scanner.location)
        case .end("a"):
          guard let ended = link.take() else { break }
          try sink(item(ended.tag, ended.title.line, isArchived: isArchive), ended.location)
        case .start(let tag) where lists.contains(tag.name):
          open += 1
          isAny = true
        case .end(let name) where lists.contains(name): open -= 1
        default:
          if isHeading { _ = heading.take(token) } else { _ = link?.title.take(token) }
        }
      }
      guard isAny else { throw .malformed(input.location, "no list") }
      if let link {
        input.note("the file ends inside a title", at: input.location, isLoss: true)
        try sink(item(link.tag, link.title.line, isArchived: isArchive), link.location)
      } else if open > 0 {
        input.note("the file ends inside a list", at: input.location, isLoss: false)
      }
    })

  /// The elements that are closed in every complete file.
  private static let lists: Set<String> = ["ul", "body", "html"]

  private static func item(_ tag: MarkupTag, _ title: String, isArchived: Bool) -> ImportedItem {
    guard let url = tag["href"]?.trimmed, !url.isEmpty else {
      return .unreadable("a bookmark without a URL")
    }
    var bookmark = Bookmark()
    bookmark.url = url
    // Pocket used the URL as the title of a page that it never fetched.
    bookmark.title = title.isEmpty || title == url ? nil : title
    bookmark.tags = NativeText.names(tag["tags"])
    bookmark.createdAt = tag["time_added"].flatMap(ForeignDate.any)
    bookmark.set("archived", when: isArchived)
    return .bookmark(bookmark)
  }
}
