/// What all runs of one SQL text did.
package struct StatementProfile: Equatable, Sendable {
  /// The text, without values.
  package let sql: String
  /// The number of runs.
  package internal(set) var runs = 0
  /// The number of rows it returned.
  package internal(set) var rows = 0
  /// The number of virtual machine instructions it took.
  package internal(set) var steps = 0
  /// The number of rows it visited in full scans.
  package internal(set) var scannedRows = 0
  /// The number of sorts.
  package internal(set) var sorts = 0
  /// The number of rows inserted into automatic indexes, made for a single run.
  package internal(set) var automaticIndexRows = 0
  /// The total time of its steps.
  package internal(set) var nanoseconds: UInt64 = 0
  /// Its query plan; nil if it was not requested.
  package internal(set) var plan: [PlanLine]?
  /// SQLite's message for its last failure.
  package internal(set) var error: String?

  /// One line of a query plan.
  package struct PlanLine: Equatable, Sendable {
    /// The nesting depth.
    package let depth: Int
    /// The step, in SQLite's words.
    package let text: String
  }

  init(sql: String) {
    self.sql = sql
  }
}
