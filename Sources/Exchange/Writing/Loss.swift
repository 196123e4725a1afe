package import Favourites

/// Something that a format may not be able to represent.
package enum Loss: CaseIterable, Sendable {
  /// A favourite without a URL, which is left out as a whole. It must come first among the losses
  /// of a format.
  case favouriteWithoutURL
  case title, note, category, tags, metadata, dates, openings
  /// White space around a note.
  case outerSpace
  /// What HTML and XML have no words for: control characters, and white space in titles.
  case characters
  /// Names of categories that are read back as those of foreign folders are.
  case categoryName
  case categoryNote, categoryFields, emptyCategory

  /// The losses of a format that has favourites only.
  static let ofCategories: [Loss] = [.categoryNote, .categoryFields, .emptyCategory]

  /// Whether a favourite would be affected.
  package func concerns(_ favourite: Favourite) -> Bool {
    switch self {
    case .title, .category, .dates: true
    case .note: favourite.note != nil
    case .tags: favourite.tagsJSON != "[]"
    case .metadata: favourite.metadataJSON != "{}"
    case .openings: favourite.opened > 0 || favourite.openedAt != nil
    case .favouriteWithoutURL: favourite.url == nil
    case .outerSpace:
      favourite.note.map { !NativeText.areSame($0.trimmed, $0) } ?? false
    case .characters: !NativeText.isExact(favourite)
    case .categoryName, .categoryNote, .categoryFields, .emptyCategory: false
    }
  }

  /// Whether a category would be affected.
  package func concerns(_ category: Category) -> Bool {
    switch self {
    case .categoryName:
      !NativeText.areSame(Bookmark.component(category.ownName), category.ownName)
    case .categoryNote: category.note != nil
    case .categoryFields: category.schema != nil
    case .emptyCategory: category.total == 0
    case .favouriteWithoutURL, .title, .note, .category, .tags, .metadata, .dates, .openings,
      .outerSpace, .characters:
      false
    }
  }

  /// Whether it is a loss of categories, and not of favourites.
  package var isOfCategories: Bool { self == .categoryName || Self.ofCategories.contains(self) }

  /// A number of them, in words: `14 dates`.
  package func text(_ count: Int) -> String {
    let (one, many) = nouns
    return part + counted(count, one, many)
  }

  /// What of the things that are counted is lost, if it is not all of them.
  private var part: String {
    switch self {
    case .outerSpace: "the space around "
    case .characters: "the exact characters of "
    case .categoryName: "the exact names of "
    case .categoryNote: "the notes of "
    case .categoryFields: "the fields of "
    case .title, .note, .category, .tags, .metadata, .dates, .openings, .favouriteWithoutURL,
      .emptyCategory:
      ""
    }
  }

  private var nouns: (one: String, many: String) {
    switch self {
    case .title: ("title", "titles")
    case .note, .outerSpace: ("note", "notes")
    case .category, .categoryName, .categoryNote, .categoryFields: ("category", "categories")
    case .tags: ("set of tags", "sets of tags")
    case .metadata: ("set of metadata", "sets of metadata")
    case .dates: ("date", "dates")
    case .openings: ("count of openings", "counts of openings")
    case .favouriteWithoutURL: ("favourite without a URL", "favourites without a URL")
    case .characters: ("favourite", "favourites")
    case .emptyCategory: ("empty category", "empty categories")
    }
  }
}
