internal import SQLite

/// What all runs of one SQL statement did, for a person who looks for the reason why something is slow.
package struct StatementReport: Equatable, Sendable {
  /// The statement on one line, without values.
  package let sql: String
  /// How long its runs took.
  package let nanoseconds: UInt64
  /// How often it was run.
  package let runs: Int
  /// How many rows it gave.
  package let rows: Int
  /// How many instructions of SQLite's machine it took.
  package let steps: Int
  /// SQLite's words where it failed last.
  package let error: String?
  /// Its query plan; empty where it has none or none was asked for.
  package let plan: [PlanLine]

  /// One line of a query plan.
  package struct PlanLine: Equatable, Sendable {
    /// How deep it stands under others.
    package let depth: Int
    /// What is done, in SQLite's words.
    package let text: String
    /// True where a table or an index is read from its beginning, and was.
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

  /// True for a line such as `SCAN favourite`; not for what is no table of favourites: values, rows that
  /// another line of the plan makes, a table-valued function, and the file's layout, which is always
  /// read as a whole.
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
