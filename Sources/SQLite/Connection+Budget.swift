internal import CSQLite

// Limits the time that an untrusted file can take.

extension Connection {
  /// Unregisters all virtual tables: their definitions in the file no longer have any effect.
  ///
  /// The corresponding SQLite function is `sqlite3_drop_modules`.
  package func dropModules() throws(SQLiteError) {
    let code = unsafe sqlite3_drop_modules(handle, nil)
    guard code == SQLITE_OK else { throw failure(code, nil) }
  }

  /// Interrupts statements with the code `interrupted` once all of them together have run a number
  /// of SQLite virtual machine instructions.
  ///
  /// The corresponding SQLite function is `sqlite3_progress_handler`.
  package func limitInstructions(to most: Int) {
    meter.instructionsLeft = most
    // The connection and each statement keep the meter alive.
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
