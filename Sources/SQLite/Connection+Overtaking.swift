internal import CSQLite

// What ends a question whose answer nobody waits for any more.

extension Connection {
  /// Ends what is run with the code `interrupted` once something says so, which is asked every thousand instructions
  /// of SQLite's machine.
  ///
  /// The corresponding SQLite function is `sqlite3_progress_handler`.
  package func endEarly(when isWanted: @escaping () -> Bool) {
    meter.isEndWanted = isWanted
    // The connection and each statement hold the meter.
    let context = unsafe Unmanaged.passUnretained(meter).toOpaque()
    unsafe sqlite3_progress_handler(
      handle, Meter.look,
      { context in
        guard let context = unsafe context else { return 1 }
        return unsafe Unmanaged<Meter>.fromOpaque(context).takeUnretainedValue().isEndWanted()
          ? 1 : 0
      }, context)
  }
}
