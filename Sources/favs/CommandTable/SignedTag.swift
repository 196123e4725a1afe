internal import Favourites

/// A tag given to an option, to be added (or required) or to be removed (or excluded).
struct SignedTag: Equatable, Sendable {
  let name: TagName
  /// Whether the tag was given as `-x`.
  let isTaken: Bool
}
