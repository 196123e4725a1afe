/// Favourites that are the same thing.
package struct DuplicateGroup: Equatable, Sendable {
  /// What they have in common; in this order they are told.
  package enum Kind: String, CaseIterable, Sendable {
    /// The same link.
    case link
    /// Links that lead to the same page: see `LinkKey.loose`.
    case similar
    /// The same title in the same category, no link, and no metadata that disagrees.
    case title
  }

  package let kind: Kind
  /// Their ids, those created first in front: the first is the one that a merge keeps.
  package let ids: [Int64]
}

/// What became of a group that was to be one.
package enum DuplicateMerge: Equatable, Sendable {
  /// The first has what they all had; the others are in the trash.
  case merged(DuplicateGroup)
  /// Nothing: together they are more than one favourite may hold.
  case tooMuch(DuplicateGroup)
}
