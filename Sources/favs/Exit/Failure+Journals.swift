internal import Favourites

// Why a journal is not played back, in words.

extension Failure {
  /// A database that would have the name of what stands beside another.
  init(companionName path: String) {
    self.init(
      .usage, "'\(path)' has the name of the journal or the lock of a database",
      hint: "name a file that does not end in -journal, -wal, -shm or .lock")
  }

  /// - Parameter journal: its path.
  init(_ reason: StrangeJournal, _ journal: String) {
    let ending = journal.hasSuffix("-wal") ? "-wal" : "-journal"
    let path = String(journal.utf8.dropLast(ending.utf8.count)) ?? journal
    let message: String
    var hint =
      "if it is not yours, move it away; "
      + "favs doctor --salvage NEWFILE reads '\(path)' without it"
    switch reason {
    case .notPlain: message = "'\(journal)' is not a plain file with one name"
    case .notOurs: message = "'\(journal)' or '\(path)' belongs to another user"
    case .isOpen: message = "others may write to '\(journal)'"
    case .folderIsOpen:
      message = "'\(journal)' lies in a folder that others may write to"
      hint = "move '\(path)' together with it into a folder of your own, and use it there"
    case .namesAnother: message = "'\(journal)' would have another file removed"
    case .isOfAnother: message = "'\(journal)' is not the journal of '\(path)'"
    }
    self.init(.database, message, hint: hint)
  }
}
