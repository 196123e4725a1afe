internal import Favourites

/// The header of a table at the beginning of a file.
///
/// There may be lines above it: the name of the list, comments, or a table with one row about the
/// list itself. In that case, a line that names a title or a link after an empty one is the header.
struct TableHeader: Equatable, Sendable {
  /// The separator of cells.
  let separator: UInt8
  /// The names of the columns, in the form of `TableField.plain`.
  let names: [String]
  /// The line on which it begins.
  let line: Int
  /// Whether it is at the beginning of the file.
  let isFirst: Bool
  /// The records below it, as far as the inspected beginning of the file contains them.
  let sample: [[String]]

  /// The number of records to inspect.
  private static let longestSample = 64
  /// The most records above a header.
  private static let highest = 12

  /// Finds the header at the beginning of a file; nil if that contains no complete record, or none
  /// of text.
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
      let index =
        options.headerLine == nil ? Self.start(of: records, mapped) : records.indices.first
      let header = TableHeader(records, at: index ?? 0, separator)
      if index != nil { self = header; return }
      if fallback == nil, !first.cells.isEmpty { fallback = header }
    }
    guard let fallback else { return nil }
    self = fallback
  }

  private init(_ records: [Record], at index: Int, _ separator: UInt8) {
    self.separator = separator
    names = records[index].cells.map(TableField.plain)
    line = records[index].line
    isFirst = !records[..<index].contains { !$0.isEmpty }
    sample = records[(index + 1)...].map(\.cells)
  }

  /// Whether the line below it is that of a table in Markdown: `--- | :-:`.
  var isOfMarkdown: Bool {
    guard separator == UInt8(ascii: "|"), let below = sample.first else { return false }
    return below.allSatisfy { cell in
      cell.utf8.contains(UInt8(ascii: "-")) && cell.utf8.allSatisfy { "-: ".utf8.contains($0) }
    }
  }

  /// Whether it has all the given columns.
  func has(_ wanted: [String]) -> Bool { wanted.allSatisfy(names.contains) }

  /// Whether it has a column for titles or for links.
  var isTelling: Bool { tells || isFirst && isRegular && hasThing }

  /// Whether a column is named after the kind of item.
  private var hasThing: Bool {
    TableNames.things.contains(where: names.contains)
  }

  /// Whether the name of a column is one for titles or links.
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

  /// Whether the inspected rows are as long as the header.
  var isRegular: Bool {
    let rows = sample.filter { !$0.allSatisfy(\.isEmpty) }.prefix(3)
    return !rows.isEmpty && rows.allSatisfy { $0.count == names.count }
  }

  /// Whether the first record is Excel's `sep=;`.
  static func isSeparatorLine(_ record: CSVRecord) -> Bool {
    guard let first = record.cells.first, first.utf8.count <= 5 else { return false }
    return first.lowercased().utf8.starts(with: "sep=".utf8) && record.cells.count <= 2
  }

  // MARK: - Where it stands

  private struct Record {
    let cells: [String]
    let line: Int
    /// Whether it is at the beginning, or follows an empty line or a row of empty cells.
    let followsGap: Bool

    var isEmpty: Bool { cells.allSatisfy(\.trimmed.isEmpty) }

    /// Whether a cell names a title or a link and, unless it is at the beginning, no cell is a link
    /// or a number.
    func isHeader(_ mapped: Set<String>, isFirst: Bool) -> Bool {
      cells.contains { TableHeader.tells($0, mapped) }
        && (isFirst || !cells.contains { TableCell.isLink($0) || TableCell.isNumber($0) })
    }
  }

  /// The index of the header: the first possible one, or the next one if only a single row comes
  /// between.
  private static func start(of records: [Record], _ mapped: Set<String>) -> Int? {
    var found: Int?
    var below = 0
    var above = 0
    for (index, record) in records.enumerated() where !record.isEmpty {
      let isFirst = found == nil && above == 0
      if found == nil || record.followsGap, record.isHeader(mapped, isFirst: isFirst) {
        // Either the lines above it are not a table, or they are another one that an empty line
        // ends.
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

  /// Whether a column is named as one for titles or links.
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

  /// The possible separators, the most frequent in the first line first.
  private static func separators(_ bytes: [UInt8], from start: Int, isWhole: Bool) -> [UInt8] {
    var start = start
    while start < bytes.count, bytes[start] == 0x0A || bytes[start] == 0x0D { start += 1 }
    // Excel's first line may specify the separator.
    let rest = bytes[start...].prefix(6)
    if rest.count == 6, rest.prefix(4).map({ $0 | 0x20 }).elementsEqual("sep=".utf8),
      rest.last == 0x0A || rest.last == 0x0D
    {
      return [bytes[start + 4]]
    }
    // A line that begins with a vertical bar is a table in Markdown.
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

  /// Moves to the next line; returns the number of lines passed.
  private static func lineEnd(_ bytes: [UInt8], _ offset: inout Int) -> Int {
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == 0x0A { return 1 }
      if byte == 0x0D {
        if offset < bytes.count, bytes[offset] == 0x0A { offset += 1 }
        return 1
      }
    }
    return 1
  }
}

extension Sniff {
  /// Whether it may be a table at all; JSON and markup may not.
  package var mayBeTable: Bool { tableHeader != nil }

  /// The header, if the file may be a table.
  ///
  /// A first line that is a heading or a list item of Markdown or Org is not a header, whatever it
  /// contains: a category may be named `a;title;url`. A file name for a table has priority over
  /// that.
  var header: TableHeader? { isNamedAsTable || !beginsAsOutline ? tableHeader : nil }

  /// Whether the file name is that of a table.
  var isNamedAsTable: Bool { ["csv", "tsv", "tab"].contains(ending) }

  private var beginsAsOutline: Bool {
    let line = Array(text.prefix { $0 != 0x0A && $0 != 0x0D })
    // A column may be named `#`.
    guard line.drop(while: { $0 != 0x20 && $0 != 0x09 }).first == 0x20 else { return false }
    return OrgHeadline(line) != nil || MarkdownBlock(line).isHeadingOrItem
  }
}
