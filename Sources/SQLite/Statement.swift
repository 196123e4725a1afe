internal import CSQLite

/// A prepared statement: bind, step, read the row; it is returned to its pool at the end of its
/// scope.
@safe package struct Statement: ~Copyable {
  let handle: OpaquePointer
  private let pool: StatementPool?
  private let key: UInt
  private let meter: Meter
  /// The index of its profile; nil if it is not profiled.
  private let slot: Int?

  init(handle: OpaquePointer, pool: StatementPool?, key: UInt, meter: Meter) {
    unsafe self.handle = handle
    self.pool = pool
    self.key = key
    self.meter = meter
    slot = unsafe meter.slot(of: handle)
  }

  deinit {
    if let slot { unsafe meter.collect(handle, slot: slot) }
    if let pool, !pool.isDraining {
      unsafe sqlite3_reset(handle)
      unsafe sqlite3_clear_bindings(handle)
      unsafe pool.put(handle, for: key)
    } else {
      unsafe sqlite3_finalize(handle)
    }
  }

  /// Moves to the next row; false if there is none.
  ///
  /// The corresponding SQLite function is `sqlite3_step`.
  package func step() throws(SQLiteError) -> Bool {
    let code = unsafe slot.map { unsafe meter.step(handle, slot: $0) } ?? sqlite3_step(handle)
    if code == SQLITE_ROW {
      meter.rowsRead += 1
      return true
    }
    if code == SQLITE_DONE { return false }
    let error = unsafe SQLiteError(of: sqlite3_db_handle(handle), code: code, sql: sql)
    meter.note(error, slot: slot)
    unsafe sqlite3_reset(handle)
    throw error
  }

  /// Resets the statement to run again; its values stay bound.
  package func reset() {
    // Its result repeats the error of the last step, which was already thrown.
    unsafe sqlite3_reset(handle)
  }

  /// Runs to the end and resets, ready to run again.
  package func execute() throws(SQLiteError) {
    while try step() {}
    reset()
  }

  /// The statement's text, without values.
  package var sql: String {
    guard let text = unsafe sqlite3_sql(handle) else { return "" }
    return unsafe String(cString: text)
  }

  /// Whether the statement cannot change the file.
  package var isReadOnly: Bool { unsafe sqlite3_stmt_readonly(handle) != 0 }
}
