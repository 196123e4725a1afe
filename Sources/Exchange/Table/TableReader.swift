internal import Favourites

/// Makes bookmarks from the rows of a table.
struct TableReader: Sendable {
  /// The columns, by priority for each field, and those for no field last.
  private var columns: [TableColumn]
  private let count: Int
  private let layout: TableLayout

  /// - Parameters:
  ///   - names: the names of the columns, as written.
  ///   - sample: some rows, which show what the columns contain.
  /// - Throws: an error if a column named by the user is missing, or if none has titles or URLs.
  init(
    _ names: [String], sample: [[String]], at location: Location?, _ layout: TableLayout,
    _ options: ReadingOptions
  ) throws(ExchangeError) {
    self.layout = layout
    count = names.count
    columns = try TableColumns(names, sample, layout, options, location).sorted
  }

  /// Whether a column contains dates, so that all rows must be surveyed first.
  var hasDates: Bool { columns.contains { $0.isDate } }

  /// Learns the order of day and month in a column.
  mutating func survey(_ text: String, in index: Int) {
    for position in columns.indices
    where columns[position].index == index && columns[position].isDate {
      columns[position].survey(text)
    }
  }

  /// Remarks on the columns, after all rows were read.
  var remarks: [String] {
    columns.sorted { $0.index < $1.index }.flatMap(\.remarks)
  }

  /// The item in a record; nil if it is empty.
  mutating func item(_ record: CSVRecord) -> ImportedItem? {
    guard record.cells.contains(where: { !$0.isEmpty }) else { return nil }
    guard record.cells.dropFirst(count).allSatisfy(\.trimmed.isEmpty) else {
      return .unreadable(
        "\(record.cells.count) cells where the header has \(count): is a quote missing?")
    }
    return item { $0 < record.cells.count ? TableCell(record.cells[$0]) : nil }
  }

  /// The item in a row.
  /// - Parameter cell: returns the cell in a column; nil if there is none.
  mutating func item(_ cell: (Int) -> TableCell?) -> ImportedItem? {
    var bookmark = Bookmark()
    let order = sharedOrder
    for position in columns.indices {
      guard let cell = cell(columns[position].index), !cell.isEmpty else { continue }
      let column = columns[position]
      switch column.use {
      case .field(let field) where field.isDate:
        if !takeDate(cell.text, as: field, position, order, &bookmark) {
          bookmark.add(cell, as: column)
        }
      case .field(let field):
        if !bookmark.take(cell, as: field) { bookmark.add(cell, as: column) }
      case .metadata: bookmark.add(cell, as: column)
      case .tags(let separator):
        bookmark.tags += cell.text.unicodeScalars.split(separator: separator).map {
          String($0).trimmed
        }
      case .custom(let take): take(&bookmark, cell.text.trimmed)
      case .ignored: break
      }
    }
    if let what = layout.finish(&bookmark) { return .leftOut(what) }
    return .bookmark(bookmark)
  }

  /// The order of day and month in all columns that show one, if they agree: files use a single
  /// order.
  private var sharedOrder: WrittenDate.Order? {
    let orders = columns.compactMap(\.order)
    guard let first = orders.first, !orders.contains(where: { $0 != first }) else { return nil }
    return first
  }

  /// Uses a cell as a date; false if the field has a value already, or the text is not a date.
  private mutating func takeDate(
    _ text: String, as field: TableField, _ position: Int, _ shared: WrittenDate.Order?,
    _ bookmark: inout Bookmark
  ) -> Bool {
    guard !text.trimmed.isEmpty else { return true }
    let path: WritableKeyPath<Bookmark, Timestamp?> =
      switch field {
      case .modifiedAt: \.modifiedAt
      case .openedAt: \.openedAt
      default: \.createdAt
      }
    guard bookmark[keyPath: path] == nil else { return false }
    let instant = columns[position].instant(text, shared)
    bookmark[keyPath: path] = instant
    return instant != nil
  }
}

extension Bookmark {
  /// Uses a cell for a field; false if the field has a value already, or the text is not valid for
  /// it.
  fileprivate mutating func take(_ cell: TableCell, as field: TableField) -> Bool {
    switch field {
    case .title: return Self.fill(&title, cell)
    case .url:
      // A placeholder such as `n/a` is no link; a later column may have one.
      guard let link = WrittenLink.url(in: cell.text) else { return cell.text.trimmed.isEmpty }
      return Self.fill(&url, .text(link))
    case .note: return Self.fill(&note, cell)
    case .category:
      if folders.isEmpty { folders = Self.folders(inPath: cell.text) } else { return false }
      return true
    case .tags:
      if case .list(let texts) = cell { tags += texts } else { tags += TagList.tags(in: cell.text) }
      return true
    case .opened:
      guard opened == 0, let count = Int64(cell.text.trimmed), count >= 0 else { return false }
      opened = count
      return true
    case .createdAt, .modifiedAt, .openedAt: return false
    }
  }

  private static func fill(_ field: inout String?, _ cell: TableCell) -> Bool {
    let text = cell.text
    guard field == nil, !text.trimmed.isEmpty else { return text.trimmed.isEmpty }
    field = text
    return true
  }

  /// Adds a cell as metadata; with the full name of the column if its short name is taken.
  fileprivate mutating func add(_ cell: TableCell, as column: TableColumn) {
    var key = column.key
    if case .metadata(let name) = column.use { key = name }
    if metadata[key] != nil { key = column.wholeKey }
    add(cell, as: key)
  }

  /// The names of folders in a path such as `books / sci-fi`.
  static func folders(inPath path: String) -> [String] {
    path.unicodeScalars.split(separator: "/").map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}
