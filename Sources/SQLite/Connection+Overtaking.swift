internal import CSQLite

// Cancels a query whose result is no longer needed.

extension Connection {
  /// Interrupts statements with the code `interrupted` once the closure returns true; it is called
  /// every thousand instructions of SQLite's virtual machine.
  ///
  /// The corresponding SQLite function is `sqlite3_progress_handler`.
  package func endEarly(when isWanted: @escaping () -> Bool) {
    meter.isEndWanted = isWanted
    // The connection and each statement keep the meter alive.
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
