internal import Favourites

extension Format {
  /// Any table with a header, including favs' own.
  static let csv = Format(
    name: "csv", summary: "any table with a header: CSV or TSV",
    isRecognised: { sniff in
      guard let header = sniff.header else { return false }
      if FavsTable.isHeader(header.names) { return true }
      if sniff.isNamedAsTable { return header.names.count > 1 || header.isTelling }
      // In any text, a first line that names titles or links is a header; a later one only if the
      // lines after it form a table. A single word is never a header.
      return header.names.count > 1 && header.isTelling && (header.isFirst || header.isRegular)
    },
    reader: { (input, options, sink) throws(ExchangeError) in
      var table = try ForeignTable(&input, options)
      let names = table.header.cells.map(TableField.plain)
      guard FavsTable.isHeader(names), options.columns.isEmpty else {
        return try ForeignTable.read(&input, from: table, TableLayout(), options, sink)
      }
      let own = FavsTable(names)
      while let record = try table.next(from: &input) {
        try sink(own.item(record), Location(line: record.line))
      }
    },
    takesColumns: true, isTable: true)
}
