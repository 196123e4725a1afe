internal import Favourites

extension JSONItems {
  /// How deep to search for lists in nested objects.
  private static let deepest = 4

  /// Visits the objects of a file as rows: those of an array, those of a sequence or, if the file
  /// is one object that is not a row itself, those of the arrays in it.
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
    try rows(&reader, [], lists, sink, body)
    try readingJSON { () throws(JSONError) in try reader.finish() }
  }

  /// The lists in a file that consists of one object.
  private struct Lists {
    /// The title of the object.
    var title: String?
    /// The path of keys to each list.
    var paths: [[String]] = []
  }

  /// The lists in the file's only object; nil if the file is something else, or the object is a
  /// row.
  private static func lists(_ reader: inout JSONReader) throws(JSONError) -> Lists? {
    guard try reader.peekKind() == .object else { return nil }
    var lists = Lists()
    guard try find(&reader, [], &lists), !lists.paths.isEmpty else { return nil }
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
      switch try reader.peekKind() {
      case .array:
        if try holdsObjects(&reader) { lists.paths.append(path + [key]) }
      case .object where path.count < deepest:
        if try !find(&reader, path + [key], &lists) { isAround = false }
      case .string:
        let text = try reader.readString()
        switch TableField(named: key) {
        case .url? where TableCell.isLink(text): isAround = false
        case .title? where path.isEmpty && !text.trimmed.isEmpty: lists.title = text
        default: continue
        }
      default: try reader.skipValue()
      }
    }
    return isAround
  }

  /// Whether an array begins with a link, or with an object that has, at any level, a key for
  /// titles or links.
  private static func holdsObjects(_ reader: inout JSONReader) throws(JSONError) -> Bool {
    var isTelling = false
    var isFirst = true
    try reader.beginArray()
    while try reader.nextElement() {
      if isFirst {
        isTelling = JSONThing(try JSONValue(from: &reader)).isTelling
      } else {
        try reader.skipValue()
      }
      isFirst = false
    }
    return isTelling
  }

  private static func rows(
    _ reader: inout JSONReader, _ path: [String], _ lists: Lists, _ sink: ItemSink,
    _ body: (JSONRow, [String], Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    try members(of: &reader) { (key, reader) throws(ExchangeError) in
      let path = path + [key]
      if lists.paths.contains(path) {
        let folders = [lists.title, lists.paths.count > 1 ? key : nil].compactMap(\.self)
        try elementValues(&reader) { (value, location) throws(ExchangeError) in
          try JSONThing(value).rows(in: folders, at: location, sink, body)
        }
      } else if lists.paths.contains(where: { $0.starts(with: path) }) {
        try rows(&reader, path, lists, sink, body)
      } else {
        try skip(&reader)
      }
    }
  }
}
