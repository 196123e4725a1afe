internal import CSQLite

extension Connection {
  /// Writes the contents of the file to another, which is empty or does not exist, without freed
  /// space.
  ///
  /// The corresponding SQL is `VACUUM INTO`.
  package func copy(to path: String) throws(SQLiteError) {
    // The other file is attached while this runs.
    let most = unsafe sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1)
    defer { unsafe sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, most) }
    let vacuum = try prepare("VACUUM INTO ?")
    vacuum.bind(path, at: 1)
    do throws(SQLiteError) {
      try vacuum.execute()
    } catch let error where error.code.rawValue == SQLITE_ERROR {
      // The only such error of this statement: the other file is not empty, or its length cannot be
      // read.
      throw SQLiteError(
        code: .cannotOpen, message: error.message, sql: error.sql, systemError: error.systemError)
    }
  }

  /// Replaces the contents of this file with those of another, in one transaction: others see
  /// either the old or the new.
  ///
  /// The corresponding SQLite functions are those of `sqlite3_backup_init`.
  package func replaceContent(with source: borrowing Connection) throws(SQLiteError) {
    guard let backup = unsafe sqlite3_backup_init(handle, "main", source.handle, "main") else {
      throw failure(unsafe sqlite3_errcode(handle), nil)
    }
    let code = unsafe sqlite3_backup_step(backup, -1)
    let end = unsafe sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE else { throw failure(end == SQLITE_OK ? code : end, nil) }
  }

  /// The first fault in the file; nil if there is none. Afterwards the connection has no virtual
  /// tables.
  ///
  /// From 3.44.0 on, SQLite also runs the checks of virtual tables, and gives up if one cannot be
  /// opened; but a damaged index can be rebuilt, and is not damage of the file. Unknown virtual
  /// tables are skipped; the tables behind them are checked like all others.
  ///
  /// The corresponding SQL is `PRAGMA integrity_check`, after `sqlite3_drop_modules`.
  package func firstDamage() throws(SQLiteError) -> String? {
    try dropModules()
    let check = try prepare("PRAGMA integrity_check(1)")
    guard try check.step() else { return "no answer" }
    let verdict = check.text(0)
    return verdict == "ok" ? nil : verdict
  }
}
