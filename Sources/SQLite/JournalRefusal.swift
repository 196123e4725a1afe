internal import CSQLite

/// Why a journal is not played back.
package enum JournalRefusal: Int32, Equatable, Sendable, CaseIterable {
  /// It is not a regular file, or has a second name.
  case notPlain = 1
  /// It does not belong to the owner of the database, or both belong to another user.
  case notOurs
  /// Other users may write to it.
  case isOpen
  /// Other users may write to the folder, so anyone may have put it there.
  case folderIsOpen
  /// It names another file, which SQLite would remove.
  case namesAnother
  /// It is not the journal of this database: its page size differs, or it has more pages than there
  /// ever were.
  case isOfAnother

  /// The code that SQLite passes through for it; SQLite does not use it itself.
  ///
  /// - Parameter isLog: whether it is the log of WAL mode.
  func code(isLog: Bool) -> Int32 { SQLITE_PERM | (rawValue << 8) | (isLog ? Self.log : 0) }

  private static let log: Int32 = 1 << 16

  /// The refusal in a code, and whether it concerns the log of WAL mode.
  init?(_ code: ResultCode) {
    guard code.primary == .permission else { return nil }
    self.init(rawValue: code.rawValue >> 8 & 0xff)
  }

  static func isOfLog(_ code: ResultCode) -> Bool { code.rawValue & log != 0 }
}

extension SQLiteError {
  /// Why a journal was not played back, and its path; nil for all other errors.
  package var refusedJournal: (reason: JournalRefusal, path: String)? {
    JournalRefusal(code).map { ($0, message) }
  }
}

extension Connection {
  /// Whether a database has a journal or log that would not be played back. Call it only if no
  /// connection of this process has the database open.
  package static func refusesJournals(of path: String) -> Bool {
    JournalJudge.refuses(path + "-journal", SQLITE_OPEN_MAIN_JOURNAL, database: path)
      || JournalJudge.refuses(path + "-wal", SQLITE_OPEN_WAL | SQLITE_OPEN_CREATE, database: path)
  }
}
