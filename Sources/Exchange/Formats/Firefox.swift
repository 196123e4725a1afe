internal import Favourites

extension Format {
  /// Firefox's backups in JSON, compressed or not.
  ///
  /// Source: Firefox, `toolkit/components/places/PlacesBackups.sys.mjs` and `PlacesUtils.sys.mjs`.
  static let firefox = Format(
    name: "firefox", summary: "Firefox bookmark backups, .json and .jsonlz4",
    isRecognised: { sniff in
      if sniff.bytes.starts(with: FirefoxBackup.magic) { return true }
      guard let json = sniff.json, !json.isArray, json.has("type") else { return false }
      return sniff.contains("text/x-moz-place")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      let bytes = try FirefoxBackup.text(of: &input)
      var reader = JSONReader(bytes, deepest: JSONTree<FirefoxNode>.deepest)
      var tree = JSONTree<FirefoxNode>()
      try readingJSON { () throws(JSONError) in
        guard try reader.peekKind() == .object else { throw reader.error("expected '{'") }
        try tree.survey(&reader)
        try reader.finish()
      }
      let tags = try FirefoxNode.tags(in: &tree, bytes)
      try FirefoxNode.tell(&tree, bytes) { (event, branch, location) throws(ExchangeError) in
        guard let item = FirefoxNode.item(event, in: branch, tags: tags) else { return false }
        try sink(item, location)
        if case .leftOut = item { return false }
        return true
      }
    })
}

/// A backup file.
enum FirefoxBackup {
  /// The first bytes of a compressed file.
  static let magic: [UInt8] = Array("mozLz40\0".utf8)

  /// The JSON of a backup. If compressed, four bytes of size, little-endian, and one block of LZ4
  /// follow the magic bytes.
  static func text(of input: inout ForeignFile) throws(ExchangeError) -> [UInt8] {
    guard try input.prefix().starts(with: magic) else { return try input.readText() }
    let bytes = try input.readBytes()
    guard bytes.count >= 12 else { throw .malformed(nil, "the file ends too early") }
    let size = bytes[8..<12].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size <= ForeignFile.largestWhole else {
      throw .tooLarge("more than \(ForeignFile.largestWhole >> 20) MiB when unpacked")
    }
    return try LZ4Block.unpacked(bytes[12...], size: size)
  }
}

/// A bookmark, folder or separator of Firefox.
private struct FirefoxNode: TreeNode {
  private var title: String?
  private var url: String?
  private var type: String?
  private var typeCode: Int64?
  private var root: String?
  private var guid: String?
  private var tags: String?
  private var keyword: String?
  private var note: String?
  /// The feed and the site of a live bookmark, which is stored as a folder.
  private var feed: String?
  private var site: String?
  private var createdAt: Timestamp?
  private var modifiedAt: Timestamp?

  mutating func read(_ key: String, from reader: inout JSONReader) throws(JSONError) {
    switch key {
    case "title": title = try reader.readText()
    case "uri": url = try reader.readText()
    case "type": type = try reader.readText()
    case "typeCode": typeCode = try reader.readWhole()
    case "root": root = try reader.readText()
    case "guid": guid = try reader.readText()
    case "tags": tags = try reader.readText()
    case "keyword": keyword = try reader.readText()
    case "dateAdded": createdAt = try reader.readDate()
    case "lastModified": modifiedAt = try reader.readDate()
    case "annos": try readAnnotations(from: &reader)
    default: try reader.skipValue()
    }
  }

  /// Reads annotations, in which old files store descriptions.
  private mutating func readAnnotations(from reader: inout JSONReader) throws(JSONError) {
    guard case .array(let values) = try JSONValue(from: &reader) else { return }
    for case .object(let annotation) in values {
      guard case .string(let name)? = annotation["name"],
        case .string(let text)? = annotation["value"]
      else { continue }
      switch name {
      case "bookmarkProperties/description": note = text
      case "livemark/feedURI": feed = text
      case "livemark/siteURI": site = text
      default: continue
      }
    }
  }

  /// Identifies the roots by name, and by guid, which is the same in every file.
  func branch(in branch: TreeBranch) -> TreeBranch {
    switch (root, guid) {
    case ("placesRoot", _), (nil, "root________"): branch
    case ("bookmarksMenuFolder", _), (nil, "menu________"), ("unfiledBookmarksFolder", _),
      (nil, "unfiled_____"):
      branch.root()
    case ("toolbarFolder", _), (nil, "toolbar_____"): TreeBranch(folders: ["toolbar"], level: 1)
    case ("mobileFolder", _), (nil, "mobile______"): TreeBranch(folders: ["mobile"], level: 1)
    case ("tagsFolder", _), (nil, "tags________"): TreeBranch(isApart: true, level: 1)
    default: branch.folder(title ?? "")
    }
  }

  /// Visits the whole tree.
  static func tell(
    _ tree: inout JSONTree<FirefoxNode>, _ bytes: [UInt8],
    _ take: (TreeEvent<FirefoxNode>, TreeBranch, Location) throws(ExchangeError) -> Bool
  ) throws(ExchangeError) {
    var reader = JSONReader(bytes, deepest: JSONTree<FirefoxNode>.deepest)
    tree.rewind()
    try tree.tell(&reader, in: TreeBranch(), take)
  }

  /// The most links whose tags are stored.
  private static let mostTagged = 500_000

  /// The tags that very old files store as folders below a root of their own, by URL.
  static func tags(
    in tree: inout JSONTree<FirefoxNode>, _ bytes: [UInt8]
  ) throws(ExchangeError) -> [String: [String]] {
    guard tree.folders.contains(where: { $0.branch(in: TreeBranch()).isApart }) else { return [:] }
    var tags: [String: [String]] = [:]
    try tell(&tree, bytes) { (event, branch, _) throws(ExchangeError) in
      if case .bookmark(let node) = event, branch.isApart, let url = node.url,
        let tag = branch.folders.last
      {
        // A favourite with too many tags is rejected, for which one more than allowed is enough.
        if tags[url, default: []].count <= Limits.tagsPerFavourite {
          tags[url, default: []].append(tag)
        }
        guard tags.count <= mostTagged else {
          throw ExchangeError.tooLarge("more than \(mostTagged) links with tags")
        }
      }
      return true
    }
    return tags
  }

  /// The item for a node; nil if there is nothing to import.
  static func item(
    _ event: TreeEvent<FirefoxNode>, in branch: TreeBranch, tags: [String: [String]]
  ) -> ImportedItem? {
    guard !branch.isApart else { return nil }
    switch event {
    case .bookmark(let node): return node.item(in: branch, tags: tags)
    case .folder(let node):
      guard let note = node.note, branch.level > 1 else { return nil }
      return .folder(Folder(branch.folders, note: note))
    case .emptyFolder(let node):
      if node.feed != nil {
        return node.item(
          in: TreeBranch(folders: Array(branch.folders.dropLast()), level: branch.level - 1),
          tags: tags)
      }
      return branch.level > 1 ? .folder(Folder(branch.folders)) : nil
    }
  }

  private func item(in branch: TreeBranch, tags known: [String: [String]]) -> ImportedItem? {
    if typeCode == 3 || type == "text/x-moz-place-separator" || type == "text/x-moz-separator" {
      return nil
    }
    guard let url = url ?? site ?? feed else {
      // "children" may be missing from an empty folder.
      guard typeCode == 2 || type == "text/x-moz-place-container" else {
        return .unreadable("a bookmark without a URL")
      }
      let inner = self.branch(in: branch)
      return inner.level > 1 && !inner.isApart ? .folder(Folder(inner.folders, note: note)) : nil
    }
    if url.hasPrefix("place:") { return .leftOut("queries of the browser") }
    var bookmark = Bookmark()
    bookmark.title = title
    bookmark.url = url
    bookmark.note = note
    bookmark.folders = branch.folders
    bookmark.tags = NativeText.names(tags) + (known[url] ?? [])
    bookmark.createdAt = createdAt
    bookmark.modifiedAt = modifiedAt
    bookmark.set("keyword", keyword)
    bookmark.set("feed", feed)
    return .bookmark(bookmark)
  }
}
