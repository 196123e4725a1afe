internal import Favourites

/// The fields to which columns of foreign tables can be assigned.
package enum TableField: String, CaseIterable, Sendable {
  case title, url, note, category, tags
  case createdAt = "created_at"
  case modifiedAt = "modified_at"
  case openedAt = "opened_at"
  /// The number of openings.
  case opened

  /// The field for a column with this name, in any known program and language.
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

  /// The names of all fields, for an error message.
  package static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The priority of a name for the field: of two columns for the same field, the lower one wins.
  func priority(of name: String) -> Int {
    names.firstIndex(of: Self.plain(name)) ?? names.firstIndex(of: Self.parted(name))
      ?? names.count
  }

  /// Whether its values are dates.
  var isDate: Bool { self == .createdAt || self == .modifiedAt || self == .openedAt }

  /// Whether a name means only that there is a date, possibly of something else.
  static func isVague(_ name: String) -> Bool { vague.contains(plain(name)) }

  /// A name for comparison: in lower case, with `_` for spaces and dashes, and without the brackets
  /// of databases, as in `[Title]`.
  static func plain(_ name: String) -> String {
    var name = name.trimmed
    if name.utf8.count > 2, name.utf8.first == UInt8(ascii: "["),
      name.utf8.last == UInt8(ascii: "]")
    {
      name = String(name.dropFirst().dropLast())
    }
    return String(
      decoding: name.lowercased().utf8.map { byte in
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte
      }, as: UTF8.self)
  }

  /// A name for comparison, with `_` also between words in camel case: `dateAdded` becomes
  /// `date_added`.
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

  /// The fields by the names of columns. If several fields share a name, the first one counts.
  private static let fields: [String: TableField] = {
    var fields: [String: TableField] = [:]
    for field in allCases {
      for name in field.names where fields[name] == nil { fields[name] = field }
    }
    return fields
  }()

  /// The names of columns for the field, the best first.
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
