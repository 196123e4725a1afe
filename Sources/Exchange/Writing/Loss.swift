package import Favourites

/// Something that a format may not be able to represent.
package enum Loss: CaseIterable, Sendable {
  /// A favourite without a URL, which is left out as a whole. It must come first among the losses
  /// of a format.
  case favouriteWithoutURL
  case title, note, category, tags, metadata, dates, openings

  /// Whether a favourite would be affected.
  package func concerns(_ favourite: Favourite) -> Bool {
    switch self {
    case .title, .category, .dates: true
    case .note: favourite.note != nil
    case .tags: favourite.tagsJSON != "[]"
    case .metadata: favourite.metadataJSON != "{}"
    case .openings: favourite.opened > 0 || favourite.openedAt != nil
    case .favouriteWithoutURL: favourite.url == nil
    }
  }

  /// A number of them, in words: `14 dates`.
  package func text(_ count: Int) -> String {
    let (one, many) = nouns
    return counted(count, one, many)
  }

  private var nouns: (one: String, many: String) {
    switch self {
    case .title: ("title", "titles")
    case .note: ("note", "notes")
    case .category: ("category", "categories")
    case .tags: ("set of tags", "sets of tags")
    case .metadata: ("set of metadata", "sets of metadata")
    case .dates: ("date", "dates")
    case .openings: ("count of openings", "counts of openings")
    case .favouriteWithoutURL: ("favourite without a URL", "favourites without a URL")
    }
  }
}
