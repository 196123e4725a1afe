internal import SQLite

/// Writes the lines of an archive one by one.
package struct ArchiveRows: ~Copyable {
  private var table = -1
  private var statement: Statement?
  private var count: Int64 = 0

  init() {}

  /// The next line with its line feed; nil at the end.
  package mutating func next(in store: borrowing Store) throws(StoreError) -> [UInt8]? {
    if table < 0 {
      table = 0
      return Self.line(ArchiveTable.mark, ArchiveTable.version)
    }
    while table < ArchiveTable.all.count {
      let current = ArchiveTable.all[table]
      if statement == nil {
        statement = try store.connection.query(parts: current.selection)
      }
      if let line = try statement?.nextLine(of: current) {
        count += 1
        return line
      }
      statement = nil
      table += 1
    }
    guard table == ArchiveTable.all.count else { return nil }
    table += 1
    return Self.line(ArchiveTable.endMark, count)
  }

  private static func line(_ key: String, _ number: Int64) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member(key, number)
    json.endObject()
    json.newline()
    return json.bytes
  }

}

extension Statement {
  /// The next row as a line of an archive; nil at the end.
  fileprivate func nextLine(of table: ArchiveTable) throws(StoreError) -> [UInt8]? {
    guard try next() else { return nil }
    var json = JSONWriter()
    json.beginObject()
    json.key(table.name)
    json.beginObject()
    for (index, column) in table.columns.enumerated() {
      let index = Int32(index)
      json.key(column.name)
      switch column.kind {
      case .integer, .time, .count:
        if let value = integerOrNil(index) { json.integer(value) } else { json.null() }
      case .uid: json.string((UID(bytes: bytes(index)) ?? UID(high: 0, low: 0)).text)
      case .text, .title, .url, .note, .path: json.stringOrNull(textOrNil(index))
      case .tags, .metadata, .schema, .object:
        if let text = textOrNil(index) { json.raw(text.utf8) } else { json.null() }
      }
    }
    json.endObject()
    json.endObject()
    json.newline()
    return json.bytes
  }
}

extension Store {
  /// The user's data and its history, as the lines of an archive.
  package func archive() -> ArchiveRows { ArchiveRows() }
}
