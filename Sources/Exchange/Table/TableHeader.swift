internal import Favourites

/// The header of a table, as the beginning of a file shows it.
///
/// It may have lines above it: the list's name, remarks, a table of one row about the list itself. What follows an
/// empty line and names a title or a link is a header then.
struct TableHeader: Equatable, Sendable {
  /// What stands between cells.
  let separator: UInt8
  /// The columns' names as `TableField.plain` writes them.
  let names: [String]
  /// The line on which it begins.
  let line: Int
  /// Whether nothing stands above it.
  let isFirst: Bool
  /// Records that stand below it, as far as the beginning of the file shows them.
  let sample: [[String]]

  /// How many records are looked at.
  private static let longestSample = 64
  /// How many records may stand above a header.
  private static let highest = 12

  /// The header at the beginning of a file; nil where no whole record is seen, or none that is text.
  init?(_ bytes: [UInt8], _ options: ReadingOptions = ReadingOptions()) {
    var bytes = bytes
    if bytes.count >= ForeignFile.prefixSize, let end = bytes.lastIndex(of: 0x0A) {
      bytes.removeSubrange(end...)
    }
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    if let wanted = options.headerLine {
      while line < wanted, start < bytes.count { line += Self.lineEnd(bytes, &start) }
      guard line == wanted else { return nil }
    }
    let mapped = Set(options.columns.values.map(TableField.plain))
    var fallback: TableHeader?
    for separator in Self.separators(bytes, from: start, isWhole: options.headerLine == nil) {
      let records = Self.records(bytes, from: start, line: line, separator)
      guard let first = records.first else { continue }
      let place =
        options.headerLine == nil ? Self.place(in: records, mapped) : records.indices.first
      let header = TableHeader(records, at: place ?? 0, separator)
      if place != nil { self = header; return }
      if fallback == nil, !first.cells.isEmpty { fallback = header }
    }
    guard let fallback else { return nil }
    self = fallback
  }

  private init(_ records: [Record], at place: Int, _ separator: UInt8) {
    self.separator = separator
    names = records[place].cells.map(TableField.plain)
    line = records[place].line
    isFirst = !records[..<place].contains { !$0.isEmpty }
    sample = records[(place + 1)...].map(\.cells)
  }

  /// Whether all of some columns are there.
  func has(_ wanted: [String]) -> Bool { wanted.allSatisfy(names.contains) }

  /// Whether one of its columns is of titles, or of links.
  var isTelling: Bool { tells || isFirst && isRegular && hasThing }

  /// Whether one of its columns is called by what the list is of.
  private var hasThing: Bool {
    TableNames.things.contains(where: names.contains)
  }

  /// Whether the name of one of its columns tells of titles or links.
  private var tells: Bool {
    names.indices.contains { index in
      switch TableField(named: names[index]) {
      case .title?, .url?: true
      default:
        TableNames.owner(ofLink: names[index]) != nil
          && sample.contains { index < $0.count && TableCell.isLink($0[index]) }
      }
    }
  }

  /// Whether the rows that were seen are as long as the header.
  var isRegular: Bool {
    let rows = sample.filter { !$0.allSatisfy(\.isEmpty) }.prefix(3)
    return !rows.isEmpty && rows.allSatisfy { $0.count == names.count }
  }

  /// Whether a first record is Excel's `sep=;`.
  static func isSeparatorLine(_ record: CSVRecord) -> Bool {
    guard let first = record.cells.first, first.utf8.count <= 5 else { return false }
    return first.lowercased().utf8.starts(with: "sep=".utf8) && record.cells.count <= 2
  }

  // MARK: - Where it stands

  private struct Record {
    let cells: [String]
    let line: Int
    /// Whether nothing stands above it, an empty line, or one of empty cells.
    let followsGap: Bool

    var isEmpty: Bool { cells.allSatisfy(\.trimmed.isEmpty) }

    /// Whether one of its cells names a title or a link, and all are words, unless nothing stands above it.
    func isHeader(_ mapped: Set<String>, isFirst: Bool) -> Bool {
      cells.contains { TableHeader.tells($0, mapped) }
        && (isFirst || !cells.contains { TableCell.isLink($0) || TableCell.isNumber($0) })
    }
  }

  /// The header among records: the first that can be one, or the next behind it and a single row.
  private static func place(in records: [Record], _ mapped: Set<String>) -> Int? {
    var found: Int?
    var below = 0
    var above = 0
    for (index, record) in records.enumerated() where !record.isEmpty {
      let isFirst = found == nil && above == 0
      if found == nil || record.followsGap, record.isHeader(mapped, isFirst: isFirst) {
        // Above it stands what is no table, or another that an empty line ends.
        let isAlone = records[..<index].allSatisfy { $0.cells.count { !$0.isEmpty } <= 1 }
        if found != nil || record.followsGap || isAlone {
          (found, below) = (index, 0)
          continue
        }
      }
      if found == nil { above += 1 } else { below += 1 }
      guard below <= 1, above <= highest else { break }
    }
    return found
  }

  /// Whether the name of a column is that of titles or links.
  private static func tells(_ cell: String, _ mapped: Set<String>) -> Bool {
    guard !cell.isEmpty, cell.utf8.count <= 100 else { return false }
    let name = TableField.plain(cell)
    if mapped.contains(name) { return true }
    switch TableField(named: cell) {
    case .title?, .url?: return true
    default: return TableNames.owner(ofLink: name) != nil || TableNames.videos.contains(name)
    }
  }

  private static func records(
    _ bytes: [UInt8], from start: Int, line: Int, _ separator: UInt8
  ) -> [Record] {
    var input = ForeignFile(Array(bytes[start...]), isDecoded: true)
    var reader = CSVReader(separator: separator, line: line)
    var records: [Record] = []
    var followsGap = true
    while records.count < longestSample, let record = try? reader.next(from: &input) {
      if records.isEmpty, isSeparatorLine(record) { continue }
      records.append(
        Record(
          cells: record.cells, line: record.line, followsGap: followsGap || reader.hasSkipped))
      followsGap = record.cells.allSatisfy(\.isEmpty)
    }
    return records
  }

  // MARK: - What stands between cells

  /// What may stand between cells, the likeliest first: what stands most often in the first line.
  private static func separators(_ bytes: [UInt8], from start: Int, isWhole: Bool) -> [UInt8] {
    var start = start
    while start < bytes.count, bytes[start] == 0x0A || bytes[start] == 0x0D { start += 1 }
    // Excel's first line says what the separator is.
    let rest = bytes[start...].prefix(6)
    if rest.count == 6, rest.prefix(4).map({ $0 | 0x20 }).elementsEqual("sep=".utf8),
      rest.last == 0x0A || rest.last == 0x0D
    {
      return [bytes[start + 4]]
    }
    // A line that begins with a bar is Markdown's.
    let isBarred = bytes[start...].first != UInt8(ascii: "|")
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09] + (isBarred ? [0x7C] : [])
    var counts = candidates.map { _ in 0 }
    var isQuoted = false
    for byte in bytes[start...] {
      if byte == 0x22 { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if byte == 0x0A || byte == 0x0D { break }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let order = candidates.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    return order.map { candidates[$0] }
  }

  /// Goes to the next line; gives how many were gone by.
  private static func lineEnd(_ bytes: [UInt8], _ place: inout Int) -> Int {
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 0x0A { return 1 }
      if byte == 0x0D {
        if place < bytes.count, bytes[place] == 0x0A { place += 1 }
        return 1
      }
    }
    return 1
  }
}

extension Sniff {
  /// Whether it may be a table at all, which what begins as JSON or markup does may not.
  package var mayBeTable: Bool { tableHeader != nil }

  /// The header of the table that the file may be.
  ///
  /// A first line that is a heading, or an item of a list, of Markdown or Org is none, whatever it holds: a category
  /// may be called `a;title;url`. Only where the file's name says that it is a table, that counts for more.
  var header: TableHeader? { isNamedAsTable || !beginsAsOutline ? tableHeader : nil }

  /// Whether the file's name says that it is a table.
  var isNamedAsTable: Bool { ["csv", "tsv", "tab"].contains(ending) }

  private var beginsAsOutline: Bool {
    let line = Array(text.prefix { $0 != 0x0A && $0 != 0x0D })
    // A column may be called `#`.
    guard line.drop(while: { $0 != 0x20 && $0 != 0x09 }).first == 0x20 else { return false }
    return OrgHeadline(line) != nil || MarkdownBlock(line).isHeadingOrItem
  }
}
