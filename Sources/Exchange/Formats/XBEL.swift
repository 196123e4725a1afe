internal import Favourites

extension Format {
  /// The XML Bookmark Exchange Language, of KDE, Epiphany, floccus and others.
  ///
  /// Source: XBEL 1.0, `xbel-1.0.dtd` (pyxml.sourceforge.net/topics/xbel); buku's `TAGS`.
  static let xbel = Format(
    name: "xbel", summary: "XBEL, the XML Bookmark Exchange Language",
    isRecognised: { $0.rootElement == "xbel" },
    reader: { (input, _, sink) throws(ExchangeError) in
      var xml = XMLReader()
      var reader = XBELReader()
      while let token = try xml.next(&input) {
        switch token {
        case .start(let tag): try reader.begin(tag, &xml, &input, sink)
        case .end(let name): try reader.end(name, xml.location, sink)
        case .text, .comment: continue
        }
      }
    })
}

/// Collects bookmarks and folders from the elements of XBEL.
private struct XBELReader {
  private struct Entry {
    let tag: MarkupTag
    let location: Location
    var title: String?
    var note: String?
    /// favs' own data.
    var own: String?
    /// The path of its contents; nil while it has none, since a folder's title comes first.
    var path: FolderPath?
    var isTaken = false
  }

  /// The open folders, and an open bookmark at the end.
  private var entries: [Entry] = []

  /// Handles the start of an element, and reads elements that contain only text.
  mutating func begin(
    _ tag: MarkupTag, _ xml: inout XMLReader, _ input: inout ForeignFile, _ sink: ItemSink
  ) throws(ExchangeError) {
    let last = entries.count - 1
    let parent = xml.path.dropLast().last
    switch tag.name {
    case "folder", "bookmark":
      try settle(sink)
      entries.append(Entry(tag: tag, location: xml.location))
    case "title" where last >= 0 && parent == entries[last].tag.name:
      entries[last].title = NativeText.collapsed(try xml.text(&input))
    case "desc" where last >= 0 && parent == entries[last].tag.name:
      entries[last].note = try xml.text(&input)
    case "metadata" where last >= 0 && tag["owner"] == XBELNames.owner:
      entries[last].own = tag[XBELNames.attribute]
    case "alias": try sink(.leftOut("aliases of other bookmarks"), xml.location)
    case "xbel", "info": break
    case "title", "desc", "metadata", "separator": try xml.skip(&input)
    default:
      try sink(.passedOver("an element <\(tag.name)>"), xml.location)
      try xml.skip(&input)
    }
  }

  /// Handles the end of an element.
  mutating func end(_ name: String, _ location: Location, _ sink: ItemSink) throws(ExchangeError) {
    switch name {
    case "folder":
      try settle(sink)
      guard let folder = entries.popLast() else { return }
      if !folder.isTaken, let path = folder.path { try sink(.folder(path.folder()), location) }
      noteTaken()
    case "bookmark":
      guard let entry = entries.popLast() else { return }
      let item = Self.item(entry, in: entries.last?.path ?? FolderPath())
      try sink(item, entry.location)
      if case .leftOut = item { return }
      noteTaken()
    default: return
    }
  }

  /// Makes the innermost entry a folder, now that its title is known.
  private mutating func settle(_ sink: ItemSink) throws(ExchangeError) {
    guard let entry = entries.last, entry.path == nil else { return }
    let name = entry.title ?? ""
    let note = entry.note.flatMap { $0.isEmpty ? nil : $0 }
    let folder = Remainder.folder(entry.own, name: name, note: note, .xbel)
    let outer = entries.dropLast().last?.path ?? FolderPath()
    let path = outer.adding(name, own: folder.own)
    entries[entries.count - 1].path = path
    if let note = folder.note {
      try sink(.folder(path.folder(note: note)), entry.location)
      entries[entries.count - 1].isTaken = true
    }
  }

  private mutating func noteTaken() {
    if !entries.isEmpty { entries[entries.count - 1].isTaken = true }
  }

  private static func item(_ entry: Entry, in path: FolderPath) -> ImportedItem {
    guard let url = entry.tag["href"]?.trimmed, !url.isEmpty else {
      return .unreadable("a bookmark without a URL")
    }
    let own = Remainder(entry.own)
    var bookmark = Bookmark()
    bookmark.url = url
    if own == nil, let what = bookmark.placeholder { return .leftOut(what) }
    bookmark.title = entry.title.flatMap { $0.isEmpty ? nil : $0 }
    bookmark.note = entry.note.flatMap { $0.isEmpty ? nil : $0 }
    bookmark.folders = path.names
    bookmark.hasOwnFolders = path.isOwn
    bookmark.createdAt = entry.tag["added"].flatMap(ForeignDate.any)
    bookmark.modifiedAt = entry.tag["modified"].flatMap(ForeignDate.any)
    bookmark.openedAt = entry.tag["visited"].flatMap(ForeignDate.any)
    bookmark.tags = NativeText.names(entry.tag["TAGS"] ?? entry.tag["tags"])
    own?.complete(&bookmark, .xbel)
    return .bookmark(bookmark)
  }
}

/// favs' extensions of XBEL.
enum XBELNames {
  /// The owner of favs' metadata.
  static let owner = "https://favs.invalid/ns"
  /// The attribute that contains the metadata.
  static let attribute = "favs"
}
