internal import CSQLite

/// What the connections of one run do, counted.
///
/// A class, the second of the house: connections and statements count in it while they live, and who made
/// it reads it when they are gone, also after an error, when there is nobody left to hand a value back.
package final class Meter {
  /// How much is noted.
  package enum Detail: Comparable, Sendable {
    /// Rows and errors: an addition for each row.
    case counts
    /// What each statement did and how long it took: two looks at the clock for each step.
    case statements
    /// Its query plan too.
    case plans
  }

  /// How much is noted.
  package let detail: Detail
  /// How many rows statements gave.
  package internal(set) var rowsRead = 0
  /// How many rows were inserted, changed or deleted by connections that are closed, among them those
  /// that were taken back.
  package internal(set) var rowsWritten = 0
  /// The error that SQLite gave last, also where it was got over.
  package private(set) var lastError: SQLiteError?
  /// How many instructions of SQLite's machine may still be run, where that is limited.
  var instructionsLeft = Int.max
  /// Says whether what is run is to be ended.
  var isEndWanted: () -> Bool = { false }
  /// After how many of them it is looked at that.
  static let look: Int32 = 1_000
  /// How long the run waited for its turn to write.
  package var lockWaitedMilliseconds = 0
  /// What each statement did, in the order in which they came; empty where only rows are counted.
  package internal(set) var profiles: [StatementProfile] = []
  private var slots: [String: Int] = [:]

  /// A meter that has counted nothing yet.
  package init(_ detail: Detail = .counts) {
    self.detail = detail
  }

  /// The place of a statement's profile, the same for the same text; nil where only rows are counted.
  func slot(of statement: OpaquePointer) -> Int? {
    guard detail > .counts, let text = unsafe sqlite3_sql(statement) else { return nil }
    let sql = unsafe String(cString: text)
    if let slot = slots[sql] { return slot }
    slots[sql] = profiles.count
    profiles.append(StatementProfile(sql: sql))
    return profiles.count - 1
  }

  /// Notes an error, and at which statement it came up.
  func note(_ error: SQLiteError, slot: Int?) {
    lastError = error
    if let slot { profiles[slot].error = error.message }
  }

  /// Makes one step of a statement and takes its time.
  func step(_ statement: OpaquePointer, slot: Int) -> Int32 {
    let start = favs_nanoseconds()
    let code = unsafe sqlite3_step(statement)
    profiles[slot].nanoseconds += favs_nanoseconds() - start
    if code == SQLITE_ROW { profiles[slot].rows += 1 }
    return code
  }

  /// Takes over what SQLite has counted of a statement since it was last asked.
  func collect(_ statement: OpaquePointer, slot: Int) {
    func taken(_ counter: Int32) -> Int {
      Int(unsafe sqlite3_stmt_status(statement, counter, 1))
    }
    profiles[slot].runs += taken(SQLITE_STMTSTATUS_RUN)
    profiles[slot].steps += taken(SQLITE_STMTSTATUS_VM_STEP)
    profiles[slot].scannedRows += taken(SQLITE_STMTSTATUS_FULLSCAN_STEP)
    profiles[slot].sorts += taken(SQLITE_STMTSTATUS_SORT)
    profiles[slot].automaticIndexRows += taken(SQLITE_STMTSTATUS_AUTOINDEX)
  }
}
