/// A record of a table.
struct CSVRecord: Equatable, Sendable {
  /// The cells, unquoted.
  var cells: [String]
  /// The line on which it begins.
  let line: Int
}

/// Reads a table record by record: quoted cells may contain separators, line ends and doubled
/// quotes.
///
/// Accepts more than the standard: any separator, any of the three line ends, blank lines, and text
/// after a closing quote, like Python's `csv`.
///
/// Source: RFC 4180, 2.
struct CSVReader: Sendable {
  /// The most cells in a record: far more than a favourite has metadata.
  static let mostCells = 4_096

  /// The separator of cells.
  let separator: UInt8
  /// Whether a blank line precedes the record that was read last.
  private(set) var hasSkipped = false
  private var line: Int
  private var cell: [UInt8] = []

  /// - Parameter line: the number of the next line.
  init(separator: UInt8, line: Int = 1) {
    self.separator = separator
    self.line = line
  }

  /// The state within a cell.
  private enum State {
    case start, plain, quoted, closed
  }

  /// Returns the next record, skipping blank lines; nil at the end.
  mutating func next(from input: inout ForeignFile) throws(ExchangeError) -> CSVRecord? {
    var record = CSVRecord(cells: [], line: line)
    var quoteLine = line
    var state = State.start
    var size = 0
    hasSkipped = false
    cell.removeAll(keepingCapacity: true)
    while let byte = try input.next() {
      size += 1
      guard size <= ForeignFile.longestLine else { throw tooLong(record, state, quoteLine) }
      if state == .quoted {
        if byte != 0x22 {
          cell.append(byte)
          if try isLineEnd(byte, in: &input) { line += 1 }
        } else if try input.peek() == 0x22 {
          _ = try input.next()
          cell.append(byte)
          size += 1
        } else {
          state = .closed
        }
        continue
      }
      switch byte {
      case separator:
        try end(&record)
        state = .start
      case 0x22 where state == .start:
        state = .quoted
        quoteLine = line
      case 0x0A, 0x0D:
        if byte == 0x0D, try input.peek() == 0x0A { _ = try input.next() }
        line += 1
        if state == .start, record.cells.isEmpty {
          record = CSVRecord(cells: [], line: line)
          hasSkipped = true
          size = 0
          continue
        }
        try end(&record)
        return record
      default:
        cell.append(byte)
        if state == .start { state = .plain }
      }
    }
    guard state != .quoted else {
      throw .malformed(Location(line: quoteLine), "a quote that is never closed")
    }
    guard state != .start || !record.cells.isEmpty else { return nil }
    try end(&record)
    return record
  }

  private mutating func end(_ record: inout CSVRecord) throws(ExchangeError) {
    guard record.cells.count < Self.mostCells else {
      throw .malformed(Location(line: record.line), "more than \(Self.mostCells) cells")
    }
    record.cells.append(String(decoding: cell, as: UTF8.self))
    cell.removeAll(keepingCapacity: true)
  }

  /// Whether a byte ends a line; for CR LF, the second one does.
  private func isLineEnd(_ byte: UInt8, in input: inout ForeignFile) throws(ExchangeError) -> Bool {
    if byte == 0x0A { return true }
    guard byte == 0x0D else { return false }
    return try input.peek() != 0x0A
  }

  private func tooLong(_ record: CSVRecord, _ state: State, _ quoteLine: Int) -> ExchangeError {
    state == .quoted
      ? .malformed(
        Location(line: quoteLine),
        "a quote that is not closed within \(ForeignFile.longestLine) bytes")
      : .malformed(
        Location(line: record.line), "a record of more than \(ForeignFile.longestLine) bytes")
  }
}
