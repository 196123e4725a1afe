internal import Favourites

extension Format {
  /// Arc's `StorableSidebar.json`: pinned items by space and folder, and the favourites above them.
  ///
  /// Source: files of Arc 1.0 to 1.100, which no document describes.
  static let arc = Format(
    name: "arc", summary: "Arc's StorableSidebar.json",
    isRecognised: { sniff in
      guard let json = sniff.json, !json.isArray else { return false }
      return json.holds(anyOf: "sidebar.containers")
        || json.has(anyOf: "sidebarSyncState", "firebaseSyncState")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var reader = JSONReader(try input.readText(), deepest: 200)
      var isAny = false
      try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
        guard key == "sidebar" else { return try JSONItems.skip(&reader) }
        try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
          guard key == "containers" else { return try JSONItems.skip(&reader) }
          isAny = true
          try JSONItems.elements(&reader, sink) { (fields, location) throws(ExchangeError) in
            var container = ArcContainer(fields, location)
            try container.tell(sink)
          }
        }
      }
      try readingJSON { () throws(JSONError) in try reader.finish() }
      guard isAny else { throw .malformed(nil, "no Arc sidebar") }
    })
}

/// A container of the sidebar: spaces and items, each preceded by its id.
private struct ArcContainer {
  private let fields: JSONFields
  private let location: Location
  private var items: [String: JSONFields] = [:]
  private var order: [String] = []
  private var seen: Set<String> = []

  init(_ fields: JSONFields, _ location: Location) {
    self.fields = fields
    self.location = location
    for item in fields.objects("items") {
      guard let id = item.text("id"), items[id] == nil else { continue }
      items[id] = item
      order.append(id)
    }
  }

  mutating func tell(_ sink: ItemSink) throws(ExchangeError) {
    for id in Self.ids(fields.object["topAppsContainerIDs"], after: nil) {
      try tell(childrenOf: id, in: ["favourites"], sink)
    }
    for space in fields.objects("spaces") {
      let title = space.text("title", "customInfo") ?? ""
      let old = Self.ids(space.object["containerIDs"], after: "pinned")
      let new = Self.ids(space.object["newContainerIDs"], after: "pinned")
      for id in old.isEmpty ? new : old { try tell(childrenOf: id, in: [title], sink) }
    }
    for id in order where !seen.contains(id) {
      guard items[id]?.fields("data")?.fields("tab") != nil else { continue }
      try sink(.leftOut("tabs that are not pinned"), location)
    }
  }

  private mutating func tell(
    childrenOf id: String, in folders: [String], depth: Int = 0, _ sink: ItemSink
  ) throws(ExchangeError) {
    guard seen.insert(id).inserted, let item = items[id],
      case .array(let children)? = item.object["childrenIds"]
    else { return }
    guard depth < FolderTable.deepest else {
      throw .malformed(location, "folders nested deeper than \(FolderTable.deepest)")
    }
    for child in children {
      if case .string(let id) = child { try tell(id, in: folders, depth: depth + 1, sink) }
    }
  }

  private mutating func tell(
    _ id: String, in folders: [String], depth: Int, _ sink: ItemSink
  ) throws(ExchangeError) {
    guard let item = items[id], let data = item.fields("data"), !seen.contains(id) else { return }
    if let tab = data.fields("tab") {
      seen.insert(id)
      try sink(Self.item(item, tab, in: folders), location)
    } else if data.fields("list") != nil {
      let inner = folders + [item.text("title") ?? ""]
      if item.object["childrenIds"] == .array([]) { try sink(.folder(Folder(inner)), location) }
      try tell(childrenOf: id, in: inner, depth: depth, sink)
    } else if data.fields("splitView") != nil || data.fields("itemContainer") != nil {
      try tell(childrenOf: id, in: folders, depth: depth, sink)
    } else {
      let kind = data.object.members.first?.key ?? "unknown"
      try sink(.passedOver("an entry of unknown kind '\(kind)'"), location)
      try tell(childrenOf: id, in: folders, depth: depth, sink)
    }
  }

  private static func item(
    _ item: JSONFields, _ tab: JSONFields, in folders: [String]
  ) -> ImportedItem {
    guard let url = tab.text("savedURL") else { return .unreadable("a tab without a URL") }
    var bookmark = Bookmark()
    bookmark.title = item.text("title") ?? tab.text("customTitle", "savedTitle")
    bookmark.url = url
    bookmark.folders = folders
    bookmark.createdAt = date(item.object["createdAt"])
    bookmark.openedAt = date(tab.object["timeLastActiveAt"])
    return .bookmark(bookmark)
  }

  /// Seconds since 2001.
  private static func date(_ value: JSONValue?) -> Timestamp? {
    switch value {
    case .integer(let seconds)?: PropertyList.date(secondsSince2001: Double(seconds))
    case .decimal(let text)?: Double(text).flatMap(PropertyList.date(secondsSince2001:))
    default: nil
    }
  }

  /// The ids in a list that follow a marker, which is a string or an object with that key; all ids
  /// if no marker is given.
  private static func ids(_ value: JSONValue?, after mark: String?) -> [String] {
    guard case .array(let values)? = value else { return [] }
    var ids: [String] = []
    var isWanted = mark == nil
    for value in values {
      switch value {
      case .string(let text):
        if text == "pinned" || text == "unpinned" {
          isWanted = mark == nil || text == mark
        } else if isWanted {
          ids.append(text)
        }
      case .object(let object): isWanted = mark.map { object[$0] != nil } ?? true
      default: continue
      }
    }
    return ids
  }
}
