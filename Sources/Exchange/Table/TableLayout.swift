/// How to read the tables of a particular program: the uses of columns that do not follow from
/// their names.
struct TableLayout: Sendable {
  /// How to use the cells of a column.
  enum Use: Sendable {
    case field(TableField)
    /// As metadata with this key.
    case metadata(String)
    /// As tags with a separator other than a comma.
    case tags(separator: Unicode.Scalar)
    /// In a way specific to the program.
    case custom(@Sendable (inout Bookmark, String) -> Void)
    case ignored
  }

  /// The uses by the columns' names in the form of `TableField.plain`; other columns are used by
  /// their names.
  var columns: [String: Use] = [:]
  /// The use of all other columns, if it does not depend on their names.
  var others: Use?
  /// Whether one of the columns above is enough for a favourite, even without titles and links.
  var isTelling = false
  /// Whether a column with an unknown name is used for dates if its cells are dates: its name may
  /// be in any language.
  var findsDates = false
  /// A last step for each bookmark; returns the kind of item if it is to be skipped.
  var finish: @Sendable (inout Bookmark) -> String? = { _ in nil }
}

extension Format {
  /// The format for a program's tables, which are recognised by their characteristic columns.
  ///
  /// - Parameter only: whether they have no other columns.
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
