internal import SQLite

/// What all runs of one SQL statement did, for finding out why something is slow.
package struct StatementReport: Equatable, Sendable {
  /// The statement on one line, without values.
  package let sql: String
  /// The total time of its runs.
  package let nanoseconds: UInt64
  /// The number of runs.
  package let runs: Int
  /// The number of rows it returned.
  package let rows: Int
  /// The number of SQLite virtual machine instructions it took.
  package let steps: Int
  /// SQLite's message for its last failure.
  package let error: String?
  /// Its query plan; empty if it has none or none was requested.
  package let plan: [PlanLine]

  /// One line of a query plan.
  package struct PlanLine: Equatable, Sendable {
    /// The nesting depth.
    package let depth: Int
    /// The step, in SQLite's words.
    package let text: String
    /// Whether a table or an index was scanned in full.
    package let isFullScan: Bool
  }

  init(_ profile: StatementProfile) {
    sql = Self.oneLine(profile.sql)
    nanoseconds = profile.nanoseconds
    runs = profile.runs
    rows = profile.rows
    steps = profile.steps
    error = profile.error
    let lines = profile.plan ?? []
    plan = lines.map { line in
      let isFullScan = profile.scannedRows > 0 && Self.isScan(line.text, in: lines)
      return PlanLine(depth: line.depth, text: line.text, isFullScan: isFullScan)
    }
  }

  /// Whether a line such as `SCAN favourite` scans a real table: not values, rows made by another
  /// line of the plan, a table-valued function, or the file's layout, which is always read in full.
  private static func isScan(_ text: String, in plan: [StatementProfile.PlanLine]) -> Bool {
    let words = text.split(separator: " ")
    guard words.count > 1, words[0] == "SCAN" else { return false }
    let name = words[1]
    guard name != "sqlite_schema", name != "sqlite_master", !name.hasPrefix("("),
      !words.contains("CONSTANT"), !words.contains("VIRTUAL")
    else { return false }
    return !plan.contains { $0.text == "MATERIALIZE \(name)" || $0.text == "CO-ROUTINE \(name)" }
  }

  private static func oneLine(_ sql: String) -> String {
    let line = sql.split { $0.isWhitespace }.joined(separator: " ")
    return line.hasSuffix(";") ? String(line.dropLast()) : line
  }
}
