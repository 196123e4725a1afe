/// Which favourites are meant: all those that satisfy every part. Empty parts ask for nothing.
package struct Selection: Sendable {
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
  /// With an id from the first to the last.
  package var ids: ClosedRange<Int64>?
  /// Touched by this change.
  package var change: Int64?
  /// All of these words, anywhere in title, URL, note or tags.
  package var words: [String] = []

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

  /// True when it asks for nothing but categories.
  var hasOnlyCategories: Bool {
    tags.isEmpty && excludedTags.isEmpty && !isUntagged && conditions.isEmpty && since == nil
      && until == nil && modifiedSince == nil && present.isEmpty && missing.isEmpty && change == nil
      && ids == nil && words.isEmpty
  }
}
