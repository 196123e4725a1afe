internal import Favourites

/// Makes bookmarks of the records of a table.
struct TableReader: Sendable {
  private struct Column: Sendable {
    let use: TableLayout.Use
    /// What its cells are called as metadata.
    let key: String
    /// Which of several columns for one field counts: the lowest.
    let priority: Int
    /// Its place in a record.
    let index: Int

    /// Whether it alone makes a favourite.
    var isTelling: Bool {
      switch use {
      case .field(.title), .field(.url): true
      default: false
      }
    }
  }

  /// The columns, the better ones of a field before the others, and those of no field last.
  private let columns: [Column]
  private let count: Int
  private let layout: TableLayout

  /// - Throws: that a column is not there which a person named, or none has titles or URLs.
  init(
    _ header: CSVRecord, _ layout: TableLayout, _ options: ReadingOptions
  ) throws(ExchangeError) {
    self.layout = layout
    count = header.cells.count
    let names = header.cells.map(\.trimmed)
    let mapped = try Self.mapped(options, names, line: header.line)
    let given = Set(mapped.values)
    var keys = MetadataKeys()
    var columns: [Column] = []
    for (index, name) in names.enumerated() {
      let plain = TableField.plain(name)
      let key = keys.key(for: name, column: index + 1)
      var use = layout.columns[plain] ?? TableField(named: name).map { .field($0) }
      if let field = mapped[index] {
        use = .field(field)
      } else if case .field(let field)? = use, given.contains(field) {
        use = nil
      }
      var priority = Int.max
      if case .field(let field)? = use { priority = field.priority(of: name) }
      columns.append(
        Column(use: use ?? .metadata(key), key: key, priority: priority, index: index))
    }
    self.columns = columns.sorted { ($0.priority, $0.index) < ($1.priority, $1.index) }
    guard self.columns.contains(where: \.isTelling) else {
      throw .malformed(
        Place(line: header.line),
        "no column for titles or URLs among \(Self.list(names)); --map title=COLUMN names one")
    }
  }

  /// What a record tells of; nil for an empty one.
  func item(_ record: CSVRecord) -> ImportedItem? {
    guard record.cells.contains(where: { !$0.isEmpty }) else { return nil }
    guard record.cells.dropFirst(count).allSatisfy(\.trimmed.isEmpty) else {
      return .unreadable(
        "\(record.cells.count) cells where the header has \(count): is a quote missing?")
    }
    var bookmark = Bookmark()
    for column in columns where column.index < record.cells.count {
      let text = record.cells[column.index]
      guard !text.isEmpty else { continue }
      switch column.use {
      case .field(let field):
        if !bookmark.take(text, as: field) { bookmark.add(text, as: column.key) }
      case .metadata(let key): bookmark.add(text, as: key)
      case .tags(let separator):
        bookmark.tags += text.unicodeScalars.split(separator: separator).map { String($0).trimmed }
      case .custom(let take): take(&bookmark, text.trimmed)
      case .ignored: break
      }
    }
    if let what = layout.finish(&bookmark) { return .leftOut(what) }
    return .bookmark(bookmark)
  }

  /// The fields that a person gave to columns, by the columns' places.
  private static func mapped(
    _ options: ReadingOptions, _ names: [String], line: Int
  ) throws(ExchangeError) -> [Int: TableField] {
    var mapped: [Int: TableField] = [:]
    for (name, column) in options.columns.sorted(by: { $0.key < $1.key }) {
      guard let field = TableField(named: name) else { continue }
      let place =
        names.firstIndex { $0.utf8.elementsEqual(column.trimmed.utf8) }
        ?? names.firstIndex { TableField.plain($0) == TableField.plain(column) }
      guard let place else {
        throw .malformed(
          Place(line: line), "no column is called '\(column)'; there are \(list(names))")
      }
      mapped[place] = field
    }
    return mapped
  }

  /// The columns' names, for an error.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map { "'\(String($0.unicodeScalars.prefix(40)))'" }
    return shown.joined(separator: ", ") + (names.count > shown.count ? " and others" : "")
  }
}

extension Bookmark {
  /// Takes a cell as a field; false where the field is filled already, or the text is none for it.
  fileprivate mutating func take(_ text: String, as field: TableField) -> Bool {
    switch field {
    case .title: return Self.fill(&title, text)
    case .url: return Self.fill(&url, text)
    case .note: return Self.fill(&note, text)
    case .category:
      if folders.isEmpty { folders = Self.folders(inPath: text) } else { return false }
      return true
    case .tags:
      tags += TagList.tags(in: text)
      return true
    case .createdAt: return Self.fill(&createdAt, text)
    case .modifiedAt: return Self.fill(&modifiedAt, text)
    case .openedAt: return Self.fill(&openedAt, text)
    case .opened:
      guard opened == 0, let count = Int64(text.trimmed), count >= 0 else { return false }
      opened = count
      return true
    }
  }

  private static func fill(_ field: inout String?, _ text: String) -> Bool {
    guard field == nil, !text.trimmed.isEmpty else { return text.trimmed.isEmpty }
    field = text
    return true
  }

  private static func fill(_ field: inout Timestamp?, _ text: String) -> Bool {
    guard field == nil, let time = ForeignDate.any(text) else { return text.trimmed.isEmpty }
    field = time
    return true
  }

  /// The names of folders in a path such as `books / sci-fi`.
  static func folders(inPath path: String) -> [String] {
    path.unicodeScalars.split(separator: "/").map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}
