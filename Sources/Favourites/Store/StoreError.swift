package import Host
package import SQLite

/// Every way the library can refuse.
package enum StoreError: Error, Equatable, Sendable {
  /// SQLite refused.
  case sqlite(SQLiteError)
  /// The operating system refused.
  case host(HostError)
  /// The file cannot be used, and was not touched.
  case unusable(path: String, UnusableFile)
  /// The file is of an older version, and was not to be upgraded.
  case outdated(path: String)
  /// The file is of an older version, and nothing may be written where it is.
  case notUpgradable(path: String, HostError)
  /// Another favs held the file for too long.
  case busy(path: String)
  /// The change was made, but the system failed before it said that it is on the disk for good.
  case unconfirmed(change: Int64, SQLiteError)
  /// The same of what was seen of links, which is no change.
  case unconfirmedSights(SQLiteError)
  /// The same of what a sync keeps beside favourites.
  case unconfirmedSync(SQLiteError)
  /// A value breaks a rule of the data.
  case invalid(InvalidValue)
  /// No favourite answers to this reference.
  case noFavourite(String)
  /// Nothing in the trash answers to this reference.
  case notInTrash(String)
  /// What this reference names lies in the trash.
  case inTrash(String, [Candidate])
  /// No category has this name.
  case noCategory(String)
  /// No favourite has this tag.
  case noTag(String)
  /// No change has this number.
  case noChange(Int64)
  /// A reference names more than one.
  case ambiguous(String, [Candidate])
  /// The same URL is in the same category already.
  case alreadyThere(url: String, id: Int64, category: String, isNew: Bool = true)
  /// The link of a trashed favourite is in its category again.
  case restoreConflict(id: Int64, with: Int64, category: String)
  /// A category of this name lives already.
  case categoryExists(String)
  /// A category cannot be put into itself.
  case categoryInsideItself(String)
  /// A favourite cannot stand before or behind itself.
  case besideItself
  /// Nothing is left to undo.
  case nothingToUndo
  /// Nothing was undone, or something changed since.
  case nothingToRedo
  /// Redo after a new change.
  case redoOvertaken(by: Int64)
  /// The change was undone already.
  case alreadyUndone(Int64, by: Int64)
  /// The change is itself an undo or a redo.
  case notUndoable(Int64)
  /// The change emptied the trash, which is for good.
  case isFinal(Int64)
  /// The change only counted openings, which undo passes over.
  case onlyOpened(Int64)
  /// Nothing has metadata of this name, so that nothing can be sorted by it.
  case noSortKey(String)
  /// Later changes wrote the same fields of the same things.
  case overtaken(Int64, by: [Int64])
  /// A backup cannot take the place of what it is of.
  case backupOfItself(path: String)
  /// A file would take the place of a journal or a lock of a database.
  case companion(path: String)
  /// A database would have the name of a journal or a lock.
  case companionName(path: String)
  /// A backup would take the place of a file that holds what this one does not.
  case notOlder(path: String)
  /// Something was kept meanwhile in a file that was to be loaded.
  case notUntouched(path: String)

  /// What stands in the file cannot be, though SQLite reads it.
  static func damage(_ fault: String) -> StoreError {
    .sqlite(SQLiteError(code: .corrupt, message: fault, sql: nil))
  }

  /// True where a reference names nothing.
  var isNotFound: Bool {
    switch self {
    case .noFavourite, .inTrash, .notInTrash, .noCategory: true
    default: false
    }
  }

  /// True for what is no favourite that lives, by whatever name.
  var isMissing: Bool {
    switch self {
    case .noFavourite, .inTrash: true
    default: false
    }
  }

  /// One of several that a reference could mean.
  package struct Candidate: Equatable, Sendable {
    package let id: Int64
    package let title: String
    package let category: String
    /// Its rank, where its id does not name it.
    package var rank: Int64?
  }
}

/// Why a file cannot be opened as favourites.
package enum UnusableFile: Equatable, Sendable {
  /// It is empty, so a crash or a mistake made it: favs never leaves one behind.
  case empty
  /// It is not an SQLite file.
  case notADatabase
  /// It is another program's SQLite file.
  case foreign
  /// A newer favs wrote it.
  case newer(version: Int32, supported: Int32)
  /// It is not a plain file: a link, a directory, a device.
  case notAFile
  /// Something that is no plain file has the name of its journal.
  case strayJournal
  /// It belongs to somebody else.
  case notOurs
  /// Others may write to it.
  case isOpen
  /// It holds other tables, triggers or views than favs makes.
  case altered(object: String)
  /// SQLite finds it damaged.
  case damaged(String)
}

/// A value that breaks a rule, in the words of the user.
package struct InvalidValue: Error, Equatable, Sendable {
  /// What it was for: "title", "url", "metadata 'year'".
  package let field: String
  /// What is wrong with it, as in "is empty" or "is longer than 4,096 bytes".
  package let reason: String

  /// What to do instead, where that is known.
  package let hint: String?

  package init(field: String, reason: String, hint: String? = nil) {
    self.field = field
    self.reason = reason
    self.hint = hint
  }
}
