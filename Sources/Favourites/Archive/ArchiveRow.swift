/// One row of an archive, parsed and checked separately.
package struct ArchiveRow {
  let table: ArchiveTable
  /// In the order of the table's columns.
  private(set) var values: [ColumnValue]

  /// Parses a line after the first.
  init(_ line: [UInt8], number: Int) throws(JSONError) {
    var reader = JSONReader(line, line: number)
    try reader.beginObject()
    guard let name = try reader.nextKey(),
      let table = ArchiveTable.all.first(where: { $0.name == name })
    else { throw reader.error("not a table of an archive") }
    self.table = table
    values = Array(repeating: .null, count: table.columns.count)
    try reader.beginObject()
    while let key = try reader.nextKey() {
      guard let index = table.columns.firstIndex(where: { $0.name == key }) else {
        throw reader.error("'\(name)' has no '\(key)'")
      }
      values[index] = try Self.value(table.columns[index].kind, &reader, line)
    }
    guard try reader.nextKey() == nil else { throw reader.error("more than one row") }
    try reader.finish()
  }

  /// A column's value by name; null if the line leaves it out.
  subscript(name: String) -> ColumnValue {
    guard let index = table.columns.firstIndex(where: { $0.name == name }) else { return .null }
    return values[index]
  }

  /// Whether it is a live favourite.
  package var isFavourite: Bool { table.name == "favourite" }

  /// The path of a category, live or trashed.
  var path: CategoryPath? {
    guard table.name.hasSuffix("category"), let name = text("name") else { return nil }
    return try? CategoryPath.parse(name)
  }

  /// A favourite as a draft, without its category and rank.
  var draft: Draft {
    var draft = Draft()
    draft.mustFit = false
    for column in FavouriteColumn.held { draft.set(column, self[column.text]) }
    return draft
  }

  func integer(_ name: String) -> Int64? { self[name].whole }

  func text(_ name: String) -> String? { self[name].text }

  private static func value(
    _ kind: ColumnKind, _ reader: inout JSONReader, _ line: [UInt8]
  ) throws(JSONError) -> ColumnValue {
    if try reader.peekKind() == .null {
      try reader.readNull()
      return .null
    }
    switch kind {
    case .integer, .time, .count:
      let number = try reader.readInteger()
      // New ids continue after the greatest one given: after the last possible number they could
      // not.
      guard number.magnitude < 1 << 53 else {
        throw reader.refusal("\(number) is too large")
      }
      return .integer(number)
    case .tags, .metadata, .schema, .object:
      let start = reader.offset
      let value = try JSONValue(from: &reader)
      let text = String(decoding: line[start..<reader.offset], as: UTF8.self)
      guard isFit(value, for: kind) else {
        throw reader.refusal("'\(text)' is not an expected value")
      }
      return .text(text)
    case .uid:
      let text = try reader.readString()
      guard let uid = UID(text: text) else { throw reader.refusal("'\(text)' is not a uid") }
      return .uid(uid)
    case .text, .title, .url, .note, .path:
      let text = try reader.readString()
      guard kind.isKept(text) else {
        throw reader.refusal("'\(text)' cannot be stored as it is")
      }
      return .text(text)
    }
  }

  private static func isFit(_ value: JSONValue, for kind: ColumnKind) -> Bool {
    switch (kind, value) {
    case (.tags, .array(let tags)):
      !tags.isEmpty && tags.count <= Limits.tagsPerFavourite
        && tags.allSatisfy { tag in
          tag.text.map { areSame((try? TagName.parse($0))?.text, $0.composed) } ?? false
        }
    case (.metadata, .object(let object)): (try? Metadata(stored: object))?.stored != nil
    case (.schema, let value): (try? MetadataSchema(from: value)) != nil
    case (.object, .object): true
    default: false
    }
  }
}
