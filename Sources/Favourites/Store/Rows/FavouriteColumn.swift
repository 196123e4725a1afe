internal import SQLite

/// The columns of a favourite's row, in the order of the table. What reads, writes, checks, compares, archives and
/// salvages rows goes by this list; `FavouriteRecord` holds the values.
package enum FavouriteColumn: Int32, CaseIterable, Sendable {
  case id, uid, category, change, createdAt, modifiedAt, openedAt, opened
  case title, url, tags, metadata, note

  /// All but the id, which tells rows apart and is no part of what one holds.
  static let held = allCases.filter { $0 != .id }

  /// The texts that are kept composed: see `FavouriteRecord.unified()`.
  static let composed = allCases.filter { $0.isComposed }

  private var isComposed: Bool {
    switch kind {
    case .title, .note, .tags, .metadata: true
    default: false
    }
  }

  /// The name in the table, in images and in archives.
  var name: StaticString {
    switch self {
    case .id: "id"
    case .uid: "uid"
    case .category: "category"
    case .change: "change"
    case .createdAt: "created_at"
    case .modifiedAt: "modified_at"
    case .openedAt: "opened_at"
    case .opened: "opened"
    case .title: "title"
    case .url: "url"
    case .tags: "tags"
    case .metadata: "metadata"
    case .note: "note"
    }
  }

  /// The same as a text.
  var text: String { name.description }

  /// What it holds.
  var kind: ColumnKind {
    switch self {
    case .id, .category, .change: .integer
    case .uid: .uid
    case .createdAt, .modifiedAt, .openedAt: .time
    case .opened: .count
    case .title: .title
    case .url: .url
    case .tags: .tags
    case .metadata: .metadata
    case .note: .note
    }
  }

  /// Whether it may hold nothing.
  var isOptional: Bool {
    switch self {
    case .openedAt, .url, .tags, .metadata, .note: true
    default: false
    }
  }

  /// Whether a person edits it, as a whole; tags and metadata are edited piece by piece.
  var isEdited: Bool {
    switch self {
    case .uid, .createdAt, .title, .url, .note: true
    default: false
    }
  }

  /// How a fault in it is told of: `favourite 12: its title`.
  var faultName: String {
    switch kind {
    case .time: "its dates"
    case .count: "how often it was \(text)"
    default: "its \(text)"
    }
  }

  /// The column of a name; nil for a name that no column has.
  init?(name: String) {
    guard let column = Self.allCases.first(where: { name == $0.text }) else { return nil }
    self = column
  }

  /// How many there are.
  static var count: Int32 { Self.note.rawValue + 1 }
  /// All, in their order, with commas between them.
  static let list = ComposedSQL(listing: allCases.map { $0.name })
  /// The same of a table that is called `f`.
  static let listOfF = ComposedSQL(listing: allCases.map { $0.name }, prefix: "f.")
  /// The same of a table that is called `t`.
  static let listOfT = ComposedSQL(listing: allCases.map { $0.name }, prefix: "t.")

  /// Where it stands in a row of the trash, which has three columns of its own behind the category.
  var placeInTrash: Int { Int(rawValue <= Self.category.rawValue ? rawValue : rawValue + 3) }
}
