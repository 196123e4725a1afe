internal import CSQLite

/// One open SQLite file, closed when it goes out of scope.
@safe package struct Connection: ~Copyable {
  let handle: OpaquePointer
  let meter: Meter
  private let pool: StatementPool

  /// Opens a file that exists, and hardens the connection; nothing is ever created here.
  ///
  /// Links are refused in every part of the path, so hand over a resolved directory. A journal beside it is played
  /// back only where `JournalJudge` finds that it is ours.
  /// - Parameters:
  ///   - busyMilliseconds: how long is waited for others to be done with the file.
  ///   - longestValue: how long a value may be, in bytes.
  ///   - meter: counts what is done.
  package init(
    path: String, access: Access, busyMilliseconds: Int32 = patience, longestValue: Int32 = longest,
    meter: Meter = Meter()
  ) throws(SQLiteError) {
    let made = try Connection(unhardened: path, access: access, meter: meter)
    try made.harden(busyMilliseconds: busyMilliseconds, longestValue: longestValue)
    self = made
  }

  /// The same, with all that SQLite can do still allowed: for tests, which make what is to be refused.
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

  /// How long is waited for others as a rule, in milliseconds.
  package static let patience: Int32 = 10_000
  /// How long a value may be as a rule, in bytes.
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

  /// Says that one thread alone will use SQLite in this process, which makes it a little faster. To be called
  /// before the first connection is made.
  package static func useOneThread() { favs_sqlite3_use_one_thread() }

  /// How a file is opened.
  package enum Access: Sendable {
    /// Nothing is ever written.
    case readOnly
    /// Reads and writes.
    case readWrite
    /// No file at all; gone when closed.
    case memory
  }

  /// A statement that is compiled once per call site and used again from then on.
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

  /// The same for a statement that is put together of constants.
  package func statement(composed sql: ComposedSQL) throws(SQLiteError) -> Statement {
    // What lives as long as the program has an address that no other has.
    let key = UInt(bitPattern: ObjectIdentifier(sql))
    if let idle = unsafe pool.take(key) {
      return unsafe Statement(handle: idle, pool: pool, key: key, meter: meter)
    }
    return try compile(sql.text, keptAs: key)
  }

  /// A statement made of parts, finalized after its use. Values are bound, never pasted in.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try compile(sql, keptAs: nil)
  }

  /// - Parameter key: by which the pool keeps it after its use; nil to finalize it then.
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

  /// Runs one or more statements that give no rows and take no values.
  package func execute(_ sql: String) throws(SQLiteError) {
    guard meter.detail == .counts else { return try executeEach(sql) }
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else {
      throw failure(code, sql)
    }
  }

  /// The error of a call that failed just now, noted.
  func failure(_ code: Int32, _ sql: String?) -> SQLiteError {
    let error = unsafe SQLiteError(of: handle, code: code, sql: sql)
    meter.note(error, slot: nil)
    return error
  }

  /// How many rows the last statement inserted, changed or deleted.
  package var changes: Int { Int(unsafe sqlite3_changes64(handle)) }

  /// How many rows have been inserted, changed or deleted since the file was opened.
  package var totalChanges: Int { Int(unsafe sqlite3_total_changes64(handle)) }

  /// The row id of the last row inserted.
  package var lastRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// True while a transaction is open.
  package var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  /// SQLite's own version, as in "3.40.1".
  package static var libraryVersion: String { unsafe String(cString: sqlite3_libversion()) }

  /// The same as a number: 1,000,000 × major + 1,000 × minor + patch.
  package static var libraryVersionNumber: Int { Int(sqlite3_libversion_number()) }

  /// Begins a transaction that may write; waits for other writers as long as the connection was told.
  package func beginImmediate() throws(SQLiteError) {
    try statement("BEGIN IMMEDIATE").execute()
  }

  /// Begins a transaction that sees one state of the file until it ends.
  package func beginReading() throws(SQLiteError) {
    try statement("BEGIN").execute()
  }

  /// Makes all that was written since the beginning durable.
  package func commit() throws(SQLiteError) {
    try statement("COMMIT").execute()
  }

  /// Takes back all that was written since the beginning. Never throws: the error that led here is
  /// the one to report, and a connection that closes rolls back anyway.
  package func rollBack() {
    guard isInTransaction else { return }
    unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }
}

extension SQLiteError {
  /// The error a connection holds right after a call failed.
  init(of connection: OpaquePointer?, code: Int32, sql: String?) {
    guard let connection = unsafe connection else {
      self.init(code: .outOfMemory, message: "out of memory", sql: sql, systemError: 0)
      return
    }
    // Looked at first: any call may leave another.
    let left = favs_device_errno()
    var code = ResultCode(rawValue: code)
    var systemError = unsafe sqlite3_system_errno(connection)
    var message = unsafe String(cString: sqlite3_errmsg(connection))
    if JournalRefusal(code) != nil {
      // SQLite has no words of its own for it.
      message =
        unsafe sqlite3_db_filename(connection, "main").map { unsafe String(cString: $0) } ?? ""
      message += JournalRefusal.isOfLog(code) ? "-wal" : "-journal"
    }
    let ofFile = unsafe favs_sqlite3_file_errno(connection)
    if code.primary == .corrupt, favs_is_read_failure(ofFile) != 0 {
      // vdbe.c: "if( rc==SQLITE_IOERR_CORRUPTFS ) rc = SQLITE_CORRUPT_BKPT;" That the disk does not give a page is
      // told as damage of the file, whose pages may all be sound.
      code = .inputOutputRead
      systemError = ofFile
      message = "disk I/O error"
    } else if code.primary == .inputOutput, systemError == 0 {
      // What fails in the course of a commit is passed on without its reason.
      systemError = left != 0 ? left : ofFile
    }
    self.init(code: code, message: message, sql: sql, systemError: systemError)
  }
}

extension Connection {
  /// The absolute path of the open file; empty for one in memory.
  package var filePath: String {
    guard let name = unsafe sqlite3_db_filename(handle, "main") else { return "" }
    return unsafe String(cString: name)
  }
}
