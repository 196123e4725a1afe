internal import Favourites

/// favs' own tables: the output of `export`, and of `list --format csv`.
struct FavsTable: Sendable {
  /// The columns of an export, in order.
  ///
  /// Their names are those that Raindrop reads too (`url`, `folder`, `title`, `note`, `tags`,
  /// `created`).
  static let columns: [FavouriteField] =
    [
      .title, .url, .note, .category, .tags, .createdAt, .uid, .rank, .modifiedAt, .opened,
      .openedAt,
      .metadata, .metadataTypes,
    ] + FavouriteField.further

  /// The name of a column in an export.
  static func name(of field: FavouriteField) -> String {
    field == .category ? "folder" : field.column?.shortName ?? field.rawValue
  }

  /// A field by the name in an export or in a list. Ids are ignored, since new ones are assigned.
  private static func field(named name: String) -> FavouriteField? {
    (columns + [.id]).first { name == $0.rawValue || name == self.name(of: $0) }
  }

  private let columns: [FavouriteField?]
  private let names: [String]
  /// The number of cells up to the last column that favs wrote.
  private let least: Int

  /// Assigns the columns of a header; nil if the table is not favs' own.
  ///
  /// It is if it has titles, and uids or metadata in favs' form: somebody may have added columns,
  /// or removed the uids. What `list` prints has neither, but ids and ranks, and no foreign column.
  init?(_ names: [String], sample: [[String]]) {
    let columns = names.map(Self.field(named:))
    let own = columns.compactMap(\.self)
    guard own.contains(.title), Set(own).count == own.count else { return nil }
    func cells(_ field: FavouriteField) -> [String]? {
      guard let index = columns.firstIndex(of: field) else { return nil }
      return sample.compactMap { $0.count > index && !$0[index].isEmpty ? $0[index] : nil }
    }
    let isOwn =
      if let uids = cells(.uid) {
        own.count == names.count || uids.isEmpty || uids.contains { UID(text: $0) != nil }
      } else if let metadata = cells(.metadata), !metadata.isEmpty {
        metadata.allSatisfy { (try? TableMetadata(values: $0).read()) != nil }
      } else {
        own.count == names.count && own.contains(.category) && Self.areCounts(cells(.id))
          && Self.areCounts(cells(.rank))
      }
    guard isOwn else { return nil }
    self.columns = columns
    least = (columns.lastIndex { $0 != nil } ?? 0) + 1
    self.names = names
  }

  /// Whether all cells of a column, and there are some, are numbers from 1 on.
  private static func areCounts(_ cells: [String]?) -> Bool {
    guard let cells, !cells.isEmpty else { return false }
    return cells.allSatisfy { Int64($0).map { $0 > 0 } ?? false }
  }

  /// The favourite in a record, or the reason why it is invalid; nil if it is empty.
  func item(_ record: CSVRecord) -> ImportedItem? {
    guard record.cells.contains(where: { !$0.isEmpty }) else { return nil }
    guard record.cells.count >= least,
      record.cells.dropFirst(columns.count).allSatisfy(\.trimmed.isEmpty)
    else {
      return .unreadable("\(record.cells.count) cells where the header has \(columns.count)")
    }
    var draft = Draft()
    var others: [(name: String, cell: TableCell)] = []
    var metadata = TableMetadata()
    draft.tellsTags = columns.contains(.tags)
    draft.tellsMetadata = columns.contains(.metadata)
    do throws(UnusableBookmark) {
      for (index, (field, text)) in zip(columns, record.cells).enumerated() {
        switch field {
        case nil where !text.isEmpty: others.append((names[index], TableCell(text)))
        case .metadata?: metadata.values = text
        case .metadataTypes?: metadata.types = text
        case let field? where !text.isEmpty: try Self.set(field, to: text, in: &draft)
        default: break
        }
      }
      draft.values = try metadata.read()
      draft.keep(others)
    } catch {
      return .unreadable(error.reason)
    }
    guard draft.title != nil || draft.url != nil else {
      return .unreadable("neither title nor url")
    }
    draft.settleLink()
    return .draft(draft)
  }

  private static func set(
    _ field: FavouriteField, to text: String, in draft: inout Draft
  ) throws(UnusableBookmark) {
    switch field {
    case .id: break
    case .category:
      do {
        draft.category = try CategoryPath.parse(text)
      } catch {
        throw UnusableBookmark(reason: error.message)
      }
    case .tags: draft.tags = try tags(text)
    case .rank: draft.rank = try number(text, atLeast: 1, field)
    case .uid:
      guard let uid = UID(text: text) else {
        throw UnusableBookmark(reason: "'\(text.cut(toBytes: 80))' is not a uid")
      }
      draft.uid = uid
    default: if let column = field.column { draft.set(column, try value(text, of: column, field)) }
    }
  }

  private static func value(
    _ text: String, of column: FavouriteColumn, _ field: FavouriteField
  ) throws(UnusableBookmark) -> ColumnValue {
    switch column.kind {
    case .time: .integer(try time(text, field).milliseconds)
    case .count: .integer(try number(text, atLeast: 0, field))
    default: .text(text)
    }
  }

  private static func tags(_ text: String) throws(UnusableBookmark) -> [TagName] {
    var tags: [TagName] = []
    for name in text.unicodeScalars.split(separator: ",") {
      do {
        tags.append(try TagName.parse(String(name)))
      } catch {
        throw UnusableBookmark(reason: error.message)
      }
    }
    return tags
  }

  private static func time(
    _ text: String, _ field: FavouriteField
  ) throws(UnusableBookmark) -> Timestamp {
    guard let time = Timestamp(rfc3339: text) ?? ForeignDate.any(text) else {
      throw UnusableBookmark(
        reason: "\(name(of: field)): '\(text.cut(toBytes: 80))' is not a date and time")
    }
    return time
  }

  private static func number(
    _ text: String, atLeast least: Int64, _ field: FavouriteField
  ) throws(UnusableBookmark) -> Int64 {
    guard let number = Int64(text), number >= least else {
      throw UnusableBookmark(
        reason: "\(name(of: field)): '\(text.cut(toBytes: 80))' is no number from \(least) on")
    }
    return number
  }
}
