/// A table whose header has been read.
struct ForeignTable: Sendable {
  /// The names of the columns, as written.
  let header: CSVRecord
  /// Whether the header is at the beginning of the file.
  let isFirst: Bool
  /// The first records below the header.
  let sample: [[String]]
  private var reader: CSVReader

  /// Reads up to and including the header.
  init(_ input: inout ForeignFile, _ options: ReadingOptions) throws(ExchangeError) {
    let found = TableHeader(try input.prefix(), options)
    let wanted = options.headerLine ?? found?.line ?? 1
    var line = 1
    if options.headerLine != nil {
      // Skips raw lines, since their contents are unknown.
      while line < wanted, try Self.skipLine(&input) { line += 1 }
    }
    reader = CSVReader(separator: found?.separator ?? UInt8(ascii: ","), line: line)
    var record = line == wanted || options.headerLine == nil ? try reader.next(from: &input) : nil
    while let passed = record, passed.line < wanted || TableHeader.isSeparatorLine(passed) {
      record = try reader.next(from: &input)
    }
    guard let record else {
      guard let wanted = options.headerLine else {
        throw .malformed(nil, "empty: a table needs a header")
      }
      throw .malformed(nil, "there is no line \(wanted) that can be a header")
    }
    header = record
    isFirst = found?.isFirst ?? true
    sample = found?.sample ?? []
  }

  /// Returns the next record; nil at the end.
  mutating func next(from input: inout ForeignFile) throws(ExchangeError) -> CSVRecord? {
    try reader.next(from: &input)
  }

  /// Skips a line; false if the file ends first.
  private static func skipLine(_ input: inout ForeignFile) throws(ExchangeError) -> Bool {
    while let byte = try input.next() {
      if byte == 0x0A { return true }
      guard byte == 0x0D else { continue }
      if try input.peek() == 0x0A { _ = try input.next() }
      return true
    }
    return false
  }

  /// Reads all records of a table.
  static func read(
    _ input: inout ForeignFile, from table: ForeignTable, _ layout: TableLayout,
    _ options: ReadingOptions, _ sink: ItemSink
  ) throws(ExchangeError) {
    var table = table
    let location = Location(line: table.header.line)
    var reader: TableReader
    do throws(ExchangeError) {
      reader = try TableReader(
        table.header.cells, sample: table.sample, at: location, layout, options)
    } catch {
      // Names in an encoding that is not declared are unknown: the end of the file tells that.
      while try input.nextPiece() != nil {}
      throw error
    }
    if reader.hasDates {
      // The order of day and month can only be determined from the whole column.
      while let record = try table.next(from: &input) {
        for (index, text) in record.cells.enumerated() { reader.survey(text, in: index) }
      }
      try input.rewind()
      table = try ForeignTable(&input, options)
    }
    if !table.isFirst, options.headerLine == nil {
      input.note("the table's header; lines above it are skipped", at: location, isLoss: false)
    }
    while let record = try table.next(from: &input) {
      if let item = reader.item(record) { try sink(item, Location(line: record.line)) }
    }
    for remark in reader.remarks { input.note(remark, at: nil, isLoss: false) }
  }
}
