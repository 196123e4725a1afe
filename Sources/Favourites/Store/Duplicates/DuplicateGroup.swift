/// Favourites that are the same thing.
package struct DuplicateGroup: Equatable, Sendable {
  /// What they have in common, in the order of output.
  package enum Kind: String, CaseIterable, Sendable {
    /// The same link.
    case link
    /// Links that lead to the same page: see `LinkKey.loose`.
    case similar
    /// The same title in the same category, no link, and no conflicting metadata.
    case title
  }

  package let kind: Kind
  /// Their ids, in order of creation: a merge keeps the first.
  package let ids: [Int64]
}

/// The outcome of merging a group.
package enum DuplicateMerge: Equatable, Sendable {
  /// The first has the data of all; the others are in the trash.
  case merged(DuplicateGroup)
  /// Nothing: together they exceed what one favourite may hold.
  case tooMuch(DuplicateGroup)
}
