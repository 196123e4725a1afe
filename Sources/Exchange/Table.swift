/// A table whose header was read.
struct Table: Sendable {
  /// The columns' names, as they are written.
  let header: CSVRecord
  private var reader: CSVReader

  /// Reads as far as the header.
  init(_ input: inout ForeignFile) throws(ExchangeError) {
    let separator = TableHeader(try input.prefix())?.separator
    reader = CSVReader(separator: separator ?? UInt8(ascii: ","))
    var first = try reader.next(from: &input)
    if let record = first, TableHeader.isSeparatorLine(record) {
      first = try reader.next(from: &input)
    }
    guard let first else { throw .malformed(nil, "empty, where a table has a header") }
    header = first
  }

  /// The next record; nil at the end.
  mutating func next(from input: inout ForeignFile) throws(ExchangeError) -> CSVRecord? {
    try reader.next(from: &input)
  }
}
