internal import Favourites

extension Format {
  /// Safari's `Bookmarks.plist`, binary or in XML, including the reading list; and the files that
  /// macOS creates for single links.
  ///
  /// Source: files of Safari 5 to 18, which no document describes.
  static let safari = Format(
    name: "safari", summary: "Safari's Bookmarks.plist, with its reading list",
    isRecognised: { sniff in
      sniff.bytes.starts(with: PropertyList.magic) || sniff.rootElement == "plist"
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      let list: PropertyList
      if try input.prefix().starts(with: PropertyList.magic) {
        list = try PropertyList(binary: try input.readBytes())
      } else {
        list = try PropertyList(xml: &input)
      }
      var reader = SafariReader()
      try reader.read(list, sink)
    })
}

/// Visits Safari's lists.
private struct SafariReader {
  /// The number of items so far, used as the position.
  private var count = 0

  mutating func read(_ list: PropertyList, _ sink: ItemSink) throws(ExchangeError) {
    if case .array? = list["Children"] {
      for child in list["Children"]?.elements ?? [] { try tell(child, in: [], isTop: true, sink) }
    } else if let url = list["URL"]?.text {
      var bookmark = Bookmark()
      bookmark.url = url
      try sink(.bookmark(bookmark), next())
    } else if list["WebMainResource"] != nil {
      throw .malformed(nil, "a page saved by Safari, without bookmarks")
    } else {
      throw .malformed(nil, "a property list without bookmarks")
    }
  }

  private mutating func next() -> Location {
    count += 1
    return Location(row: count)
  }

  private mutating func tell(
    _ item: PropertyList, in folders: [String], isTop: Bool, _ sink: ItemSink
  ) throws(ExchangeError) {
    let kind = item["WebBookmarkType"]?.text ?? ""
    if item["Children"] != nil || kind == "WebBookmarkTypeList" {
      try tell(list: item, in: folders, isTop: isTop, sink)
    } else if item["URLString"] != nil || kind == "WebBookmarkTypeLeaf" {
      try sink(Self.item(item, in: folders), next())
    } else if kind != "WebBookmarkTypeProxy" {
      // A proxy stands for something that Safari stores elsewhere: its history.
      try sink(.passedOver("an entry of unknown kind '\(kind)'"), next())
    }
  }

  private mutating func tell(
    list: PropertyList, in folders: [String], isTop: Bool, _ sink: ItemSink
  ) throws(ExchangeError) {
    let title = list["Title"]?.text ?? ""
    let children = list["Children"]?.elements ?? []
    var inner = folders
    if isTop, title == "BookmarksBar" {
      inner.append("toolbar")
    } else if isTop, title == "com.apple.ReadingList" {
      inner.append("reading list")
    } else if !isTop || title != "BookmarksMenu" {
      inner.append(title)
      if children.isEmpty { try sink(.folder(Folder(inner)), next()) }
    }
    for child in children { try tell(child, in: inner, isTop: false, sink) }
  }

  private static func item(_ item: PropertyList, in folders: [String]) -> ImportedItem {
    guard let url = item["URLString"]?.text?.trimmed, !url.isEmpty else {
      return .unreadable("a bookmark without a URL")
    }
    let reading = item["ReadingList"]
    var bookmark = Bookmark()
    bookmark.url = url
    let titles = [
      item["URIDictionary"]?["title"], item["Title"], item["ReadingListNonSync"]?["Title"],
    ]
    bookmark.title = titles.lazy.compactMap { $0?.text }.first
    bookmark.folders = folders
    bookmark.note =
      reading?["PreviewText"]?.text ?? item["ReadingListNonSync"]?["PreviewText"]?.text
      ?? item["previewText"]?.text
    bookmark.createdAt = reading?["DateAdded"]?.date ?? item["DateAdded"]?.date
    bookmark.openedAt = reading?["DateLastViewed"]?.date
    bookmark.set("toread", when: reading != nil && bookmark.openedAt == nil)
    return .bookmark(bookmark)
  }
}
