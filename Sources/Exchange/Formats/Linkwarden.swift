internal import Favourites

extension Format {
  /// Linkwarden's export: collections with their links, nested by their ids.
  ///
  /// Source: linkwarden, `apps/web/lib/api/controllers/migration/exportData.ts`.
  static let linkwarden = Format(
    name: "linkwarden", summary: "Linkwarden's export in JSON",
    isRecognised: { sniff in
      guard let json = sniff.json, !json.isArray else { return false }
      return json.has("collections") && json.holds(anyOf: "collections.links")
        // In files of session managers, collections contain folders.
        && !json.holds(anyOf: "collections.folders")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      let bytes = try input.readText()
      var survey = LinkwardenSurvey()
      try survey.read(bytes)
      let beginning = Location(line: 1)
      for folder in survey.folders.described() { try sink(.folder(folder), beginning) }
      var index = 0
      try LinkwardenSurvey.eachCollection(of: bytes) { (reader) throws(ExchangeError) in
        let id = survey.ids[index]
        index += 1
        try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
          guard key == "links" else { return try JSONItems.skip(&reader) }
          try JSONItems.elements(&reader, sink) { (fields, location) throws(ExchangeError) in
            var bookmark = LinkwardenSurvey.bookmark(fields)
            bookmark.folders = id.map { survey.folders.path(of: $0) } ?? []
            bookmark.set("pinned", when: bookmark.url.map(survey.pinned.contains) ?? false)
            try sink(.bookmark(bookmark), location)
          }
        }
      } others: { (key, reader) throws(ExchangeError) in
        try quiet.contains(key)
          ? JSONItems.skip(&reader) : JSONItems.passOver(key, &reader, sink)
      }
      for folder in survey.folders.unused() { try sink(.folder(folder), beginning) }
    })

  /// Members of the user's object that are used elsewhere, or are no favourites.
  private static let quiet: Set<String> = [
    "accounts", "dashboardSections", "parentSubscription", "pinnedLinks", "subscriptions",
    "whitelistedUsers",
  ]
}

/// The parts of a Linkwarden export that must be known before its links are read.
private struct LinkwardenSurvey {
  var folders = FolderTable()
  /// The ids of the collections, in the order of the file.
  var ids: [String?] = []
  /// The most collections to store.
  private static let mostCollections = 200_000
  /// The URLs of pinned links.
  var pinned: Set<String> = []

  mutating func read(_ bytes: [UInt8]) throws(ExchangeError) {
    var found = LinkwardenSurvey()
    try Self.eachCollection(of: bytes) { (reader) throws(ExchangeError) in
      var (id, name, parent, note): (String?, String?, String?, String?) = (nil, nil, nil, nil)
      try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
        try readingJSON { () throws(JSONError) in
          switch key {
          case "id": id = try reader.readText()
          case "name": name = try reader.readText()
          case "parentId": parent = try reader.readText()
          case "description": note = try reader.readText()
          default: try reader.skipValue()
          }
        }
      }
      guard found.ids.count < Self.mostCollections else {
        throw .tooLarge("more than \(Self.mostCollections) collections")
      }
      found.ids.append(id)
      if let id { found.folders.add(id, name: name, parent: parent, note: note) }
    } others: { (key, reader) throws(ExchangeError) in
      guard key == "pinnedLinks" else { return try JSONItems.skip(&reader) }
      try JSONItems.elements(&reader, { _, _ in }) { (fields, _) throws(ExchangeError) in
        if let url = fields.text("url") { found.pinned.insert(url) }
      }
    }
    self = found
  }

  /// Visits the collections of a file, and the other members of its object.
  static func eachCollection(
    of bytes: [UInt8], _ body: (inout JSONReader) throws(ExchangeError) -> Void,
    others: (String, inout JSONReader) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    var reader = JSONReader(bytes)
    try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
      let isCollections = try readingJSON { () throws(JSONError) in
        guard key == "collections", try reader.peekKind() == .array else { return false }
        try reader.beginArray()
        return true
      }
      guard isCollections else { return try others(key, &reader) }
      while try readingJSON({ () throws(JSONError) in try reader.nextElement() }) {
        let kind = try readingJSON { () throws(JSONError) in try reader.peekKind() }
        if kind == .object { try body(&reader) } else { try JSONItems.skip(&reader) }
      }
    }
    try readingJSON { () throws(JSONError) in try reader.finish() }
  }

  static func bookmark(_ fields: JSONFields) -> Bookmark {
    var bookmark = Bookmark()
    bookmark.url = fields.text("url")
    bookmark.title = fields.text("name")
    bookmark.note = fields.text("description")
    bookmark.tags = fields.texts("tags", named: "name")
    bookmark.createdAt = fields.date("createdAt", "importDate")
    bookmark.modifiedAt = fields.date("updatedAt")
    bookmark.keep(fields.object, except: known)
    return bookmark
  }

  /// Members of links that are used above, or of no interest to people.
  private static let known: Set<String> = [
    "url", "name", "description", "tags", "createdAt", "importDate", "updatedAt", "id", "type",
    "aiTagged", "clientSide", "collectionId", "color", "createdById", "icon", "iconWeight",
    "image", "indexVersion", "lastPreserved", "monolith", "pdf", "preview", "readable",
    "textContent",
  ]
}
