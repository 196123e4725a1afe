/// A category for output.
package struct Category: Equatable, Sendable {
  package var id: Int64
  package var uid: UID
  /// The full path.
  package var name: String
  package var note: String?
  /// The fields that its favourites' metadata may have; nil if any are allowed.
  package var schema: MetadataSchema?
  /// The number of favourites in it, without its subcategories.
  package var count: Int64
  /// The number of favourites in it and all its subcategories.
  package var total: Int64
  package var createdAt: Timestamp
  package var modifiedAt: Timestamp
  /// When it was moved to the trash; nil if it is in use.
  package var deletedAt: Timestamp?
}
