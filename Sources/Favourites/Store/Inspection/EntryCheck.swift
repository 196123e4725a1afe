internal import SQLite

/// Checks a row of data that users entered, and describes what is wrong with it.
enum EntryCheck {
  /// The value that cannot be read in a row that begins with `FavouriteColumn.list`.
  static func fault(inFavourite row: borrowing Statement) -> String? {
    for column in FavouriteColumn.allCases
    where !(column.isOptional && row.isNull(column.rawValue)) {
      if !isSound(row, column) { return column.faultName }
    }
    return nil
  }

  private static func isSound(_ row: borrowing Statement, _ column: FavouriteColumn) -> Bool {
    let index = column.rawValue
    switch column.kind {
    // Other rows that it refers to are checked elsewhere.
    case .integer: return column != .id || row.integer(index) > 0
    case .time, .count: return column.kind.isKept(row.integer(index))
    case .uid: return isUID(row.bytes(index))
    default: return row.soundText(index).map { column.kind.isKept($0) } ?? false
    }
  }

  /// The value that cannot be read in a row of id, uid, created_at, modified_at, name, note,
  /// schema.
  static func fault(inCategory row: borrowing Statement) -> String? {
    guard row.integer(0) > 0 else { return "its id" }
    guard isUID(row.bytes(1)) else { return "its uid" }
    guard [2, 3].allSatisfy({ ColumnKind.time.isKept(row.integer($0)) }) else { return "its dates" }
    guard let name = row.soundText(4), (try? CategoryPath.parse(name)) != nil else {
      return "its name"
    }
    guard row.isNull(5) || row.soundText(5) != nil else { return "its note" }
    if !row.isNull(6) {
      guard let schema = row.soundText(6), let json = try? JSONValue.parse(Array(schema.utf8)),
        (try? MetadataSchema(from: json)) != nil
      else { return "its schema" }
    }
    return nil
  }

  private static func isUID(_ bytes: [UInt8]) -> Bool {
    bytes.count == 16 && bytes.contains { $0 != 0 }
  }
}

extension FavouriteColumn {
  /// The value that the column stores for an entered one, possibly a typed text.
  func checked(_ value: ColumnValue) throws(InvalidValue) -> ColumnValue {
    guard case .text(let typed) = value else { return value }
    guard kind.isNumber else { return ColumnValue(try kind.checked(typed)) }
    if typed.isEmpty, isOptional { return .null }
    guard let value = kind.value(typed.trimmed) else {
      throw InvalidValue(field: text, reason: "cannot be '\(typed.cut(toBytes: 80))'")
    }
    return value
  }
}

extension ColumnKind {
  /// The value that such a column stores for an entered text; nil for none.
  func checked(_ text: String) throws(InvalidValue) -> String? {
    switch self {
    case .title: try Draft.checkedTitle(text)
    case .url: try Draft.checkedURL(text)
    case .note: try Draft.checkedNote(text)
    default: text
    }
  }

  /// Whether such a column stores a text exactly as it is.
  package func isExact(_ text: String) -> Bool {
    let limit: Int
    switch self {
    case .title: limit = Limits.titleBytes
    case .url: limit = Limits.urlBytes
    case .note: limit = Limits.noteBytes
    default: return false
    }
    // Most texts need no further check.
    return text.isPlainASCII(atMost: limit) || areSame((try? checked(text)) ?? nil, text)
  }

  /// The number itself, or the nearest one within the range of such a column.
  func nearest(_ number: Int64) -> Int64 {
    switch self {
    case .time: Timestamp(milliseconds: number).milliseconds
    case .count: max(0, number)
    default: number
    }
  }

  /// Whether such a column may hold a number.
  package func isKept(_ number: Int64) -> Bool { isNumber && nearest(number) == number }

  /// Parses a text that stands for such a value in a file; nil if it cannot be parsed.
  package func value(_ text: String) -> ColumnValue? {
    switch self {
    case .integer, .count: Int64(text).flatMap { isKept($0) ? .integer($0) : nil }
    case .time: Timestamp(rfc3339: text).map { .integer($0.milliseconds) }
    case .uid: UID(text: text).map(ColumnValue.uid)
    default: .text(text)
    }
  }

  /// Whether such a column may hold a text.
  func isKept(_ text: String) -> Bool {
    switch self {
    case .title, .note: areSame((try? checked(text)) ?? nil, text.composed)
    case .url: areSame((try? checked(text)) ?? nil, text)
    case .path: (try? CategoryPath.parse(text)) != nil
    case .tags: Self.areTags(text)
    case .metadata: Self.isMetadata(text)
    default: !text.utf8.contains(0)
    }
  }

  /// Whether a text is an array of tag names without duplicates.
  private static func areTags(_ text: String) -> Bool {
    guard case .array(let values)? = try? JSONValue.parse(Array(text.utf8)),
      values.count <= Limits.tagsPerFavourite
    else { return false }
    var seen: Set<[UInt8]> = []
    return values.allSatisfy { value in
      guard let name = value.text, areSame((try? TagName.parse(name))?.text, name.composed) else {
        return false
      }
      return seen.insert(Array(name.utf8)).inserted
    }
  }

  /// Whether a text is stored metadata without duplicate keys.
  private static func isMetadata(_ text: String) -> Bool {
    guard case .object(let object)? = try? JSONValue.parse(Array(text.utf8)),
      let metadata = try? Metadata(stored: object)
    else { return false }
    return metadata.entries.count == object.members.count
  }
}
