internal import CSQLite

extension Connection {
  /// Writes what is in the file to another, which is empty or not there, without what was freed.
  ///
  /// The corresponding SQL is `VACUUM INTO`.
  package func copy(to path: String) throws(SQLiteError) {
    // The other file is attached for as long as this takes.
    let most = unsafe sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1)
    defer { unsafe sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, most) }
    let vacuum = try prepare("VACUUM INTO ?")
    vacuum.bind(path, at: 1)
    do throws(SQLiteError) {
      try vacuum.execute()
    } catch let error where error.code.rawValue == SQLITE_ERROR {
      // The only such error of this statement: the other file is not empty, or its length cannot be had.
      throw SQLiteError(
        code: .cannotOpen, message: error.message, sql: error.sql, systemError: error.systemError)
    }
  }

  /// Puts what is in another file in the place of what is in this one, in one transaction: who looks on sees
  /// either.
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

  /// The first thing that is wrong with the file; nil for none. The connection knows no virtual table afterwards.
  ///
  /// From 3.44.0 on SQLite asks virtual tables for their own opinion too, and gives up where one cannot be opened;
  /// but an index that is damaged in itself can be made anew, and is no damage of the file. What is not known is
  /// passed over; the tables behind it are looked at like all others.
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
