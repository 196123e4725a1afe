internal import Favourites

extension Format {
  /// Any table with a header, and favs' own.
  static let csv = Format(
    name: "csv", summary: "any table with a header: CSV or TSV",
    isRecognised: { sniff in
      guard let header = sniff.header else { return false }
      if FavsTable.isHeader(header.names) { return true }
      let isTelling = header.names.contains { name in
        [.title, .url].contains(TableField(named: name))
      }
      // One word in a line is a header only where the file's name says so too.
      return header.names.count > 1
        ? isTelling || sniff.isNamedAsTable : isTelling && sniff.isNamedAsTable
    },
    read: { (input, options, sink) throws(ExchangeError) in
      var table = try Table(&input)
      let names = table.header.cells.map(TableField.plain)
      if FavsTable.isHeader(names), options.columns.isEmpty {
        let own = FavsTable(names)
        while let record = try table.next(from: &input) {
          try sink(own.item(record), Place(line: record.line))
        }
        return
      }
      let reader = try TableReader(table.header, TableLayout(), options)
      while let record = try table.next(from: &input) {
        if let item = reader.item(record) { try sink(item, Place(line: record.line)) }
      }
    },
    takesColumns: true)
}
