internal import CSQLite

// What keeps a file that nobody trusts from taking as much time as it likes.

extension Connection {
  /// Forgets all virtual tables: what a file says of one is not listened to any more.
  ///
  /// The corresponding SQLite function is `sqlite3_drop_modules`.
  package func dropModules() throws(SQLiteError) {
    let code = unsafe sqlite3_drop_modules(handle, nil)
    guard code == SQLITE_OK else { throw failure(code, nil) }
  }

  /// Ends what is run with the code `interrupted` once all of it together has taken so many instructions of SQLite's
  /// machine.
  ///
  /// The corresponding SQLite function is `sqlite3_progress_handler`.
  package func limitInstructions(to most: Int) {
    meter.instructionsLeft = most
    // The connection and each statement hold the meter.
    let context = unsafe Unmanaged.passUnretained(meter).toOpaque()
    unsafe sqlite3_progress_handler(
      handle, Meter.look,
      { context in
        guard let context = unsafe context else { return 1 }
        let meter = unsafe Unmanaged<Meter>.fromOpaque(context).takeUnretainedValue()
        meter.instructionsLeft -= Int(Meter.look)
        return meter.instructionsLeft < 0 ? 1 : 0
      }, context)
  }
}
