/// What all runs of one SQL text did.
package struct StatementProfile: Equatable, Sendable {
  /// The text, without values.
  package let sql: String
  /// How often it was run.
  package internal(set) var runs = 0
  /// How many rows it gave.
  package internal(set) var rows = 0
  /// How many instructions of SQLite's machine it took.
  package internal(set) var steps = 0
  /// How many rows it went through only because it reads a table or an index from its beginning.
  package internal(set) var scannedRows = 0
  /// How often it sorted.
  package internal(set) var sorts = 0
  /// How many rows were put into indexes made for a single run.
  package internal(set) var automaticIndexRows = 0
  /// How long its steps took.
  package internal(set) var nanoseconds: UInt64 = 0
  /// How SQLite goes about it; nil where nobody has asked.
  package internal(set) var plan: [PlanLine]?
  /// SQLite's words where it failed last.
  package internal(set) var error: String?

  /// One line of a query plan.
  package struct PlanLine: Equatable, Sendable {
    /// How deep it stands under others.
    package let depth: Int
    /// What is done, in SQLite's words.
    package let text: String
  }

  init(sql: String) {
    self.sql = sql
  }
}
