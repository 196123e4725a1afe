internal import CSQLite

/// Counts what the connections of one run do.
///
/// A class, because connections and statements count in it while they live, and its maker reads it
/// when they are gone, even after an error, when none is left to return a value.
package final class Meter {
  /// How much detail is recorded.
  package enum Detail: Comparable, Sendable {
    /// Rows and errors: one addition per row.
    case counts
    /// What each statement did and how long it took: two clock readings per step.
    case statements
    /// Also its query plan.
    case plans
  }

  /// How much detail is recorded.
  package let detail: Detail
  /// The number of rows that statements returned.
  package internal(set) var rowsRead = 0
  /// The number of rows inserted, changed or deleted by closed connections, including those rolled
  /// back.
  package internal(set) var rowsWritten = 0
  /// The last error from SQLite, even if it was recovered from.
  package private(set) var lastError: SQLiteError?
  /// How many virtual machine instructions may still run, if limited.
  var instructionsLeft = Int.max
  /// Returns whether running statements should be interrupted.
  var isEndWanted: () -> Bool = { false }
  /// The number of instructions between checks.
  static let look: Int32 = 1_000
  /// How long the run waited for its turn to write.
  package var lockWaitedMilliseconds = 0
  /// What each statement did, in order of first use; empty if only rows are counted.
  package internal(set) var profiles: [StatementProfile] = []
  private var slots: [String: Int] = [:]

  /// Makes a meter with all counts at zero.
  package init(_ detail: Detail = .counts) {
    self.detail = detail
  }

  /// The index of a statement's profile, the same for the same text; nil if only rows are counted.
  func slot(of statement: OpaquePointer) -> Int? {
    guard detail > .counts, let text = unsafe sqlite3_sql(statement) else { return nil }
    let sql = unsafe String(cString: text)
    if let slot = slots[sql] { return slot }
    slots[sql] = profiles.count
    profiles.append(StatementProfile(sql: sql))
    return profiles.count - 1
  }

  /// Records an error, and the statement that caused it.
  func note(_ error: SQLiteError, slot: Int?) {
    lastError = error
    if let slot { profiles[slot].error = error.message }
  }

  /// Steps a statement once and measures its time.
  func step(_ statement: OpaquePointer, slot: Int) -> Int32 {
    let start = favs_nanoseconds()
    let code = unsafe sqlite3_step(statement)
    profiles[slot].nanoseconds += favs_nanoseconds() - start
    if code == SQLITE_ROW { profiles[slot].rows += 1 }
    return code
  }

  /// Adds SQLite's counters of a statement since they were last read.
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
