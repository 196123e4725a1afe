/// One category, as it is read.
package struct Category: Equatable, Sendable {
  package var id: Int64
  package var uid: UID
  /// The full path.
  package var name: String
  package var note: String?
  /// The fields that its favourites' metadata may have; nil when anything goes.
  package var schema: MetadataSchema?
  /// How many favourites are in it, not counting its subcategories.
  package var count: Int64
  /// How many favourites are in it and all its subcategories.
  package var total: Int64
  package var createdAt: Timestamp
  package var modifiedAt: Timestamp
  /// When it went to the trash; nil for one that is in use.
  package var deletedAt: Timestamp?
}
