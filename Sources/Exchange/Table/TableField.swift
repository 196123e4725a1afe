internal import Favourites

/// What a column of a foreign table can stand for.
package enum TableField: String, CaseIterable, Sendable {
  case title, url, note, category, tags
  case createdAt = "created_at"
  case modifiedAt = "modified_at"
  case openedAt = "opened_at"
  /// How often it was opened.
  case opened

  /// The field that a column of this name stands for, whatever program wrote it, in whatever language.
  package init?(named name: String) {
    let forms = [Self.plain(name), Self.parted(name)]
    if let field = forms.lazy.compactMap({ Self.fields[$0] }).first {
      self = field
    } else if forms.contains(where: TableNames.isOfMaking) {
      self = .createdAt
    } else {
      return nil
    }
  }

  /// All fields by their own names, for an error.
  package static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// How good a name is for the field: of two columns for one field, the lower counts.
  func priority(of name: String) -> Int {
    names.firstIndex(of: Self.plain(name)) ?? names.firstIndex(of: Self.parted(name))
      ?? names.count
  }

  /// Whether it tells an instant.
  var isDate: Bool { self == .createdAt || self == .modifiedAt || self == .openedAt }

  /// Whether a name says no more than that there is a date, which may be anything's.
  static func isVague(_ name: String) -> Bool { vague.contains(plain(name)) }

  /// A name as it is compared: lower case, `_` for spaces and dashes.
  static func plain(_ name: String) -> String {
    String(
      decoding: name.trimmed.lowercased().utf8.map { byte in
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte
      }, as: UTF8.self)
  }

  /// The same, with `_` where a capital begins a word: `dateAdded` becomes `date_added`.
  static func parted(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    var wasLower = false
    for scalar in name.unicodeScalars {
      if wasLower, ("A"..."Z").contains(scalar) { scalars.append("_") }
      wasLower = ("a"..."z").contains(scalar)
      scalars.append(scalar)
    }
    return plain(String(scalars))
  }

  /// The fields by the names of columns. Of fields that share one, the first counts.
  private static let fields: [String: TableField] = {
    var fields: [String: TableField] = [:]
    for field in allCases {
      for name in field.names where fields[name] == nil { fields[name] = field }
    }
    return fields
  }()

  /// What columns for it are called, the best name first.
  private var names: [String] {
    switch self {
    case .title: TableNames.titles
    case .url: TableNames.links + TableNames.weakLinks
    case .note: TableNames.notes
    case .category: TableNames.categories
    case .tags: TableNames.tags
    case .createdAt: TableNames.made + TableNames.vague
    case .modifiedAt:
      [
        "modified_at", "modified", "modifiedat", "last_modified", "date_modified", "updated_at",
        "updated", "updatedat", "changed", "last_updated", "geändert", "geändert_am", "modifié",
        "modifié_le", "modificado", "modificato", "gewijzigd", "zmodyfikowano", "изменено",
      ]
    case .openedAt:
      ["opened_at", "last_opened", "last_visited", "last_visit", "visited_at", "visited"]
    case .opened: ["opened", "visits", "visit_count"]
    }
  }

  private static let vague = Set(TableNames.vague)
}
