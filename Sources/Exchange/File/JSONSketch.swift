internal import Favourites

/// The structure of a JSON file, as far as its beginning shows it.
package struct JSONSketch: Sendable {
  /// Whether the outermost value is an array.
  let isArray: Bool
  /// The keys seen in the outermost object, or in the first object of the outermost array.
  private(set) var keys: Set<String> = []
  /// The keys seen in all other objects of the outermost array or sequence too.
  private(set) var allKeys: Set<String> = []
  /// The keys seen within these objects, with full stops, whether or not arrays are between them:
  /// `lists.cards.url`.
  private(set) var paths: Set<String> = []
  /// Whether all values seen under the names of favourites' fields have the form that favs writes.
  private(set) var isOfOwnForm = true
  /// Whether an object has only the names of favourites' fields, some of which no other program
  /// uses.
  private(set) var hasOwnObject = false
  /// Whether all metadata seen has values of which favs writes such.
  private(set) var hasPlainMetadata = true
  /// Whether the first object has a uid of favs.
  private(set) var hasUID = false
  /// Whether the outermost array begins with a string.
  private(set) var beginsWithText = false

  /// How deep paths go, and the longest key in one, in bytes.
  private static let deepest = 4
  private static let longestKey = 64

  /// Nil for what is no JSON: a text that only begins with a bracket, such as a link in Markdown.
  ///
  /// - Parameter isNamed: whether the name of the file says that it is JSON, however broken.
  init?(_ bytes: [UInt8], isNamed: Bool) {
    guard let first = bytes.first, first == 0x7B || first == 0x5B else { return nil }
    isArray = first == 0x5B
    var reader = JSONReader(bytes)
    var isPlausible = isNamed
    do throws(JSONError) {
      try read(&reader, &isPlausible, isNamed: isNamed)
    } catch {
      // The inspected part ends somewhere; whatever was seen until then is used.
      guard isPlausible || reader.offset >= bytes.count else { return nil }
    }
  }

  /// - Parameter isPlausible: is set once something was read that only JSON has.
  private mutating func read(
    _ reader: inout JSONReader, _ isPlausible: inout Bool, isNamed: Bool
  ) throws(JSONError) {
    var isFirst = true
    if isArray { try reader.beginArray() }
    while isArray ? try reader.nextElement() : isFirst || reader.skipSeparator() {
      let kind = try reader.peekKind()
      guard kind == .object else {
        try reader.skipValue()
        if isFirst, kind == .string { (beginsWithText, isPlausible) = (true, true) }
        isFirst = false
        continue
      }
      if isArray { isPlausible = true }
      var own = OwnKeys()
      try reader.beginObject()
      while let key = try reader.nextKey() {
        isPlausible = true
        if isFirst { keys.insert(key) }
        allKeys.insert(key)
        own.take(key)
        try read(valueOf: key, isFirst: isFirst, &reader)
      }
      if own.areTelling { hasOwnObject = true }
      isFirst = false
    }
    // What follows an array without objects may show that it was none: `["A title"](target)`.
    if allKeys.isEmpty { isPlausible = isNamed }
    try reader.finish()
  }

  /// What the keys of one object tell of who wrote it.
  private struct OwnKeys {
    private var areOwn = true
    private var isTold = false

    var areTelling: Bool { areOwn && isTold }

    mutating func take(_ key: String) {
      guard let field = FavouriteField(rawValue: key), FavouriteField.living.contains(field) else {
        return areOwn = false
      }
      if [.rank, .metadata, .metadataTypes, .opened, .openedAt].contains(field) { isTold = true }
    }
  }

  private mutating func read(
    valueOf key: String, isFirst: Bool, _ reader: inout JSONReader
  ) throws(JSONError) {
    let kind = try reader.peekKind()
    let field = FavouriteField(rawValue: key)
    guard kind == .string else {
      if let field, !Self.isOwn(kind, field) { isOfOwnForm = false }
      if field == .tags, kind == .array {
        if try !Self.skipTexts(&reader) { isOfOwnForm = false }
      } else if field == .metadata, kind == .object {
        try readMetadata(below: key, &reader)
      } else {
        try readPaths(below: key.cut(toBytes: Self.longestKey), depth: 1, &reader)
      }
      return
    }
    let text = try reader.readString()
    if let field, !Self.isOwn(text, field) { isOfOwnForm = false }
    if field == .uid, isFirst, UID(text: text) != nil { hasUID = true }
  }

  /// Whether favs might have written a value other than a text for a field.
  private static func isOwn(_ kind: JSONKind, _ field: FavouriteField) -> Bool {
    if kind == .null { return true }
    return switch field {
    case .id, .rank, .opened, .score: kind == .number
    case .tags, .matched: kind == .array
    case .metadata, .metadataTypes, .link, .snippet: kind == .object
    default: false
    }
  }

  /// Whether favs might have written a text for a field.
  private static func isOwn(_ text: String, _ field: FavouriteField) -> Bool {
    switch field {
    case .uid: UID(text: text) != nil
    case .title: text.utf8.count <= Limits.titleBytes
    case .note: text.utf8.count <= Limits.noteBytes
    case .url, .category: true
    case _ where field.isTime: Timestamp(rfc3339: text) != nil
    default: false
    }
  }

  /// Skips an array; returns whether it contains only texts.
  private static func skipTexts(_ reader: inout JSONReader) throws(JSONError) -> Bool {
    var areTexts = true
    try reader.beginArray()
    while try reader.nextElement() {
      if try reader.peekKind() != .string { areTexts = false }
      try reader.skipValue()
    }
    return areTexts
  }

  /// Skips metadata, collects its keys, and learns whether each value is one that favs writes.
  private mutating func readMetadata(
    below path: String, _ reader: inout JSONReader
  ) throws(JSONError) {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      let inner = path + "." + key.cut(toBytes: Self.longestKey)
      paths.insert(inner)
      if [.array, .object].contains(try reader.peekKind()) { hasPlainMetadata = false }
      try readPaths(below: inner, depth: 2, &reader)
    }
  }

  /// Skips a value, and collects the keys within it.
  private mutating func readPaths(
    below path: String, depth: Int, _ reader: inout JSONReader
  ) throws(JSONError) {
    switch try reader.peekKind() {
    case .object where depth < Self.deepest:
      try reader.beginObject()
      while let key = try reader.nextKey() {
        guard key.utf8.count <= Self.longestKey else {
          try reader.skipValue()
          continue
        }
        let inner = path + "." + key
        paths.insert(inner)
        try readPaths(below: inner, depth: depth + 1, &reader)
      }
    case .array where depth < Self.deepest:
      try reader.beginArray()
      while try reader.nextElement() { try readPaths(below: path, depth: depth, &reader) }
    default: try reader.skipValue()
    }
  }

  /// Whether all the given keys were seen.
  func has(_ names: String...) -> Bool { names.allSatisfy(keys.contains) }

  /// Whether any of the given keys was seen.
  func has(anyOf names: String...) -> Bool { names.contains(where: keys.contains) }

  /// Whether any of the given paths was seen.
  func holds(anyOf names: String...) -> Bool { names.contains(where: paths.contains) }
}
