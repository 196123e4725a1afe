internal import Favourites

/// What stands in braces in a template of favourites: a field, or metadata by its name.
enum TemplateField: Equatable {
  case field(FavouriteField)
  case metadata(String)

  /// Nil for what is nearly the name of a field, and so a slip; `metadata.titel` names such metadata all the same.
  init?(_ name: String) {
    if let field = FavouriteField(rawValue: name) ?? Self.shortNames[name] {
      self = .field(field)
      return
    }
    if name.utf8.starts(with: "metadata.".utf8) {
      self = .metadata(String(decoding: name.utf8.dropFirst(9), as: UTF8.self))
      return
    }
    let names = FavouriteField.allCases.map(\.rawValue)
    guard (try? Metadata.checkKey(name)) != nil,
      !names.contains(where: { Suggestion.distance(name, $0) <= ($0.utf8.count > 4 ? 1 : 0) })
    else { return nil }
    self = .metadata(name)
  }

  /// What people call dates.
  private static let shortNames: [String: FavouriteField] = [
    "created": .createdAt, "modified": .modifiedAt, "last_opened": .openedAt,
    "deleted": .deletedAt,
  ]

  /// What a favourite has there; empty for nothing.
  func text(of favourite: Favourite) -> String {
    switch self {
    case .field(let field): favourite.text(field)
    case .metadata(let key): Metadata(stored: favourite.metadataJSON)[key]?.text ?? ""
    }
  }
}
