package import Favourites

/// Writes favourites in one format, one after another, category by category and by rank.
///
/// What it writes depends on the favourites alone, so that the same ones give the same bytes.
package protocol FavouriteWriter {
  /// Writes what stands before the first.
  mutating func begin(into bytes: inout [UInt8])
  /// Writes one.
  mutating func write(_ favourite: Favourite, into bytes: inout [UInt8])
  /// Writes what stands behind the last.
  mutating func end(into bytes: inout [UInt8])
}

extension FavouriteWriter {
  package mutating func begin(into bytes: inout [UInt8]) {}
  package mutating func end(into bytes: inout [UInt8]) {}
}

/// What a writer knows besides the favourites.
package struct ExportContext: Sendable {
  /// All categories, each before those in it.
  package let categories: [Category]
  /// Whether categories without favourites are written too, where the format can tell of them.
  package let tellsEmptyCategories: Bool
  /// When anything was last changed; 1970 where there is nothing.
  package let latest: Timestamp

  package init(categories: [Category], tellsEmptyCategories: Bool, latest: Timestamp) {
    self.categories = categories
    self.tellsEmptyCategories = tellsEmptyCategories
    self.latest = latest
  }
}
