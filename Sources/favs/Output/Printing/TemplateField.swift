internal import Favourites

/// A name in braces in a template of favourites: a field, or a metadata key.
enum TemplateField: Equatable {
  case field(FavouriteField)
  case metadata(String)

  /// Nil if the name resembles that of a field, and so is likely a typo; `metadata.titel` always
  /// refers to metadata.
  init?(_ name: String) {
    let lowered = name.lowercased()
    if let field = FavouriteField(rawValue: lowered) ?? Self.shortNames[lowered] {
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

  /// Common short names for dates.
  private static let shortNames: [String: FavouriteField] = [
    "created": .createdAt, "modified": .modifiedAt, "last_opened": .openedAt,
    "deleted": .deletedAt,
  ]

  /// The value for a favourite; empty if there is none.
  func text(of favourite: Favourite) -> String {
    switch self {
    case .field(let field): favourite.text(field)
    case .metadata(let key): Metadata(stored: favourite.metadataJSON)[key]?.text ?? ""
    }
  }
}
