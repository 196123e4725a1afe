internal import Favourites

/// What a column of a foreign table can stand for.
package enum TableField: String, CaseIterable, Sendable {
  case title, url, note, category, tags
  case createdAt = "created_at"
  case modifiedAt = "modified_at"
  case openedAt = "opened_at"
  /// How often it was opened.
  case opened

  /// The field that a column of this name stands for, whatever program wrote it.
  package init?(named name: String) {
    let name = Self.plain(name)
    guard let field = Self.allCases.first(where: { $0.names.contains(name) }) else { return nil }
    self = field
  }

  /// All fields by their own names, for an error.
  package static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// How good a name is for the field: of two columns for one field, the lower counts.
  func priority(of name: String) -> Int {
    names.firstIndex(of: Self.plain(name)) ?? names.count
  }

  /// A name as it is compared: lower case, `_` for spaces and dashes.
  static func plain(_ name: String) -> String {
    String(
      decoding: name.trimmed.lowercased().utf8.map { byte in
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte
      }, as: UTF8.self)
  }

  /// What columns for it are called, the best name first.
  private var names: [String] {
    switch self {
    case .title: ["title", "name", "page_title"]
    case .url: ["url", "link", "href", "address", "uri", "bookmark", "web_address", "website"]
    case .note:
      ["note", "notes", "description", "desc", "comment", "comments", "extended", "excerpt"]
    case .category:
      ["category", "folder", "collection", "path", "folders", "categories", "folder_name", "list"]
    case .tags: ["tags", "labels", "keywords", "tag", "label", "topics"]
    case .createdAt:
      [
        "created_at", "created", "createdat", "date_added", "dateadded", "add_date", "time_added",
        "added", "added_at", "date_created", "created_time", "saved", "saved_at", "savedat",
        "saved_date", "date", "time", "timestamp",
      ]
    case .modifiedAt:
      [
        "modified_at", "modified", "modifiedat", "last_modified", "date_modified", "updated_at",
        "updated", "updatedat", "changed",
      ]
    case .openedAt:
      ["opened_at", "last_opened", "last_visited", "last_visit", "visited_at", "visited"]
    case .opened: ["opened", "visits", "visit_count"]
    }
  }
}
