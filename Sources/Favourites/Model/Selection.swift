/// Selects the favourites that satisfy every part. Empty parts do not restrict it.
package struct Selection: Equatable, Sendable {
  /// In one of these categories, or below.
  package var categories: [CategoryPath] = []
  package var tags: [TagName] = []
  /// Whether one of the tags is enough.
  package var isAnyTagEnough = false
  package var excludedTags: [TagName] = []
  package var isUntagged = false
  package var conditions: [MetadataCondition] = []
  /// Created at this time or later.
  package var since: Timestamp?
  /// Created at this time or earlier.
  package var until: Timestamp?
  package var modifiedSince: Timestamp?
  package var present: [Trait] = []
  package var missing: [Trait] = []
  /// With a link whose last result is one of these states.
  package var linkStates: [LinkState] = []
  /// With an id in this range.
  package var ids: ClosedRange<Int64>?
  /// Touched by this change.
  package var change: Int64?
  /// With all of these texts, anywhere in title, URL, note or tags, even within words.
  package var words: [String] = []
  /// With a title, URL, note or tag that matches this regular expression: see `checkPattern`.
  package var pattern: String?
  /// A search.
  package var search: PreparedSearch?

  package init() {}

  /// Something that a favourite can have or lack.
  package enum Trait: Equatable, Sendable {
    case url, note, tags
    /// Metadata of this name.
    case metadata(String)

    /// Parses a name from the command line.
    package init(_ name: String) {
      switch name {
      case "url": self = .url
      case "note": self = .note
      case "tags": self = .tags
      default: self = .metadata(name)
      }
    }
  }

  /// Whether it has no conditions, so that every favourite is selected.
  package var isEmpty: Bool { categories.isEmpty && hasOnlyCategories }

  /// Whether the index answers all of its conditions.
  var asksForWordsOnly: Bool {
    guard let search, search.conditions.isEmpty else { return false }
    var others = self
    others.search = nil
    return others.isEmpty
  }

  /// Whether it has no conditions but categories.
  var hasOnlyCategories: Bool {
    var empty = Selection()
    empty.categories = categories
    // How tags are combined does not matter if there are none.
    empty.isAnyTagEnough = isAnyTagEnough
    return self == empty
  }
}
