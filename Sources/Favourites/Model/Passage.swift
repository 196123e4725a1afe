/// What one change did to one thing: its states before and after.
package struct Passage<Item: Equatable & Sendable>: Equatable, Sendable {
  /// The thing's id.
  package let id: Int64
  /// The number of the change.
  package let change: Int64
  /// Nil if it did not exist, or was in the trash.
  package let before: Item?
  /// Nil if it no longer exists.
  package let after: Item?
  /// Whether its text was deleted for good: then it is only known that the change touched it.
  package let isForgotten: Bool
}

/// What one change did to one favourite or one category.
package enum ChangedItem: Equatable, Sendable {
  /// To a favourite.
  case favourite(Passage<Favourite>)
  /// To a category.
  case category(Passage<Category>)
}

/// A thing that a change touched.
package enum TouchedItem: Equatable, Sendable {
  /// A favourite, by its id.
  case favourite(Int64)
  /// A category, by its id.
  case category(Int64)
}
