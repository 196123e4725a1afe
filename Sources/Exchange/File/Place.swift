/// Where in a file something stands.
package struct Place: Hashable, Sendable {
  /// From 1. Of a database, the row.
  package let line: Int
  /// In characters, from 1; nil where a whole line, or a row of a table, is meant.
  package let column: Int?
  private let isRow: Bool

  package init(line: Int, column: Int? = nil) {
    self.line = line
    self.column = column
    isRow = false
  }

  /// A row of a database, by its number there.
  package init(row: Int) {
    line = row
    column = nil
    isRow = true
  }

  /// As an error names it: `line 3, column 14`, or `row 3`.
  package var text: String {
    guard let column else { return isRow ? "row \(line)" : "line \(line)" }
    return "line \(line), column \(column)"
  }
}
