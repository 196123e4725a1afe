/// How the tables of one program are read: what its columns stand for, where their names do not say it.
struct TableLayout: Sendable {
  /// What becomes of the cells of a column.
  enum Use: Sendable {
    case field(TableField)
    /// A piece of metadata of this name.
    case metadata(String)
    /// Tags with something else than a comma between them.
    case tags(separator: Unicode.Scalar)
    /// What only this program knows.
    case custom(@Sendable (inout Bookmark, String) -> Void)
    case ignored
  }

  /// Uses by the columns' names, as `TableField.plain` writes them; all others go by their names.
  var columns: [String: Use] = [:]
  /// A last look at each; gives what it is where it is to be left out.
  var finish: @Sendable (inout Bookmark) -> String? = { _ in nil }
}

extension Format {
  /// The tables of a program, known by columns that no other has together.
  static func table(
    _ name: String, summary: String, header: [String], _ layout: TableLayout
  ) -> Format {
    Format(
      name: name, summary: summary,
      isRecognised: { $0.header?.has(header) ?? false },
      read: { (input, options, sink) throws(ExchangeError) in
        var table = try Table(&input)
        let reader = try TableReader(table.header, layout, options)
        while let record = try table.next(from: &input) {
          if let item = reader.item(record) { try sink(item, Place(line: record.line)) }
        }
      },
      takesColumns: true)
  }
}
