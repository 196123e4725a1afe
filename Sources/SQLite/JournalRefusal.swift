internal import CSQLite

/// Why a journal is not played back.
package enum JournalRefusal: Int32, Equatable, Sendable, CaseIterable {
  /// It is no plain file, or has another name besides.
  case notPlain = 1
  /// It belongs to another user than the database, or both belong to another than this one.
  case notOurs
  /// Others may write to it.
  case isOpen
  /// Others may write to the folder, so that nobody knows who put it there.
  case folderIsOpen
  /// It names another file, which SQLite would remove.
  case namesAnother
  /// It is not the journal of this database: pages of another size, or more than there ever were.
  case isOfAnother

  /// What SQLite hands through for it: no code of its own.
  ///
  /// - Parameter isLog: whether it is the log of WAL mode.
  func code(isLog: Bool) -> Int32 { SQLITE_PERM | (rawValue << 8) | (isLog ? Self.log : 0) }

  private static let log: Int32 = 1 << 16

  /// The refusal that stands in a code, and whether it is of the log of WAL mode.
  init?(_ code: ResultCode) {
    guard code.primary == .permission else { return nil }
    self.init(rawValue: code.rawValue >> 8 & 0xff)
  }

  static func isOfLog(_ code: ResultCode) -> Bool { code.rawValue & log != 0 }
}

extension SQLiteError {
  /// Why a journal was not played back, and the path of that; nil for all other errors.
  package var refusedJournal: (reason: JournalRefusal, path: String)? {
    JournalRefusal(code).map { ($0, message) }
  }
}

extension Connection {
  /// Whether a journal or a log lies beside a database that would not be played back. To be asked where no connection
  /// of this process has the database open.
  package static func refusesJournals(of path: String) -> Bool {
    JournalJudge.refuses(path + "-journal", SQLITE_OPEN_MAIN_JOURNAL, database: path)
      || JournalJudge.refuses(path + "-wal", SQLITE_OPEN_WAL | SQLITE_OPEN_CREATE, database: path)
  }
}
