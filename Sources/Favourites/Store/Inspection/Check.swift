/// One check of `doctor`. Its messages are with the command.
package enum Check: Hashable, CaseIterable, Sendable {
  /// Whether only its owner has access to the file.
  case filePrivacy
  /// Whether only the owner has access to its lock file and backups.
  case companionPrivacy
  /// Whether only its owner may write to its folder.
  case folderPrivacy
  /// Whether locks work on its file system.
  case locks
  /// Whether there is space for a copy.
  case space
  /// Whether SQLite is one that favs is tested with.
  case library
  /// SQLite's own check of the file.
  case soundness
  /// Whether the rows that a row refers to exist.
  case references
  /// Whether everything that users entered can be read.
  case entries
  /// Whether each thing is in one place, and each uid belongs to one thing.
  case uniqueness
  /// Whether each category's key matches its name.
  case categories
  /// Whether the counts of categories are right.
  case counts
  /// Whether each favourite has a rank.
  case ranks
  /// Whether the totals are right.
  case totals
  /// Whether no id will be given twice.
  case ids
  /// Whether the index of tags matches the favourites.
  case tags
  /// Whether the index of metadata does.
  case metadata
  /// Whether the index of titles does.
  case titles
  /// Whether the index of links does.
  case links
  /// Whether the index of uids does.
  case uids
  /// Whether every result of checking a link belongs to a link.
  case sights
  /// Whether the full-text index does.
  case search
  /// Whether the history accounts for each thing's present state.
  case history
}
