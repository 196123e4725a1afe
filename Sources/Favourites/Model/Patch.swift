/// What is to change in one or more favourites; what is nil stays as it is.
package struct Patch: Equatable, Sendable {
  /// Fields that are one text: see `FavouriteField.texts`. An empty one takes the field away.
  package var texts = FieldTexts()
  /// True to take all tags away, before any are added.
  package var clearsTags = false
  package var addedTags: [TagName] = []
  package var removedTags: [TagName] = []
  /// True to take all metadata away, before any is set.
  package var clearsMetadata = false
  package var assignments: [MetadataAssignment] = []
  /// Typed metadata, from a file.
  package var values = Metadata()
  /// Names of metadata to take away.
  package var unset: [String] = []
  package var category: CategoryPath?
  package var placing: Place?

  /// A place in a category, for one favourite or for several in a row.
  package enum Place: Equatable, Sendable {
    case rank(Int64)
    case last
    case before(Int64)
    case after(Int64)
  }

  package init() {}

  package var title: String? {
    get { texts[.title] }
    set { texts[.title] = newValue }
  }

  package var url: String? {
    get { texts[.url] }
    set { texts[.url] = newValue }
  }

  package var note: String? {
    get { texts[.note] }
    set { texts[.note] = newValue }
  }

  /// True when it would change nothing.
  package var isEmpty: Bool { self == Patch() }
}
