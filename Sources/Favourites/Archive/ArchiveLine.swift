/// One line of an archive.
package enum ArchiveLine {
  /// The first one.
  case heading
  /// A row.
  case row(ArchiveRow)
  /// The last one, with the number of rows.
  case end(Int64)

  /// Parses a line.
  /// - Parameter number: the line's number, from 1.
  package init(_ line: [UInt8], number: Int) throws(JSONError) {
    var reader = JSONReader(line, line: number)
    try reader.beginObject()
    switch try reader.nextKey() {
    case ArchiveTable.mark:
      let version = try reader.readInteger()
      guard version == ArchiveTable.version else {
        throw reader.error(
          "made by a newer favs (version \(version); this one knows \(ArchiveTable.version))")
      }
      self = .heading
    case ArchiveTable.endMark: self = .end(try reader.readInteger())
    default:
      self = .row(try ArchiveRow(line, number: number))
      return
    }
    guard try reader.nextKey() == nil else { throw reader.error("more than one key") }
    try reader.finish()
  }
}
