internal import Favourites

// Messages that explain why a journal is not played back.

extension Failure {
  /// The error for a database whose name is that of another database's companion file.
  init(companionName path: String) {
    self.init(
      .usage, "'\(path)' has the name of a database's journal or lock",
      hint: "use a name that does not end in -journal, -wal, -shm or .lock")
  }

  /// - Parameter journal: the path of the journal.
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
    case .isOpen: message = "other users can write to '\(journal)'"
    case .folderIsOpen:
      message = "'\(journal)' is in a folder that other users can write to"
      hint = "move it and '\(path)' to a folder of your own"
    case .namesAnother: message = "'\(journal)' would remove another file"
    case .isOfAnother: message = "'\(journal)' is not the journal of '\(path)'"
    }
    self.init(.database, message, hint: hint)
  }
}
