extension Draft {
  /// Parses one favourite in the form in which it is printed.
  ///
  /// All keys are optional except a title or a URL. Valid JSON with an unusable value is reported
  /// once the whole object has been read, as an error about the meaning. `id` and `deleted_at` are
  /// ignored, since this file assigns its own, and so are the results of a search.
  ///
  /// - Parameter others: receives the members with unknown keys; if it is nil, such a key is an
  ///   error, since its value would be lost.
  package init(from reader: inout JSONReader, others: inout JSONObject?) throws(JSONError) {
    self.init()
    var unusable: JSONError?
    var told = ToldMetadata()
    var othersSize = 0
    try reader.beginObject()
    while let key = try reader.nextKey() {
      guard let field = FavouriteField(rawValue: key) else {
        let start = reader.offset
        if others == nil || othersSize > Self.largestOthers {
          unusable = unusable ?? reader.refusal("unknown key '\(key)'")
          try reader.skipValue()
        } else {
          others?.members.append(JSONObject.Member(key, try JSONValue(from: &reader)))
          othersSize += reader.offset - start + key.utf8.count
        }
        continue
      }
      do throws(JSONError) {
        try read(field, from: &reader, &told)
      } catch {
        guard error.isAboutMeaning else { throw error }
        unusable = unusable ?? error
      }
    }
    if let unusable { throw unusable }
    try take(told, &reader)
    guard title != nil || url != nil else { throw reader.refusal("neither title nor url") }
  }

  /// Parses one favourite, and refuses unknown keys.
  package init(from reader: inout JSONReader) throws(JSONError) {
    var others: JSONObject?
    try self.init(from: &reader, others: &others)
  }

  /// The most text of members with unknown keys, in bytes.
  private static let largestOthers = 1 << 20

  /// The metadata members of an object, in any order.
  private struct ToldMetadata {
    var values: JSONObject?
    var types: JSONValue?
  }

  private mutating func read(
    _ field: FavouriteField, from reader: inout JSONReader, _ told: inout ToldMetadata
  ) throws(JSONError) {
    switch field {
    case .id, .deletedAt, .link, .score, .matched, .snippet: try reader.skipValue()
    case .category:
      guard let text = try reader.readStringOrNull() else { return }
      do {
        category = try CategoryPath.parse(text)
      } catch {
        throw reader.refusal(error.message)
      }
    case .rank: rank = try Self.count(&reader, atLeast: 1, "rank")
    case .tags: try readTags(&reader)
    case .metadata: told.values = try Self.metadata(&reader)
    case .metadataTypes: told.types = try JSONValue(from: &reader)
    default:
      if let column = field.column { set(column, try Self.value(&reader, of: column)) }
    }
  }

  private static func value(
    _ reader: inout JSONReader, of column: FavouriteColumn
  ) throws(JSONError) -> ColumnValue {
    switch column.kind {
    case .time: ColumnValue(try time(&reader)?.milliseconds)
    case .integer, .count: ColumnValue(try count(&reader, atLeast: 0, column.text))
    case .uid: try uid(&reader).map(ColumnValue.uid) ?? .null
    default: ColumnValue(try text(&reader))
    }
  }

  private static func uid(_ reader: inout JSONReader) throws(JSONError) -> UID? {
    guard let text = try reader.readStringOrNull() else { return nil }
    guard let uid = UID(text: text) else { throw reader.refusal("'\(text)' is not a uid") }
    return uid
  }

  private static func text(_ reader: inout JSONReader) throws(JSONError) -> String? {
    let text = try reader.readStringOrNull()
    if let text, text.utf8.contains(0) { throw reader.refusal("a NUL character") }
    return text
  }

  private static func count(
    _ reader: inout JSONReader, atLeast least: Int64, _ name: String
  ) throws(JSONError) -> Int64? {
    if try reader.peekKind() == .null {
      try reader.readNull()
      return nil
    }
    let value = try reader.readInteger()
    guard value >= least else { throw reader.refusal("\(name) \(value) is below \(least)") }
    return value
  }

  private static func time(_ reader: inout JSONReader) throws(JSONError) -> Timestamp? {
    guard let text = try reader.readStringOrNull() else { return nil }
    guard let time = Timestamp(rfc3339: text) else {
      throw reader.refusal("'\(text)' is not a date and time such as 2024-01-31T12:00:00Z")
    }
    return time
  }

  private mutating func readTags(_ reader: inout JSONReader) throws(JSONError) {
    if try reader.peekKind() == .null { return try reader.readNull() }
    tellsTags = true
    try reader.beginArray()
    var refusal: JSONError?
    var seen: Set<[UInt8]> = []
    while try reader.nextElement() {
      let text = try reader.readString()
      // Values beyond the limit are skipped.
      guard refusal == nil else { continue }
      do {
        let tag = try TagName.parse(text)
        guard seen.insert(Array(tag.key.utf8)).inserted else { continue }
        tags.append(tag)
        if tags.count > Limits.tagsPerFavourite {
          refusal = reader.refusal("tags are more than \(Limits.tagsPerFavourite)")
        }
      } catch {
        refusal = refusal ?? reader.refusal(error.message)
      }
    }
    if let refusal { throw refusal }
  }

  private static func metadata(_ reader: inout JSONReader) throws(JSONError) -> JSONObject? {
    switch try JSONValue(from: &reader) {
    case .null: return nil
    case .object(let object): return object
    case .bool, .integer, .decimal, .string, .array:
      throw reader.refusal("metadata is not an object")
    }
  }

  private mutating func take(
    _ told: ToldMetadata, _ reader: inout JSONReader
  ) throws(JSONError) {
    tellsMetadata = told.values != nil
    do {
      values = try Metadata(from: told.values ?? JSONObject(), types: told.types)
    } catch {
      throw reader.refusal(error.message)
    }
  }
}
