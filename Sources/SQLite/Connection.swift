internal import CSQLite

/// An open SQLite file, closed when it goes out of scope.
@safe package struct Connection: ~Copyable {
  let handle: OpaquePointer
  let meter: Meter
  private let pool: StatementPool

  /// Opens an existing file, and hardens the connection; never creates one.
  ///
  /// Links are refused in every part of the path, so pass a resolved directory. A journal beside it
  /// is played back only if `JournalJudge` finds that it is ours.
  /// - Parameters:
  ///   - busyMilliseconds: how long to wait for others to release the file.
  ///   - longestValue: the greatest length of a value, in bytes.
  ///   - meter: counts the work done.
  package init(
    path: String, access: Access, busyMilliseconds: Int32 = patience, longestValue: Int32 = longest,
    meter: Meter = Meter()
  ) throws(SQLiteError) {
    let made = try Connection(unhardened: path, access: access, meter: meter)
    try made.harden(busyMilliseconds: busyMilliseconds, longestValue: longestValue)
    self = made
  }

  /// Opens a file without hardening: for tests, which make files that have to be refused.
  ///
  /// The corresponding SQLite function is `sqlite3_open_v2`.
  package init(
    unhardened path: String, access: Access, meter: Meter = Meter()
  ) throws(SQLiteError) {
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    switch access {
    case .readOnly: flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW
    case .readWrite: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW
    case .memory: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
    }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(path, &opened, flags, Door.name)
    guard code == SQLITE_OK, let opened = unsafe opened else {
      let error = unsafe SQLiteError(of: opened, code: code, sql: nil)
      unsafe sqlite3_close_v2(opened)
      meter.note(error, slot: nil)
      throw error
    }
    unsafe handle = opened
    self.meter = meter
    pool = StatementPool()
    if access == .readWrite { unsafe favs_write_without_deleted(opened) }
  }

  /// The default time to wait for others, in milliseconds.
  package static let patience: Int32 = 10_000
  /// The default greatest length of a value, in bytes.
  package static let longest: Int32 = 16 << 20

  deinit {
    if meter.detail == .plans { explainStatements() }
    meter.rowsWritten += totalChanges
    pool.drain()
    // "If sqlite3_close_v2() is called with unfinalized prepared statements, […] the database
    // connection [is] marked unusable, and all will be deallocated when the last statement is
    // finalized": a statement may outlive its connection without harm.
    unsafe sqlite3_close_v2(handle)
  }

  /// Declares that a single thread will use SQLite in this process, which makes it a little faster.
  /// Call it before the first connection is made.
  package static func useOneThread() { favs_sqlite3_use_one_thread() }

  /// How a file is opened.
  package enum Access: Sendable {
    /// Nothing is ever written.
    case readOnly
    /// Reads and writes.
    case readWrite
    /// An in-memory database, gone when closed.
    case memory
  }

  /// A statement that is compiled once per call site and then reused.
  package func statement(_ sql: StaticString) throws(SQLiteError) -> Statement {
    let key = unsafe UInt(bitPattern: sql.utf8Start)
    if let idle = unsafe pool.take(key) {
      return unsafe Statement(handle: idle, pool: pool, key: key, meter: meter)
    }
    var compiled: OpaquePointer?
    let code = unsafe sql.utf8Start.withMemoryRebound(
      to: CChar.self, capacity: sql.utf8CodeUnitCount
    ) {
      unsafe sqlite3_prepare_v3(
        handle, $0, Int32(sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
    }
    guard code == SQLITE_OK, let compiled = unsafe compiled else {
      throw failure(code, "\(sql)")
    }
    return unsafe Statement(handle: compiled, pool: pool, key: key, meter: meter)
  }

  /// Like `statement(_:)`, for a statement composed of constants.
  package func statement(composed sql: ComposedSQL) throws(SQLiteError) -> Statement {
    // An object that lives as long as the program has a unique address.
    let key = UInt(bitPattern: ObjectIdentifier(sql))
    if let idle = unsafe pool.take(key) {
      return unsafe Statement(handle: idle, pool: pool, key: key, meter: meter)
    }
    return try compile(sql.text, keptAs: key)
  }

  /// A statement made of parts, finalized after use. Values are bound, never pasted in.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try compile(sql, keptAs: nil)
  }

  /// - Parameter key: the key under which the pool keeps it after use; nil to finalize it instead.
  private func compile(_ sql: String, keptAs key: UInt?) throws(SQLiteError) -> Statement {
    let flags = key == nil ? 0 : UInt32(SQLITE_PREPARE_PERSISTENT)
    var compiled: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(handle, sql, -1, flags, &compiled, nil)
    guard code == SQLITE_OK, let compiled = unsafe compiled else {
      throw failure(code, sql)
    }
    return unsafe Statement(
      handle: compiled, pool: key == nil ? nil : pool, key: key ?? 0, meter: meter)
  }

  /// Runs one or more statements without rows and values.
  package func execute(_ sql: String) throws(SQLiteError) {
    guard meter.detail == .counts else { return try executeEach(sql) }
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else {
      throw failure(code, sql)
    }
  }

  /// Notes and returns the error of a call that just failed.
  func failure(_ code: Int32, _ sql: String?) -> SQLiteError {
    let error = unsafe SQLiteError(of: handle, code: code, sql: sql)
    meter.note(error, slot: nil)
    return error
  }

  /// The number of rows that the last statement inserted, changed or deleted.
  package var changes: Int { Int(unsafe sqlite3_changes64(handle)) }

  /// The number of rows inserted, changed or deleted since the file was opened.
  package var totalChanges: Int { Int(unsafe sqlite3_total_changes64(handle)) }

  /// The row id of the last row inserted.
  package var lastRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// Whether a transaction is open.
  package var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  /// SQLite's own version, as in "3.40.1".
  package static var libraryVersion: String { unsafe String(cString: sqlite3_libversion()) }

  /// The version as a number: 1,000,000 × major + 1,000 × minor + patch.
  package static var libraryVersionNumber: Int { Int(sqlite3_libversion_number()) }

  /// Begins a transaction that may write; waits for other writers for the configured time.
  package func beginImmediate() throws(SQLiteError) {
    try statement("BEGIN IMMEDIATE").execute()
  }

  /// Begins a transaction that sees one snapshot of the file until it ends.
  package func beginReading() throws(SQLiteError) {
    try statement("BEGIN").execute()
  }

  /// Commits the transaction durably.
  package func commit() throws(SQLiteError) {
    try statement("COMMIT").execute()
  }

  /// Rolls back the transaction. Never throws: the error that led here is the one to report, and a
  /// closing connection rolls back anyway.
  package func rollBack() {
    guard isInTransaction else { return }
    unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }
}

extension SQLiteError {
  /// Reads a connection's error right after a call failed.
  init(of connection: OpaquePointer?, code: Int32, sql: String?) {
    guard let connection = unsafe connection else {
      self.init(code: .outOfMemory, message: "out of memory", sql: sql, systemError: 0)
      return
    }
    // Read first: any call may overwrite it.
    let left = favs_device_errno()
    var code = ResultCode(rawValue: code)
    var systemError = unsafe sqlite3_system_errno(connection)
    var message = unsafe String(cString: sqlite3_errmsg(connection))
    if JournalRefusal(code) != nil {
      // SQLite has no message for it.
      message =
        unsafe sqlite3_db_filename(connection, "main").map { unsafe String(cString: $0) } ?? ""
      message += JournalRefusal.isOfLog(code) ? "-wal" : "-journal"
    }
    let ofFile = unsafe favs_sqlite3_file_errno(connection)
    if code.primary == .corrupt, favs_is_read_failure(ofFile) != 0 {
      // vdbe.c: "if( rc==SQLITE_IOERR_CORRUPTFS ) rc = SQLITE_CORRUPT_BKPT;" A page that the disk
      // cannot read is reported as damage of the file, whose pages may all be sound.
      code = .inputOutputRead
      systemError = ofFile
      message = "disk I/O error"
    } else if code.primary == .inputOutput, systemError == 0 {
      // An error during a commit is passed on without its cause.
      systemError = left != 0 ? left : ofFile
    }
    self.init(code: code, message: message, sql: sql, systemError: systemError)
  }
}

extension Connection {
  /// The absolute path of the open file; empty for an in-memory database.
  package var filePath: String {
    guard let name = unsafe sqlite3_db_filename(handle, "main") else { return "" }
    return unsafe String(cString: name)
  }
}
