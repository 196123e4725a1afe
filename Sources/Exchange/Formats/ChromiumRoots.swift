internal import Favourites

/// The roots of a file of Chromium's kin: those that all have, those that one of them adds, in groups or not, and those
/// that are still to come.
enum ChromiumRoots {
  /// What is known to stand beside the roots, and holds no bookmarks.
  private static let known: Set<String> = [
    "checksum", "checksum_sha256", "meta_info", "sync_metadata", "sync_transaction_version",
    "unsynced_meta_info", "version",
  ]

  /// Where what stands in a root goes, by its key and those of the groups around it: the names of roots are in the
  /// language of the browser.
  static func branch(of path: [String]) -> TreeBranch {
    let key = path.last ?? ""
    switch key {
    case "bookmark_bar": return TreeBranch(folders: ["toolbar"])
    // Opera's own, in the last two.
    case "other", "unsorted", "userRoot": return TreeBranch()
    case "synced": return TreeBranch(folders: ["mobile"])
    case "speedDial": return TreeBranch(folders: ["speed dial"])
    default: break
    }
    if key.lowercased().contains(ascii: "trash") { return TreeBranch(isApart: true) }
    // Opera's own group says nothing.
    return TreeBranch(folders: path.filter { $0 != "custom_root" })
  }

  /// Goes to the roots of a file, one after another.
  /// - Parameters:
  ///   - body: reads a root, whose key is the last and stands in groups of the keys before it.
  ///   - others: is told what holds something and is no root.
  static func each(
    of bytes: [UInt8],
    _ body: ([String], inout JSONReader) throws(ExchangeError) -> Void,
    others: (String, Place) throws(ExchangeError) -> Void
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
    others: (String, Place) throws(ExchangeError) -> Void
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

  /// Whether the object that comes next is a folder or a bookmark, and no group of such.
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
    _ others: (String, Place) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    if let place = try JSONItems.passOver(&reader) { try others("'\(key)'", place) }
  }

  private static func kind(_ reader: inout JSONReader) throws(ExchangeError) -> JSONKind {
    try readingJSON { () throws(JSONError) in try reader.peekKind() }
  }
}
