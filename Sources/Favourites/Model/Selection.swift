/// Which favourites are meant: all those that satisfy every part. Empty parts ask for nothing.
package struct Selection: Equatable, Sendable {
  /// In one of these categories, or below.
  package var categories: [CategoryPath] = []
  package var tags: [TagName] = []
  /// True when one of the tags is enough.
  package var isAnyTagEnough = false
  package var excludedTags: [TagName] = []
  package var isUntagged = false
  package var conditions: [MetadataCondition] = []
  /// Created at or after.
  package var since: Timestamp?
  /// Created at or before.
  package var until: Timestamp?
  package var modifiedSince: Timestamp?
  package var present: [Trait] = []
  package var missing: [Trait] = []
  /// Their links were seen in one of these states.
  package var linkStates: [LinkState] = []
  /// With an id from the first to the last.
  package var ids: ClosedRange<Int64>?
  /// Touched by this change.
  package var change: Int64?
  /// All of these texts, anywhere in title, URL, note or tags, also within words.
  package var words: [String] = []
  /// A regular expression that title, URL, note or a tag has to match: see `checkPattern`.
  package var pattern: String?
  /// What a search asks for.
  package var search: PreparedSearch?

  package init() {}

  /// Something that a favourite can have or lack.
  package enum Trait: Equatable, Sendable {
    case url, note, tags
    /// Metadata of this name.
    case metadata(String)

    /// Reads a name of the command line.
    package init(_ name: String) {
      switch name {
      case "url": self = .url
      case "note": self = .note
      case "tags": self = .tags
      default: self = .metadata(name)
      }
    }
  }

  /// True when it asks for nothing, so that every favourite is meant.
  package var isEmpty: Bool { categories.isEmpty && hasOnlyCategories }

  /// True when it asks for nothing but what the index answers.
  var asksForWordsOnly: Bool {
    guard let search, search.conditions.isEmpty else { return false }
    var others = self
    others.search = nil
    return others.isEmpty
  }

  /// True when it asks for nothing but categories.
  var hasOnlyCategories: Bool {
    var empty = Selection()
    empty.categories = categories
    // How tags are combined asks for nothing where there are none.
    empty.isAnyTagEnough = isAnyTagEnough
    return self == empty
  }
}
