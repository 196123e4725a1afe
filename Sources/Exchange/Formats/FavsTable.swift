internal import Favourites

/// favs' own tables: what `export` writes, and what `list --format csv` prints.
struct FavsTable: Sendable {
  /// The columns of an export, in their order.
  ///
  /// Named so that Raindrop takes the file too (`url`, `folder`, `title`, `note`, `tags`, `created`).
  static let columns: [Column] = [
    .title, .url, .note, .folder, .tags, .created, .uid, .rank, .modified, .opened, .openedAt,
    .metadata, .metadataTypes,
  ]

  /// A column by the name that an export gives it.
  enum Column: String, CaseIterable, Sendable {
    case title, url, note, folder, tags, created, uid, rank, modified, opened
    case openedAt = "opened_at"
    case metadata
    case metadataTypes = "metadata_types"
    /// What a list prints and a file gives anew.
    case id

    /// A column by either of its names.
    init?(named name: String) {
      switch name {
      case "category": self = .folder
      case "created_at": self = .created
      case "modified_at": self = .modified
      default:
        guard let column = Column(rawValue: name) else { return nil }
        self = column
      }
    }
  }

  private let columns: [Column?]

  /// Whether a table with these columns is one of favs' own.
  static func isHeader(_ names: [String]) -> Bool {
    let columns = names.compactMap(Column.init(named:))
    return columns.count == names.count && Set(columns).count == columns.count
      && columns.contains(.uid) && columns.contains(.title)
  }

  /// The columns of a header.
  init(_ names: [String]) {
    columns = names.map(Column.init(named:))
  }

  /// The favourite of a record, or why it is none.
  func item(_ record: CSVRecord) -> ImportedItem {
    guard record.cells.count == columns.count else {
      return .unreadable("\(record.cells.count) cells where the header has \(columns.count)")
    }
    var draft = Draft()
    var metadata = TableMetadata()
    do throws(UnusableBookmark) {
      for (column, text) in zip(columns, record.cells) {
        switch column {
        case .metadata?: metadata.values = text
        case .metadataTypes?: metadata.types = text
        case let column? where !text.isEmpty: try Self.set(column, to: text, in: &draft)
        default: break
        }
      }
      draft.values = try metadata.read()
    } catch {
      return .unreadable(error.reason)
    }
    guard draft.title != nil || draft.url != nil else {
      return .unreadable("neither title nor url")
    }
    return .draft(draft)
  }

  private static func set(
    _ column: Column, to text: String, in draft: inout Draft
  ) throws(UnusableBookmark) {
    switch column {
    case .id, .metadata, .metadataTypes: break
    case .title: draft.title = text
    case .url: draft.url = text
    case .note: draft.note = text
    case .folder:
      do {
        draft.category = try CategoryPath.parse(text)
      } catch {
        throw UnusableBookmark(reason: error.message)
      }
    case .tags: draft.tags = try tags(text)
    case .created: draft.createdAt = try time(text, column)
    case .modified: draft.modifiedAt = try time(text, column)
    case .openedAt: draft.openedAt = try time(text, column)
    case .rank: draft.rank = try number(text, atLeast: 1, column)
    case .opened: draft.opened = try number(text, atLeast: 0, column)
    case .uid:
      guard let uid = UID(text: text) else {
        throw UnusableBookmark(reason: "'\(text.cut(toBytes: 80))' is not a uid")
      }
      draft.uid = uid
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
    _ text: String, _ column: Column
  ) throws(UnusableBookmark) -> Timestamp {
    guard let time = Timestamp(rfc3339: text) ?? ForeignDate.any(text) else {
      throw UnusableBookmark(
        reason: "\(column.rawValue): '\(text.cut(toBytes: 80))' is not a date and time")
    }
    return time
  }

  private static func number(
    _ text: String, atLeast least: Int64, _ column: Column
  ) throws(UnusableBookmark) -> Int64 {
    guard let number = Int64(text), number >= least else {
      throw UnusableBookmark(
        reason: "\(column.rawValue): '\(text.cut(toBytes: 80))' is no number from \(least) on")
    }
    return number
  }
}
