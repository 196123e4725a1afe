internal import Favourites

extension Format {
  /// The `Bookmarks` file of Chromium and browsers based on it.
  ///
  /// Source: Chromium, `components/bookmarks/browser/bookmark_codec.cc`; Vivaldi's, Brave's and
  /// Opera's own files.
  static let chromium = Format(
    name: "chromium", summary: "bookmarks of Chrome, Chromium, Brave, Edge, Vivaldi and Opera",
    isRecognised: { sniff in
      guard let json = sniff.json, !json.isArray else { return false }
      return json.holds(
        anyOf: "roots.bookmark_bar", "roots.other", "roots.synced", "roots.custom_root")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      let bytes = try input.readText()
      var tree = JSONTree<ChromiumNode>()
      try ChromiumRoots.each(of: bytes) { (_, reader) throws(ExchangeError) in
        try readingJSON { () throws(JSONError) in try tree.survey(&reader) }
      } others: { (_, _) throws(ExchangeError) in
      }
      try ChromiumRoots.each(of: bytes) { (path, reader) throws(ExchangeError) in
        let branch = ChromiumRoots.branch(of: path)
        try tree.tell(&reader, in: branch) { (event, branch, location) throws(ExchangeError) in
          guard let item = ChromiumNode.item(event, in: branch) else { return false }
          try sink(item, location)
          return true
        }
      } others: { (what, location) throws(ExchangeError) in
        try sink(.passedOver(what), location)
      }
    })
}

/// A bookmark or folder of Chromium.
struct ChromiumNode: TreeNode {
  private var title: String?
  private var url: String?
  private var type: String?
  private var note: String?
  private var keyword: String?
  private var createdAt: Timestamp?
  private var modifiedAt: Timestamp?
  private var openedAt: Timestamp?
  private var visitedAt: Timestamp?

  mutating func read(_ key: String, from reader: inout JSONReader) throws(JSONError) {
    switch key {
    case "name": title = try reader.readText()
    case "url": url = try reader.readText()
    case "type": type = try reader.readText()
    case "date_added": createdAt = try reader.readText().flatMap(ForeignDate.webKit)
    case "date_modified": modifiedAt = try reader.readText().flatMap(ForeignDate.webKit)
    case "date_last_used": openedAt = try reader.readText().flatMap(ForeignDate.webKit)
    case "meta_info": try readMeta(from: &reader)
    default: try reader.skipValue()
    }
  }

  /// Reads the data of browser extensions: an object or, in old files, a string that contains one.
  private mutating func readMeta(from reader: inout JSONReader) throws(JSONError) {
    guard try reader.peekKind() == .string else {
      return try readMeta(object: &reader)
    }
    var inner = JSONReader(Array(try reader.readString().utf8))
    // A string that is not JSON is ignored.
    try? readMeta(object: &inner)
  }

  private mutating func readMeta(object reader: inout JSONReader) throws(JSONError) {
    guard try reader.peekKind() == .object else { return try reader.skipValue() }
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "Description": note = try reader.readText()
      case "Nickname": keyword = try reader.readText()
      case "last_visited_desktop", "last_visited":
        visitedAt = try reader.readText().flatMap(ForeignDate.webKit)
      default: try reader.skipValue()
      }
    }
  }

  func branch(in branch: TreeBranch) -> TreeBranch {
    branch.level == 0 ? branch.root() : branch.folder(title ?? "")
  }

  /// The item for a node; nil if there is nothing to import.
  static func item(_ event: TreeEvent<ChromiumNode>, in branch: TreeBranch) -> ImportedItem? {
    switch event {
    case .bookmark(let node):
      // A root without children, or something else among the roots.
      if branch.level == 0, node.url == nil { return nil }
      if branch.isApart { return .leftOut("bookmarks in the browser's trash") }
      return node.item(in: branch)
    case .folder(let node):
      guard let note = node.note, branch.level > 1, !branch.isApart else { return nil }
      return .folder(Folder(branch.folders, note: note))
    case .emptyFolder:
      // Every file has the roots.
      guard branch.level > 1, !branch.isApart else { return nil }
      return .folder(Folder(branch.folders))
    }
  }

  private func item(in branch: TreeBranch) -> ImportedItem {
    if url == nil, type == "folder" {
      return .folder(Folder(branch.folders + [title ?? ""], note: note))
    }
    guard let url else { return .unreadable("a bookmark without a URL") }
    var bookmark = Bookmark()
    bookmark.title = title
    bookmark.url = url
    bookmark.note = note
    bookmark.folders = branch.folders
    bookmark.createdAt = createdAt
    bookmark.modifiedAt = modifiedAt
    bookmark.openedAt = openedAt ?? visitedAt
    bookmark.set("keyword", keyword)
    if let what = bookmark.placeholder { return .leftOut(what) }
    return .bookmark(bookmark)
  }
}
