internal import Favourites

extension Format {
  /// Instapaper's export in HTML: a heading for each folder, and a list of links below it.
  ///
  /// Source: files that Instapaper writes, `instapaper-export.html`.
  static let instapaperHTML = Format(
    name: "instapaper-html", summary: "Instapaper's export in HTML",
    isRecognised: { sniff in
      guard sniff.text.first == UInt8(ascii: "<"), !sniff.contains("<dl") else { return false }
      return sniff.contains("<title>instapaper")
        || (sniff.contains("<h1>unread</h1>") && sniff.contains("<ol"))
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var scanner = MarkupScanner()
      var heading: MarkupText?
      var folder = ""
      var isTaken = true
      var link: (tag: MarkupTag, title: MarkupText, location: Location)?
      var open = 0
      var isAny = false
      while let token = try scanner.next(&input) {
        switch token {
        case .start(let tag) where headings.contains(tag.name):
          if !isTaken, isFolder(folder) { try sink(.folder(Folder([folder])), scanner.location) }
          heading = MarkupText(keepsLines: false)
        case .end(let name) where headings.contains(name):
          folder = heading?.line ?? ""
          heading = nil
          isTaken = false
        case .start(let tag) where tag.name == "a":
          link = (tag, MarkupText(keepsLines: false), scanner.location)
        case .end("a"):
          guard let ended = link.take() else { break }
          try sink(item(ended.tag, ended.title.line, in: folder), ended.location)
          isTaken = true
        case .start(let tag) where lists.contains(tag.name):
          open += 1
          isAny = true
        case .end(let name) where lists.contains(name): open -= 1
        default:
          if heading != nil { _ = heading?.take(token) } else { _ = link?.title.take(token) }
        }
      }
      guard isAny else { throw .malformed(input.location, "no list") }
      if let link {
        input.note("the file ends inside a title", at: input.location, isLoss: true)
        try sink(item(link.tag, link.title.line, in: folder), link.location)
      } else if open > 0 {
        input.note("the file ends inside a list", at: input.location, isLoss: false)
      }
      if !isTaken, isFolder(folder) { try sink(.folder(Folder([folder])), input.location) }
    })

  private static let headings: Set<String> = ["h1", "h2", "h3"]
  /// The elements that are closed in every complete file.
  private static let lists: Set<String> = ["ol", "ul", "body", "html"]

  /// Whether a heading names a folder of the user, not a state.
  private static func isFolder(_ heading: String) -> Bool {
    !["", "unread", "archive", "starred", "liked"].contains(heading.lowercased())
  }

  private static func item(_ tag: MarkupTag, _ title: String, in folder: String) -> ImportedItem {
    guard let url = tag["href"]?.trimmed, !url.isEmpty else {
      return .unreadable("a bookmark without a URL")
    }
    var bookmark = Bookmark()
    bookmark.url = url
    bookmark.title = title.isEmpty || title == url ? nil : title
    if isFolder(folder) { bookmark.folders = [folder] }
    bookmark.set("archived", when: folder.lowercased() == "archive")
    bookmark.set("starred", when: ["starred", "liked"].contains(folder.lowercased()))
    return .bookmark(bookmark)
  }
}
