/// What was got out of a damaged file.
package struct Salvaged: Equatable, Sendable {
  package var favourites = 0
  package var trashed = 0
  package var categories = 0
  package var trashedCategories = 0
  /// Rows that could not be read on pages that could, or whose values make no sense.
  package var lostRows = 0
  /// Pages that could not be read at all, or were not there any more.
  package var damagedPages = 0
  /// Texts that were cut short, or held bytes that no text holds.
  package var mendedTexts = 0
  /// Favourites and categories that got another uid, since their own was lost.
  package var newUIDs = 0
  /// Categories that got another name, since their own was lost.
  package var mendedNames = 0
  /// Tags, pieces of metadata and fields of categories that could not be read.
  package var lostDetails = 0
  /// Whether changes of a broken off write lie beside the file that could not be taken back.
  package var isPending = false

  /// Whether nothing was lost, and nothing had to be mended.
  package var isComplete: Bool {
    [lostRows, damagedPages, mendedTexts, newUIDs, mendedNames, lostDetails].allSatisfy { $0 == 0 }
      && !isPending
  }
}
