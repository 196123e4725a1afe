package import Host
package import SQLite

/// Every reason for which the library can refuse.
package enum StoreError: Error, Equatable, Sendable {
  /// SQLite refused.
  case sqlite(SQLiteError)
  /// The operating system refused.
  case host(HostError)
  /// The file cannot be used; it was not touched.
  case unusable(path: String, UnusableFile)
  /// The file is of an older version, and upgrading was not allowed.
  case outdated(path: String)
  /// The file is of an older version, and its location is not writable.
  case notUpgradable(path: String, HostError)
  /// Another favs held the file for too long.
  case busy(path: String)
  /// The change was made, but the system failed before confirming that it is on the disk.
  case unconfirmed(change: Int64, SQLiteError)
  /// Like `unconfirmed`, for the results of checking links, which are not a change.
  case unconfirmedSights(SQLiteError)
  /// Like `unconfirmed`, for the data that a sync keeps beside favourites.
  case unconfirmedSync(SQLiteError)
  /// A value breaks a rule of the data.
  case invalid(InvalidValue)
  /// No favourite matches this reference.
  case noFavourite(String)
  /// Nothing in the trash matches this reference.
  case notInTrash(String)
  /// The reference names something in the trash.
  case inTrash(String, [Candidate])
  /// No category has this name.
  case noCategory(String)
  /// A category has no field of this name.
  case noField(String, category: String)
  /// No favourite has this tag.
  case noTag(String)
  /// No change has this number.
  case noChange(Int64)
  /// The reference is ambiguous.
  case ambiguous(String, [Candidate])
  /// The same URL is in the same category already.
  case alreadyThere(url: String, id: Int64, category: String, isNew: Bool = true)
  /// Several favourites would get the same URL in a category.
  case twiceThere(url: String, category: String)
  /// The category of a trashed favourite has its link again.
  case restoreConflict(id: Int64, with: Int64, category: String)
  /// A category of this name already exists.
  case categoryExists(String)
  /// A category cannot be moved into itself.
  case categoryInsideItself(String)
  /// A favourite cannot be moved before or after itself.
  case besideItself
  /// Nothing is left to undo.
  case nothingToUndo
  /// Nothing was undone, or something changed since.
  case nothingToRedo
  /// A redo after a new change.
  case redoOvertaken(by: Int64, isFinal: Bool = false)
  /// The change was undone already.
  case alreadyUndone(Int64, by: Int64)
  /// The change is itself an undo or a redo.
  case notUndoable(Int64)
  /// The change emptied the trash, which cannot be undone.
  case isFinal(Int64)
  /// The change only counted openings, which undo skips.
  case onlyOpened(Int64)
  /// The change is a sync that only put into the trash what was not here, which undo skips.
  case onlyDiscarded(Int64)
  /// Nothing has metadata of this name, so nothing can be sorted by it.
  case noSortKey(String)
  /// Later changes wrote the same fields of the same things.
  case overtaken(Int64, by: [Int64])
  /// A backup cannot replace the file that it is a backup of.
  case backupOfItself(path: String)
  /// A file would overwrite a journal or a lock of a database.
  case companion(path: String)
  /// A database would have the name of a journal or a lock.
  case companionName(path: String)
  /// A backup would overwrite a file that holds data that this one does not.
  case notOlder(path: String)
  /// A file that was to be loaded was changed in the meantime.
  case notUntouched(path: String)

  /// A value in the file that is impossible, though SQLite can read it.
  static func damage(_ fault: String) -> StoreError {
    .sqlite(SQLiteError(code: .corrupt, message: fault, sql: nil))
  }

  /// Whether a reference names nothing.
  var isNotFound: Bool {
    switch self {
    case .noFavourite, .inTrash, .notInTrash, .noCategory: true
    default: false
    }
  }

  /// Whether a reference names no live favourite.
  var isMissing: Bool {
    switch self {
    case .noFavourite, .inTrash: true
    default: false
    }
  }

  /// One of several things that a reference could mean.
  package struct Candidate: Equatable, Sendable {
    package let id: Int64
    package let title: String
    package let category: String
    /// Its rank, where its id does not identify it.
    package var rank: Int64?
  }
}

/// Why a file cannot be opened as a favourites file.
package enum UnusableFile: Equatable, Sendable {
  /// It is empty, from a crash or by mistake: favs never leaves an empty file behind.
  case empty
  /// It is not an SQLite file.
  case notADatabase
  /// It is another program's SQLite file.
  case foreign
  /// A newer version of favs wrote it.
  case newer(version: Int32, supported: Int32)
  /// It is not a regular file but a link, a directory or a device.
  case notAFile
  /// Something that is not a regular file has the name of its journal.
  case strayJournal
  /// It belongs to another user.
  case notOurs
  /// Other users may write to it.
  case isOpen
  /// It holds tables, triggers or views that favs does not make.
  case altered(object: String)
  /// SQLite finds it damaged.
  case damaged(String)
  /// It is to be salvaged, and has no favourites and no categories that can be read.
  case nothingLeft
}

/// A value that breaks a rule, described in the user's terms.
package struct InvalidValue: Error, Equatable, Sendable {
  /// The field that it was for: "title", "url", "metadata 'year'".
  package let field: String
  /// What is wrong with it, as in "is empty" or "is longer than 4,096 bytes".
  package let reason: String

  /// What to do instead, if known.
  package let hint: String?

  package init(field: String, reason: String, hint: String? = nil) {
    self.field = field
    self.reason = reason
    self.hint = hint
  }
}
