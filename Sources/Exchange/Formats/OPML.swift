internal import Favourites

extension Format {
  /// OPML 1.0, 1.1 and 2.0: lists of feeds or links, and outlines.
  ///
  /// Sources: http://opml.org/spec2.opml; OmniOutliner's `_note`.
  static let opml = Format(
    name: "opml", summary: "OPML: lists of feeds or links",
    isRecognised: { $0.rootElement == "opml" },
    reader: { (input, _, sink) throws(ExchangeError) in
      var sites = FeedSites()
      try sites.survey(&input)
      var xml = XMLReader()
      var reader = OPMLReader(sites: sites)
      while let token = try xml.next(&input) {
        switch token {
        case .start(let tag) where tag.name.lowercased() == "outline":
          try reader.begin(tag, xml.location, sink)
        case .start(let tag) where tag.name.lowercased() == "head": try xml.skip(&input)
        case .end(let name) where name.lowercased() == "outline":
          try reader.end(xml.location, sink)
        default: continue
        }
      }
    })
}

/// The pages that several feeds of a file share.
private struct FeedSites {
  private var feeds: [String: String] = [:]
  private var shared: Set<String> = []

  /// Reads the whole file, and rewinds it.
  mutating func survey(_ input: inout ForeignFile) throws(ExchangeError) {
    var xml = XMLReader()
    while let token = try xml.next(&input) {
      guard case .start(let tag) = token, tag.name.lowercased() == "outline",
        let site = tag["htmlUrl"]?.trimmed, let feed = tag["xmlUrl"]?.trimmed, !feed.isEmpty
      else { continue }
      if feeds[site, default: feed] == feed { feeds[site] = feed } else { shared.insert(site) }
    }
    try input.rewind()
  }

  /// Whether another feed has the same page.
  func isShared(_ tag: MarkupTag) -> Bool {
    tag["htmlUrl"].map { shared.contains($0.trimmed) } ?? false
  }
}

/// Collects bookmarks and folders from nested outlines.
private struct OPMLReader {
  private struct Outline {
    let tag: MarkupTag
    let location: Location
    /// The path of its contents; nil while it has none.
    var path: FolderPath?
    var isTaken = false

    /// The title. In files of other programs it may contain HTML.
    func title(isOwn: Bool) throws(ExchangeError) -> String? {
      let text = [tag["text"], tag["title"]].lazy.compactMap { $0 }.first { !$0.trimmed.isEmpty }
      guard let text else { return nil }
      let isMarkup = !isOwn && text.utf8.contains(UInt8(ascii: "<"))
      return NativeText.collapsed(isMarkup ? try MarkupText.plain(text) : text)
    }

    func note(isOwn: Bool) throws(ExchangeError) -> String? {
      let text = [tag["_note"], tag["description"]].lazy.compactMap { $0 }.first {
        !$0.trimmed.isEmpty
      }
      // Links in the text that are not the favourite's own.
      let links = isOwn ? [] : MarkupText.links(in: tag["text"] ?? "").dropFirst(hasURL ? 0 : 1)
      guard let text else { return links.isEmpty ? nil : links.joined(separator: "\n") }
      let isMarkup = !isOwn && tag["_note"] == nil && text.utf8.contains(UInt8(ascii: "<"))
      return ([isMarkup ? try MarkupText.plain(text) : text.trimmed] + links)
        .joined(separator: "\n")
    }

    /// Whether an attribute has its URL.
    private var hasURL: Bool {
      ["url", "htmlUrl", "xmlUrl"].contains { tag[$0]?.trimmed.isEmpty == false }
    }

    /// The URL: the page of a feed rather than the feed itself, unless other feeds have the same
    /// page. Without either, the first link in the text, which "may contain encoded HTML markup"
    /// (OPML 2.0), or the text if it is one.
    func url(_ sites: FeedSites, isOwn: Bool) -> String? {
      let names = sites.isShared(tag) ? ["url", "xmlUrl"] : ["url", "htmlUrl", "xmlUrl"]
      let url = names.lazy.compactMap { tag[$0]?.trimmed }.first { !$0.isEmpty }
      guard url == nil, !isOwn, let text = tag["text"]?.trimmed else { return url }
      let isLink = !text.contains(where: \.isWhitespace) && WrittenLink.isLink(text)
      return isLink ? text : MarkupText.links(in: text).first
    }
  }

  private let sites: FeedSites
  private var outlines: [Outline] = []

  init(sites: FeedSites) {
    self.sites = sites
  }

  mutating func begin(
    _ tag: MarkupTag, _ location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    try settle(sink)
    outlines.append(Outline(tag: tag, location: location))
  }

  mutating func end(_ location: Location, _ sink: ItemSink) throws(ExchangeError) {
    // An outline marked as a folder is one, whatever it contains.
    if outlines.last?.tag["type"] == OPMLNames.folder { try settle(sink) }
    guard let outline = outlines.popLast() else { return }
    if let path = outline.path {
      if !outline.isTaken { try sink(.folder(path.folder()), location) }
    } else {
      let item = try item(outline, in: outlines.last?.path ?? FolderPath())
      try sink(item, outline.location)
    }
    noteTaken()
  }

  /// Makes the innermost outline a folder, since it has contents.
  private mutating func settle(_ sink: ItemSink) throws(ExchangeError) {
    guard let outline = outlines.last, outline.path == nil else { return }
    let own = outline.tag[OPMLNames.attribute]
    let isOwn = own != nil || outline.tag["type"] == OPMLNames.folder
    let name = try outline.title(isOwn: isOwn) ?? ""
    let folder = Remainder.folder(
      own, name: name, note: try outline.note(isOwn: isOwn), .opml)
    let outer = outlines.dropLast().last?.path ?? FolderPath()
    let path = outer.adding(name, own: folder.own)
    let last = outlines.count - 1
    outlines[last].path = path
    if outline.url(sites, isOwn: isOwn) != nil {
      // A link that contains others is both a favourite and a folder.
      try sink(try item(outline, in: outer), outline.location)
    } else if let note = folder.note {
      try sink(.folder(path.folder(note: note)), outline.location)
      outlines[last].isTaken = true
    }
  }

  private mutating func noteTaken() {
    if !outlines.isEmpty { outlines[outlines.count - 1].isTaken = true }
  }

  private func item(
    _ outline: Outline, in path: FolderPath
  ) throws(ExchangeError) -> ImportedItem {
    let own = Remainder(outline.tag[OPMLNames.attribute])
    let tag = outline.tag
    var bookmark = Bookmark()
    bookmark.title = try outline.title(isOwn: own != nil)
    bookmark.url = outline.url(sites, isOwn: own != nil)
    if own == nil, bookmark.title == bookmark.url { bookmark.title = nil }
    guard own != nil || bookmark.title != nil || bookmark.url != nil else {
      return .unreadable("an outline without text and URL")
    }
    bookmark.note = try outline.note(isOwn: own != nil)
    bookmark.folders = path.names
    bookmark.hasOwnFolders = path.isOwn
    bookmark.createdAt = tag["created"].flatMap(ForeignDate.any)
    // "To represent a "tag," the category string should contain no slashes." (OPML 2.0)
    bookmark.tags = NativeText.names(tag["category"])
    if own == nil {
      bookmark.tags = bookmark.tags.map { $0.hasASCIIPrefix("/") ? String($0.dropFirst()) : $0 }
      bookmark.set("feed", tag["xmlUrl"])
    }
    own?.complete(&bookmark, .opml)
    return .bookmark(bookmark)
  }
}

/// favs' extensions of OPML.
enum OPMLNames {
  /// "An OPML file may contain elements and attributes not described on this page, only if those
  /// elements are defined in a namespace" (OPML 2.0).
  static let namespace = "https://favs.invalid/ns"
  /// The attribute for data that OPML cannot represent.
  static let attribute = "favs:data"
  /// The type of an outline that represents a category.
  static let folder = "folder"
}
