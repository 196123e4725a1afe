/// The first record of a table, as the beginning of a file shows it.
struct TableHeader: Equatable, Sendable {
  /// What stands between cells.
  let separator: UInt8
  /// The columns' names, in lower case where they were sniffed, `_` for spaces and dashes.
  let names: [String]

  /// The header at the beginning of a file; nil where no whole line is seen, or none that is text.
  init?(_ bytes: [UInt8]) {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count, bytes[start] == 0x0A || bytes[start] == 0x0D { start += 1 }
    // Excel's first line that says what the separator is.
    if let end = Self.endOfSeparatorLine(bytes[start...]) { start = end }
    let line = Array(bytes[start..<Self.endOfRecord(bytes, from: start)])
    separator = Self.separator(of: line)
    var input = ForeignFile(line)
    var reader = CSVReader(separator: separator)
    guard let record = try? reader.next(from: &input) else { return nil }
    names = record.cells.map(TableField.plain)
  }

  /// Whether all of some columns are there.
  func has(_ wanted: [String]) -> Bool { wanted.allSatisfy(names.contains) }

  /// Whether a first record is Excel's `sep=;`.
  static func isSeparatorLine(_ record: CSVRecord) -> Bool {
    guard let first = record.cells.first, first.utf8.count <= 5 else { return false }
    return first.lowercased().utf8.starts(with: "sep=".utf8) && record.cells.count <= 2
  }

  private static func endOfSeparatorLine(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count > 6, bytes.prefix(4).map({ $0 | 0x20 }).starts(with: "sep=".utf8)
    else { return nil }
    var end = bytes.startIndex + 5
    guard bytes[end] == 0x0A || bytes[end] == 0x0D else { return nil }
    while end < bytes.endIndex, bytes[end] == 0x0A || bytes[end] == 0x0D { end += 1 }
    return end
  }

  /// Where the first line ends that no quote goes on over.
  private static func endOfRecord(_ bytes: [UInt8], from start: Int) -> Int {
    var isQuoted = false
    for index in start..<bytes.count {
      switch bytes[index] {
      case 0x22: isQuoted.toggle()
      case 0x0A, 0x0D: if !isQuoted { return index }
      default: break
      }
    }
    return bytes.count
  }

  /// The separator that stands most often outside of quotes; of equals, the comma.
  private static func separator(of line: [UInt8]) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    var counts = [0, 0, 0]
    var isQuoted = false
    for byte in line {
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return candidates[counts.firstIndex(of: most) ?? 0]
  }
}

extension Sniff {
  /// The header of the table that the file may be.
  ///
  /// A first line that is a heading, or an item of a list, of Markdown or Org is none, whatever it holds: a category
  /// may be called `a;title;url`. Only where the file's name says that it is a table, that counts for more.
  var header: TableHeader? {
    guard json == nil, isNamedAsTable || !beginsAsOutline else { return nil }
    return TableHeader(bytes)
  }

  /// Whether the file's name says that it is a table.
  var isNamedAsTable: Bool { ["csv", "tsv", "tab"].contains(ending) }

  private var beginsAsOutline: Bool {
    let line = Array(text.prefix { $0 != 0x0A && $0 != 0x0D })
    // A column may be called `#`.
    guard line.drop(while: { $0 != 0x20 && $0 != 0x09 }).first == 0x20 else { return false }
    return OrgHeadline(line) != nil || MarkdownBlock(line).isHeadingOrItem
  }
}
