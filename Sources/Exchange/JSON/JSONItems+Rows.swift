internal import Favourites

extension JSONItems {
  /// How deep to search for lists in nested objects.
  private static let deepest = 4

  /// Visits the objects of a file as rows: those of an array, those of a sequence or, if the file
  /// is one object that is not a row itself, those of the lists in it.
  ///
  /// - Parameter body: receives a row, and the names of the lists that contain it.
  static func rows(
    of bytes: [UInt8], _ sink: ItemSink,
    _ body: (JSONRow, [String], Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    var sketch = JSONReader(bytes)
    guard let lists = try readingJSON({ () throws(JSONError) in try lists(&sketch) }) else {
      return try eachValue(in: bytes) { (value, location) throws(ExchangeError) in
        try JSONThing(value).rows(in: [], at: location, sink, body)
      }
    }
    var reader = JSONReader(bytes)
    if let title = lists.title, let note = lists.note {
      try sink(.folder(Folder([title], note: note)), Location(line: 1))
    }
    try rows(&reader, [], lists, sink, body)
    try readingJSON { () throws(JSONError) in try reader.finish() }
  }

  /// The lists in a file that consists of one object.
  private struct Lists {
    /// The title of the object, and its note.
    var title: String?
    var note: String?
    /// Whether the object has members of its own that no folder has: a vote, an ISBN.
    var hasOwnData = false
    /// Whether there is a link in a list.
    var haveLinks = false
    /// Whether a list with links is called as the contents of something are: then a link beside it
    /// is that of a board, or of a page of an answer.
    var areContents = false
    /// The names that things in the lists have for lists of their own.
    var names: Set<String> = []
    /// The path of keys to each list.
    var paths: [[String]] = []

    /// Whether the object is a row, and the lists belong to it: a film with its genres.
    var areOfRow: Bool { hasOwnData && (title != nil || note != nil) && !haveLinks }
  }

  /// Names of lists that are what there is to import, whatever is beside them.
  private static let contents: Set<String> = [
    "items", "entries", "results", "records", "bookmarks", "cards", "tracks", "favorites",
    "favourites", "books", "movies", "films", "videos", "articles", "posts", "urls", "list",
  ]

  /// The most elements of a list to inspect.
  private static let longestSample = 64

  /// The lists in the file's only object; nil if the file is something else, or the object is a
  /// row.
  private static func lists(_ reader: inout JSONReader) throws(JSONError) -> Lists? {
    guard try reader.peekKind() == .object else { return nil }
    var lists = Lists()
    if try isKeyed(reader) {
      try reader.skipValue()
      lists.paths = [[]]
    } else {
      let isAround = try find(&reader, [], &lists)
      guard isAround || lists.areContents, !lists.paths.isEmpty, !lists.areOfRow else { return nil }
    }
    // If more objects follow, each is a row.
    return reader.skipSeparator() ? nil : lists
  }

  /// Searches an object for lists; false if it contains a link, and so is a row itself.
  private static func find(
    _ reader: inout JSONReader, _ path: [String], _ lists: inout Lists
  ) throws(JSONError) -> Bool {
    var isAround = true
    try reader.beginObject()
    while let key = try reader.nextKey() {
      let kind = try reader.peekKind()
      switch kind {
      case .array:
        let held = try held(&reader, &lists.names)
        if held.areLinks { lists.haveLinks = true }
        if held.areLinks, contents.contains(TableField.parted(key)) { lists.areContents = true }
        // What a thing is tagged with is no list of things.
        if held.areTelling, held.areLinks || TableField(named: key) != .tags {
          lists.paths.append(path + [key])
        }
      case .object where path.count < deepest:
        if try isKeyed(reader) {
          try reader.skipValue()
          lists.paths.append(path + [key])
          lists.haveLinks = true
        } else if try !find(&reader, path + [key], &lists) {
          isAround = false
        }
      case .string:
        let text = try reader.readString()
        let isEmpty = text.trimmed.isEmpty
        switch TableField(named: key) {
        case .url? where TableCell.isLink(text): isAround = false
        case .title? where path.isEmpty && !isEmpty: lists.title = text
        case .note? where path.isEmpty && !isEmpty: lists.note = text
        default: if path.isEmpty, !isEmpty, !JSONThing.isOfFolder(key) { lists.hasOwnData = true }
        }
      default:
        try reader.skipValue()
        if path.isEmpty, kind == .number, !JSONThing.isOfFolder(key) { lists.hasOwnData = true }
      }
    }
    return isAround
  }

  /// Whether an array begins with a link, or with an object that has, at any level, a key for
  /// titles or links; and whether there are links in it.
  private static func held(
    _ reader: inout JSONReader, _ names: inout Set<String>
  ) throws(JSONError) -> (areTelling: Bool, areLinks: Bool) {
    var (areTelling, areLinks) = (false, false)
    var count = 0
    try reader.beginArray()
    while try reader.nextElement() {
      if count < longestSample, count == 0 || areTelling && !areLinks {
        let thing = JSONThing(try JSONValue(from: &reader))
        if count == 0 { areTelling = thing.isTelling }
        areLinks = areTelling && thing.holdsLinks
        names.formUnion(thing.listNames)
      } else {
        try reader.skipValue()
      }
      count += 1
    }
    return (areTelling, areLinks)
  }

  /// Whether the next value is an object with things under their ids; the reader stays before it.
  private static func isKeyed(_ reader: JSONReader) throws(JSONError) -> Bool {
    var reader = reader
    var sample = JSONObject()
    try reader.beginObject()
    while let key = try reader.nextKey() {
      if key.utf8.first == UInt8(ascii: "$") {
        try reader.skipValue()
        continue
      }
      guard try reader.peekKind() == .object else { return false }
      if sample.members.count < longestSample {
        sample.members.append(.init(key, try JSONValue(from: &reader)))
      } else {
        try reader.skipValue()
      }
    }
    return JSONThing.isKeyed(sample)
  }

  private static func rows(
    _ reader: inout JSONReader, _ path: [String], _ lists: Lists, _ sink: ItemSink,
    _ body: (JSONRow, [String], Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    if lists.paths.contains(path) {
      let key = lists.paths.count > 1 ? path.last : nil
      let folders = [lists.title, key].compactMap(\.self)
      return try listedValues(&reader) { (value, location) throws(ExchangeError) in
        try JSONThing(value).rows(
          in: folders, lists: lists.names.union([path.last].compactMap(\.self)), at: location, sink,
          body)
      }
    }
    try members(of: &reader) { (key, reader) throws(ExchangeError) in
      let inner = path + [key]
      if lists.paths.contains(where: { $0.starts(with: inner) }) {
        try rows(&reader, inner, lists, sink, body)
      } else {
        let isOfThing = path.isEmpty && lists.title != nil && !JSONThing.isOfFolder(key)
        try passOver(key, &reader, sink, isOfThing: isOfThing)
      }
    }
  }
}
