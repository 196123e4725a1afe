/// What one change made of one thing: what it was before, and what it was afterwards.
package struct Passage<Item: Equatable & Sendable>: Equatable, Sendable {
  /// The thing's id.
  package let id: Int64
  /// The number of the change.
  package let change: Int64
  /// Nil where it was not there yet, or was away.
  package let before: Item?
  /// Nil where it is not there any more.
  package let after: Item?
  /// True where its text was emptied from the trash: then no more is known than that it was touched.
  package let isForgotten: Bool
}

/// What one change did to one favourite or one category.
package enum ChangedItem: Equatable, Sendable {
  /// To a favourite.
  case favourite(Passage<Favourite>)
  /// To a category.
  case category(Passage<Category>)
}

/// Something that a change touched.
package enum TouchedItem: Equatable, Sendable {
  /// A favourite, by its id.
  case favourite(Int64)
  /// A category, by its id.
  case category(Int64)
}
