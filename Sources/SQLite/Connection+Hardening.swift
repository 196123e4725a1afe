internal import CSQLite

extension Connection {
  /// The first settings of every connection: wait for others, trust nothing in the file.
  ///
  /// Source of the switches: https://www.sqlite.org/security.html, "Untrusted SQLite Database
  /// Files".
  package func harden(busyMilliseconds: Int32, longestValue: Int32) throws(SQLiteError) {
    waitForOthers(milliseconds: busyMilliseconds)
    let switches: [(option: Int32, on: Int32)] = [
      // Prevents writing to the schema or to shadow tables other than through their owner.
      (SQLITE_DBCONFIG_DEFENSIVE, 1),
      // Nothing in the schema may call a function with side effects.
      (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
      // "x" is a name, never a string.
      (SQLITE_DBCONFIG_DQS_DML, 0),
      (SQLITE_DBCONFIG_DQS_DDL, 0),
      // The schema has neither triggers nor views; one that was smuggled in has no effect.
      (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
      (SQLITE_DBCONFIG_ENABLE_VIEW, 0),
      (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
      (SQLITE_DBCONFIG_ENABLE_FKEY, 1),
    ]
    for (option, on) in switches {
      let code = unsafe favs_sqlite3_db_config_switch(handle, option, on)
      guard code == SQLITE_OK else { throw failure(code, nil) }
    }
    for (limit, value) in [
      (SQLITE_LIMIT_LENGTH, longestValue),
      (SQLITE_LIMIT_SQL_LENGTH, 250_000),
      (SQLITE_LIMIT_ATTACHED, 0),
      (SQLITE_LIMIT_VARIABLE_NUMBER, 10_000),
      (SQLITE_LIMIT_EXPR_DEPTH, 1_000),
      (SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ] {
      unsafe sqlite3_limit(handle, limit, value)
    }
  }

  /// Sets how long to wait for others to release the file.
  package func waitForOthers(milliseconds: Int32) {
    unsafe favs_wait_for_others(handle, milliseconds)
  }

  /// The remaining settings, which read the file: run this inside a read transaction, so that the
  /// file is locked and checked once.
  ///
  /// Cells are checked as pages are read; no page is memory-mapped, so that a truncated file is an
  /// error and not a signal; sorting never leaves a file behind.
  package func hardenReading() throws(SQLiteError) {
    try execute("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY")
  }

  /// Keeps few pages in memory, for a connection that only reads.
  ///
  /// Most of what a command reads it reads once, and asking the system for memory takes longer than
  /// another read of a page that the system has.
  package func keepFewPages() throws(SQLiteError) {
    try execute("PRAGMA cache_size=128")
  }

  /// Additional settings for a connection that writes.
  ///
  /// EXTRA syncs the directory after the journal is unlinked: with less, a commit that was reported
  /// can be rolled back by a power cut. Freed text is overwritten with zeros.
  package func prepareForWriting() throws(SQLiteError) {
    try execute("PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON")
  }

  /// Runs statements that write directly to the tables of a virtual table, which is otherwise
  /// refused: a virtual table cannot repair itself once it cannot be read.
  package func executeUndefended(_ sql: String) throws(SQLiteError) {
    let code = unsafe favs_sqlite3_db_config_switch(handle, SQLITE_DBCONFIG_DEFENSIVE, 0)
    defer { unsafe favs_sqlite3_db_config_switch(handle, SQLITE_DBCONFIG_DEFENSIVE, 1) }
    guard code == SQLITE_OK else { throw failure(code, nil) }
    try execute(sql)
  }

  /// Keeps changed pages in memory until the commit, up to a limit, so that readers are not locked
  /// out during a long transaction; beyond the limit, pages are written early, and readers wait.
  ///
  /// SQLite keeps a tenth of the cache for pages that are not changed, so that those which are read
  /// again and again stay, but only if the limit allows it to write the others.
  ///
  /// - Parameter cached: the cache size for other pages, in MiB; nil for the same limit.
  package func holdChangedPages(
    upToMebibytes limit: Int, cached: Int? = nil
  ) throws(SQLiteError) {
    try execute(
      "PRAGMA cache_size=-\((cached ?? limit) * 1024); PRAGMA cache_spill=-\(limit * 896)")
  }
}
