/// The outcome of salvaging a damaged file.
package struct Salvaged: Equatable, Sendable {
  package var favourites = 0
  package var trashed = 0
  package var categories = 0
  package var trashedCategories = 0
  /// The number of unreadable or invalid rows on readable pages.
  package var lostRows = 0
  /// The number of pages that were unreadable or missing.
  package var damagedPages = 0
  /// The number of texts that were cut short or contained invalid bytes.
  package var mendedTexts = 0
  /// The number of favourites and categories with a new uid, since their own was lost.
  package var newUIDs = 0
  /// The number of categories with a new name, since their own was lost.
  package var mendedNames = 0
  /// The number of unreadable tags, pieces of metadata and fields of categories.
  package var lostDetails = 0
  /// Whether a journal of an interrupted write is beside the file that could not be rolled back.
  package var isPending = false

  /// Whether nothing was lost or had to be repaired.
  package var isComplete: Bool {
    [lostRows, damagedPages, mendedTexts, newUIDs, mendedNames, lostDetails].allSatisfy { $0 == 0 }
      && !isPending
  }
}
