package import Favourites

/// Writes favourites in one format, sorted by category and rank.
///
/// The output depends only on the favourites, so equal favourites give equal bytes.
package protocol FavouriteWriter {
  /// Writes the text before the first favourite.
  mutating func begin(into bytes: inout [UInt8])
  /// Writes a favourite.
  mutating func write(_ favourite: Favourite, into bytes: inout [UInt8])
  /// Writes the text after the last favourite.
  mutating func end(into bytes: inout [UInt8])
}

extension FavouriteWriter {
  package mutating func begin(into bytes: inout [UInt8]) {}
  package mutating func end(into bytes: inout [UInt8]) {}
}

/// Information for writers, besides the favourites.
package struct ExportContext: Sendable {
  /// All categories, parents before their children.
  package let categories: [Category]
  /// Whether to write categories without favourites, if the format can represent them.
  package let tellsEmptyCategories: Bool
  /// The time of the last change; 1970 if there is none.
  package let latest: Timestamp

  package init(categories: [Category], tellsEmptyCategories: Bool, latest: Timestamp) {
    self.categories = categories
    self.tellsEmptyCategories = tellsEmptyCategories
    self.latest = latest
  }
}
