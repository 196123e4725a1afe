/// What bringing an older file up to date changed of what was entered: names that were several and are the same now.
package struct Upgrade: Equatable, Sendable {
  /// How many categories went into another of their name.
  package var categories = 0
  /// How many favourites, in the trash or not, lost a tag that was there twice.
  package var tags = 0
  /// How many favourites have metadata whose names became one.
  package var metadata = 0

  /// True when nothing was.
  package var isEmpty: Bool { self == Upgrade() }
}
