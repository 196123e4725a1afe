internal import Favourites

extension Format {
  /// Any table with a header, including favs' own.
  static let csv = Format(
    name: "csv", summary: "any table with a header: CSV or TSV",
    isRecognised: { sniff in
      guard let header = sniff.header, !header.isOfMarkdown else { return false }
      if FavsTable(header.names, sample: header.sample) != nil { return true }
      if sniff.isNamedAsTable { return header.names.count > 1 || header.isTelling }
      // In any text, a first line that names titles or links is a header; a later one only if the
      // lines after it form a table. A single word is never a header.
      return header.names.count > 1 && header.isTelling && (header.isFirst || header.isRegular)
    },
    reader: { (input, options, sink) throws(ExchangeError) in
      var table = try ForeignTable(&input, options)
      let names = table.header.cells.map(TableField.plain)
      guard options.columns.isEmpty, let own = FavsTable(names, sample: table.sample) else {
        return try ForeignTable.read(&input, from: table, TableLayout(), options, sink)
      }
      while let record = try table.next(from: &input) {
        if let item = own.item(record) { try sink(item, Location(line: record.line)) }
      }
    },
    takesColumns: true, isTable: true)
}
