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
  /// What becomes of all others, where they do not go by their names.
  var others: Use?
  /// Whether one of the columns above makes a favourite, though none has titles or links.
  var isTelling = false
  /// Whether a column that nobody knows is of dates where its cells are: its name is in any language.
  var findsDates = false
  /// A last look at each; gives what it is where it is to be left out.
  var finish: @Sendable (inout Bookmark) -> String? = { _ in nil }
}

extension Format {
  /// The tables of a program, known by columns that no other has together.
  ///
  /// - Parameter only: whether it has no others.
  static func table(
    _ name: String, summary: String, header: [String], only: Bool = false, _ layout: TableLayout
  ) -> Format {
    Format(
      name: name, summary: summary,
      isRecognised: { sniff in
        guard let found = sniff.header, found.has(header) else { return false }
        return !only || found.names.count == header.count
      },
      reader: { (input, options, sink) throws(ExchangeError) in
        let table = try ForeignTable(&input, options)
        try ForeignTable.read(&input, from: table, layout, options, sink)
      },
      takesColumns: true, isTable: true)
  }
}
