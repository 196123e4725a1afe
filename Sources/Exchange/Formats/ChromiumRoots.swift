internal import Favourites

/// The roots in files of browsers based on Chromium: the common ones, those of a single browser,
/// possibly in groups, and unknown ones.
enum ChromiumRoots {
  /// Known members next to the roots that contain no bookmarks.
  private static let known: Set<String> = [
    "checksum", "checksum_sha256", "meta_info", "sync_metadata", "sync_transaction_version",
    "unsynced_meta_info", "version",
  ]

  /// The destination of a root's contents, by its key and those of the groups around it: the names
  /// of roots are localised.
  static func branch(of path: [String]) -> TreeBranch {
    let key = path.last ?? ""
    switch key {
    case "bookmark_bar": return TreeBranch(folders: ["toolbar"])
    // The last two are Opera's.
    case "other", "unsorted", "userRoot": return TreeBranch()
    case "synced": return TreeBranch(folders: ["mobile"])
    case "speedDial": return TreeBranch(folders: ["speed dial"])
    default: break
    }
    if key.lowercased().contains(ascii: "trash") { return TreeBranch(isApart: true) }
    // Opera's group has no meaning of its own.
    return TreeBranch(folders: path.filter { $0 != "custom_root" })
  }

  /// Visits the roots of a file.
  /// - Parameters:
  ///   - body: reads a root, given its key after those of the groups around it.
  ///   - others: receives non-empty values that are not roots.
  static func each(
    of bytes: [UInt8],
    _ body: ([String], inout JSONReader) throws(ExchangeError) -> Void,
    others: (String, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    var reader = JSONReader(bytes, deepest: JSONTree<ChromiumNode>.deepest)
    try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
      if key == "roots" {
        try group(&reader, in: [], body, others: others)
      } else if known.contains(key) {
        try JSONItems.skip(&reader)
      } else {
        try passOver(key, &reader, others)
      }
    }
    try readingJSON { () throws(JSONError) in try reader.finish() }
  }

  private static func group(
    _ reader: inout JSONReader, in path: [String],
    _ body: ([String], inout JSONReader) throws(ExchangeError) -> Void,
    others: (String, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    guard try kind(&reader) == .object else { return try passOver("roots", &reader, others) }
    try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
      let path = path + [key]
      if known.contains(key) {
        try JSONItems.skip(&reader)
      } else if try kind(&reader) != .object {
        try passOver(key, &reader, others)
      } else if try isNode(reader) {
        try body(path, &reader)
      } else {
        try group(&reader, in: path, body, others: others)
      }
    }
  }

  /// Whether the next object is a folder or a bookmark, rather than a group of them.
  private static func isNode(_ reader: JSONReader) throws(ExchangeError) -> Bool {
    var reader = reader
    return try readingJSON { () throws(JSONError) in
      try reader.beginObject()
      while let key = try reader.nextKey() {
        let kind = try reader.peekKind()
        if key == "children" ? kind == .array : ["type", "url"].contains(key) && kind == .string {
          return true
        }
        try reader.skipValue()
      }
      return false
    }
  }

  private static func passOver(
    _ key: String, _ reader: inout JSONReader,
    _ others: (String, Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    if let location = try JSONItems.passOver(&reader) { try others("'\(key)'", location) }
  }

  private static func kind(_ reader: inout JSONReader) throws(ExchangeError) -> JSONKind {
    try readingJSON { () throws(JSONError) in try reader.peekKind() }
  }
}
