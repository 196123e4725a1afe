internal import SQLite

/// The columns of a favourite's row, in table order. All code that reads, writes, checks, compares,
/// archives and salvages rows uses this list; `FavouriteRecord` holds the values.
package enum FavouriteColumn: Int32, CaseIterable, Sendable {
  case id, uid, category, change, createdAt, modifiedAt, openedAt, opened
  case title, url, tags, metadata, note

  /// All but the id, which identifies the row and is not part of its data.
  static let held = allCases.filter { $0 != .id }

  /// The texts that are stored composed (NFC): see `FavouriteRecord.unified()`.
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

  /// The name as a `String`.
  package var text: String { Self.texts[Int(rawValue)] }
  private static let texts = allCases.map { $0.name.description }

  /// Its name in tables, in properties of Org, and in what devices send each other.
  package var shortName: String {
    switch self {
    case .createdAt: "created"
    case .modifiedAt: "modified"
    default: text
    }
  }

  /// The kind of its values.
  package var kind: ColumnKind {
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

  /// Whether it may be null.
  package var isOptional: Bool {
    switch self {
    case .openedAt, .url, .tags, .metadata, .note: true
    default: false
    }
  }

  /// Those that are written and read by their kind alone: neither keys of rows nor columns that
  /// every format knows.
  package static let plain = allCases.filter {
    ![.id, .uid, .category, .change, .title, .url, .tags, .metadata, .note].contains($0)
  }

  /// Those that users set as a whole. Tags and metadata are set one by one.
  package static let given: [FavouriteColumn] = [.title, .url, .note]
  /// Whether it is one of them.
  package var isGiven: Bool { Self.given.contains(self) }

  /// Whether changing it edits the favourite. Tags and metadata count one by one.
  var isEdited: Bool { isGiven || self == .uid || self == .createdAt }

  /// How a fault in it is reported: `favourite 12: its title`.
  var faultName: String {
    switch kind {
    case .time: "its dates"
    case .count: "how often it was \(text)"
    default: "its \(text)"
    }
  }

  /// The column with a name; nil if there is none.
  init?(name: String) {
    guard let column = Self.allCases.first(where: { name == $0.text }) else { return nil }
    self = column
  }

  /// The number of columns.
  package static var count: Int32 { Self.note.rawValue + 1 }
  /// All columns in order, separated by commas.
  static let list = ComposedSQL(listing: allCases.map { $0.name })
  /// The same list for a table with the alias `f`.
  static let listOfF = ComposedSQL(listing: allCases.map { $0.name }, prefix: "f.")
  /// The same list for a table with the alias `t`.
  static let listOfT = ComposedSQL(listing: allCases.map { $0.name }, prefix: "t.")

  /// Its place in a row of the trash, which has three columns of its own after the category.
  var placeInTrash: Int { Int(rawValue <= Self.category.rawValue ? rawValue : rawValue + 3) }
}
