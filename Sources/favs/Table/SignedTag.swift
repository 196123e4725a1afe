internal import Favourites

/// A tag as an option names it: one to be there, or one not to be.
struct SignedTag: Equatable, Sendable {
  let name: TagName
  /// True for `-x`.
  let isTaken: Bool
}
