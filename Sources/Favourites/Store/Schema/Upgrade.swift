/// What upgrading an older file changed in the data that users entered: names that used to differ
/// and are now the same.
package struct Upgrade: Equatable, Sendable {
  /// The number of categories merged into another of the same name.
  package var categories = 0
  /// The number of favourites, in the trash or not, that lost a duplicate tag.
  package var tags = 0
  /// The number of favourites with metadata names that were merged.
  package var metadata = 0

  /// Whether nothing changed.
  package var isEmpty: Bool { self == Upgrade() }
}
