internal import CSQLite

/// An SQLite result code, extended if SQLite returned an extended one.
///
/// Source: https://www.sqlite.org/rescode.html
package struct ResultCode: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The low eight bits: the kind of result, without details.
  package var primary: ResultCode { ResultCode(rawValue: rawValue & 0xff) }

  /// The corresponding C constant is `SQLITE_OK`.
  package static let ok = ResultCode(rawValue: SQLITE_OK)
  /// The corresponding C constant is `SQLITE_ROW`.
  package static let row = ResultCode(rawValue: SQLITE_ROW)
  /// The corresponding C constant is `SQLITE_DONE`.
  package static let done = ResultCode(rawValue: SQLITE_DONE)
  /// The corresponding C constant is `SQLITE_BUSY`.
  package static let busy = ResultCode(rawValue: SQLITE_BUSY)
  /// The corresponding C constant is `SQLITE_LOCKED`.
  package static let locked = ResultCode(rawValue: SQLITE_LOCKED)
  /// The corresponding C constant is `SQLITE_NOMEM`.
  package static let outOfMemory = ResultCode(rawValue: SQLITE_NOMEM)
  /// The corresponding C constant is `SQLITE_READONLY`.
  package static let readOnly = ResultCode(rawValue: SQLITE_READONLY)
  /// The corresponding C constant is `SQLITE_READONLY_ROLLBACK`.
  package static let readOnlyRollback = ResultCode(
    rawValue: SQLITE_READONLY | (3 << 8))
  /// The corresponding C constant is `SQLITE_IOERR`.
  package static let inputOutput = ResultCode(rawValue: SQLITE_IOERR)
  /// The corresponding C constant is `SQLITE_IOERR_CORRUPTFS`: the system could not read a page,
  /// because the file or the disk is damaged.
  package static let inputOutputRead = ResultCode(rawValue: SQLITE_IOERR | (33 << 8))
  /// The corresponding C constant is `SQLITE_IOERR_DIR_FSYNC`: a journal was removed, which ends a
  /// commit, but the system did not confirm that this is on the disk.
  package static let unconfirmedRemoval = ResultCode(rawValue: SQLITE_IOERR | (5 << 8))
  /// The corresponding C constant is `SQLITE_IOERR_RDLOCK`: a write lock could not be downgraded to
  /// a read lock, which happens after a commit.
  package static let unconfirmedRelease = ResultCode(rawValue: SQLITE_IOERR | (9 << 8))
  /// The corresponding C constant is `SQLITE_CORRUPT`.
  package static let corrupt = ResultCode(rawValue: SQLITE_CORRUPT)
  /// The corresponding C constant is `SQLITE_CORRUPT_VTAB`: a virtual table, such as a full-text
  /// index, is damaged.
  package static let corruptIndex = ResultCode(rawValue: SQLITE_CORRUPT | (1 << 8))
  /// The corresponding C constant is `SQLITE_FULL`.
  package static let full = ResultCode(rawValue: SQLITE_FULL)
  /// The corresponding C constant is `SQLITE_CANTOPEN`.
  package static let cannotOpen = ResultCode(rawValue: SQLITE_CANTOPEN)
  /// The corresponding C constant is `SQLITE_PROTOCOL`.
  package static let locking = ResultCode(rawValue: SQLITE_PROTOCOL)
  /// The corresponding C constant is `SQLITE_TOOBIG`.
  package static let tooBig = ResultCode(rawValue: SQLITE_TOOBIG)
  /// The corresponding C constant is `SQLITE_CONSTRAINT`.
  package static let constraint = ResultCode(rawValue: SQLITE_CONSTRAINT)
  /// The corresponding C constant is `SQLITE_INTERRUPT`.
  package static let interrupted = ResultCode(rawValue: SQLITE_INTERRUPT)
  /// The corresponding C constant is `SQLITE_PERM`.
  package static let permission = ResultCode(rawValue: SQLITE_PERM)
  /// The corresponding C constant is `SQLITE_NOTADB`.
  package static let notADatabase = ResultCode(rawValue: SQLITE_NOTADB)
  /// The corresponding C constant is `SQLITE_IOERR_LOCK`: the file system does not support locks.
  package static let inputOutputLock = ResultCode(rawValue: SQLITE_IOERR | (15 << 8))
}
