internal import Favourites

extension Format {
  /// Feeds in Atom.
  ///
  /// Source: RFC 4287.
  static let atom = Format(
    name: "atom", summary: "feeds in Atom",
    isRecognised: { $0.rootElement == "feed" },
    reader: { (input, _, sink) throws(ExchangeError) in
      var xml = XMLReader()
      var isOwn = false
      while let token = try xml.next(&input) {
        guard case .start(let tag) = token else { continue }
        switch tag.name {
        case "feed": continue
        case "generator": isOwn = try xml.text(&input) == AtomNames.generator
        case "entry":
          var entry = AtomEntry(location: xml.location)
          try entry.read(&xml, &input)
          try sink(entry.item(isOwn: isOwn), entry.location)
        default: try xml.skip(&input)
        }
      }
    })
}

/// An entry of a feed.
private struct AtomEntry {
  let location: Location
  private var bookmark = Bookmark()
  private var id = ""
  private var summary: String?
  private var content: String?

  init(location: Location) {
    self.location = location
  }

  /// Reads the contents of the element whose start tag was read last.
  mutating func read(
    _ xml: inout XMLReader, _ input: inout ForeignFile
  ) throws(ExchangeError) {
    let depth = xml.path.count
    while let token = try xml.next(&input) {
      if xml.path.count < depth { return }
      guard case .start(let tag) = token else { continue }
      switch tag.name {
      case "title":
        bookmark.title = NativeText.collapsed(try text(tag, &xml, &input))
      case "id": id = try xml.text(&input)
      case "published": bookmark.createdAt = ForeignDate.any(try xml.text(&input))
      case "updated": bookmark.modifiedAt = ForeignDate.any(try xml.text(&input))
      case "summary": summary = try text(tag, &xml, &input)
      case "content":
        if let source = tag["src"]?.trimmed, bookmark.url == nil { bookmark.url = source }
        content = try text(tag, &xml, &input)
      case "link":
        // "If the "rel" attribute is not present, the link element MUST be interpreted as if the
        // link relation type is "alternate"." (4.2.7.2)
        if tag["rel"] ?? "alternate" == "alternate", bookmark.url == nil {
          bookmark.url = (tag[AtomNames.link] ?? tag["href"])?.trimmed
        }
        try xml.skip(&input)
      case "category":
        take(category: tag)
        try xml.skip(&input)
      default: try xml.skip(&input)
      }
    }
  }

  /// The item for the entry.
  func item(isOwn: Bool) -> ImportedItem {
    var bookmark = bookmark
    if bookmark.title?.isEmpty == true { bookmark.title = nil }
    bookmark.note = [summary, content].lazy.compactMap { $0 }.first { !$0.isEmpty }
    bookmark.createdAt = bookmark.createdAt ?? bookmark.modifiedAt
    if isOwn, id.hasASCIIPrefix("urn:uuid:") { bookmark.uid = UID(text: String(id.dropFirst(9))) }
    bookmark.tellsTags = isOwn
    bookmark.hasOwnFolders =
      isOwn && (try? CategoryPath.parse(bookmark.folders.joined(separator: "/"))) != nil
    if bookmark.url == nil, id.hasASCIIPrefix("http") { bookmark.url = id }
    guard bookmark.title != nil || bookmark.url != nil else {
      return .unreadable("an entry without a title and a link")
    }
    return .bookmark(bookmark)
  }

  private mutating func take(category tag: MarkupTag) {
    guard let term = tag["term"]?.trimmed, !term.isEmpty else { return }
    if tag["scheme"] == AtomNames.categories {
      bookmark.folders = term.unicodeScalars.split(separator: "/").map(String.init)
    } else {
      bookmark.tags.append(tag["label"]?.trimmed ?? term)
    }
  }

  /// "If the value is "html", the content of the Text construct […] is suitable for handling as
  /// HTML" (3.1.1.2).
  private func text(
    _ tag: MarkupTag, _ xml: inout XMLReader, _ input: inout ForeignFile
  ) throws(ExchangeError) -> String {
    switch tag["type"] {
    case "html", "text/html": try MarkupText.plain(try xml.text(&input))
    case "xhtml": try xml.text(&input, isMarkup: true)
    default: try xml.text(&input)
    }
  }
}

/// favs' extensions of Atom.
enum AtomNames {
  /// The generator of favs' feeds.
  static let generator = "favs"
  /// The original URL, for cases where a URI reference does not allow all its characters:
  /// "undefined attributes" in other namespaces may be added to any element (RFC 4287, 6.4).
  static let link = "favs:href"
  /// The scheme of Atom categories that are favs' categories rather than tags.
  static let categories = "https://favs.invalid/category"
}
