/// One thing that `doctor` looks at. Its words stand with the command.
package enum Check: Hashable, CaseIterable, Sendable {
  /// Whether the file is for its owner alone.
  case filePrivacy
  /// Whether its lock file and its backups are.
  case companionPrivacy
  /// Whether only its owner may write to its folder.
  case folderPrivacy
  /// Whether its file system has locks that work.
  case locks
  /// Whether there is space for a copy of it.
  case space
  /// Whether SQLite is one that favs is tested with.
  case library
  /// SQLite's own check of the file.
  case soundness
  /// Whether what a row refers to is there.
  case references
  /// Whether all that was entered can be read.
  case entries
  /// Whether each thing is in one place, and each uid one thing's.
  case uniqueness
  /// Whether the key of each category follows from its name.
  case categories
  /// Whether the counts of categories are right.
  case counts
  /// Whether each favourite has its place among the others.
  case ranks
  /// Whether the totals are right.
  case totals
  /// Whether no id would be given again.
  case ids
  /// Whether the index of tags follows from the favourites.
  case tags
  /// Whether that of metadata does.
  case metadata
  /// Whether that of titles does.
  case titles
  /// Whether that of links does.
  case links
  /// Whether what was seen of links is about links.
  case sights
  /// Whether the full-text index does.
  case search
  /// Whether a change accounts for each thing as it is.
  case history
}
