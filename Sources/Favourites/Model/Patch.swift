/// Edits to one or more favourites; nil values stay unchanged.
package struct Patch: Equatable, Sendable {
  /// New values of columns, possibly as typed text. An empty text removes the value.
  package var columns = ColumnValues()
  /// Whether to remove all tags before adding any.
  package var clearsTags = false
  package var addedTags: [TagName] = []
  package var removedTags: [TagName] = []
  /// Whether to remove all metadata before setting any.
  package var clearsMetadata = false
  package var assignments: [MetadataAssignment] = []
  /// Typed metadata, from a file.
  package var values = Metadata()
  /// Names of metadata to remove.
  package var unset: [String] = []
  /// As for a draft.
  var mustFit = true
  package var category: CategoryPath?
  package var placing: Destination?

  /// A place in a category, for one favourite or several consecutive ones.
  package enum Destination: Equatable, Sendable {
    case rank(Int64)
    case last
    case before(Int64)
    case after(Int64)
  }

  package init() {}

  /// What a draft says of a favourite that is there: its columns, title, tags and typed metadata.
  init(_ draft: Draft) {
    columns = draft.columns.given
    title = draft.title
    addedTags = draft.tags
    values = draft.values
    mustFit = draft.mustFit
  }

  package var title: String? {
    get { columns[text: .title] }
    set { columns[text: .title] = newValue }
  }

  package var url: String? {
    get { columns[text: .url] }
    set { columns[text: .url] = newValue }
  }

  package var note: String? {
    get { columns[text: .note] }
    set { columns[text: .note] = newValue }
  }

  /// Whether it would change nothing.
  package var isEmpty: Bool { self == Patch() }
}
