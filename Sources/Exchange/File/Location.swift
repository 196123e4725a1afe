/// A position in a file.
package struct Location: Hashable, Sendable {
  /// The line, from 1; in a database, the row.
  package let line: Int
  /// The column in characters, from 1; nil for a whole line, or a row of a table.
  package let column: Int?
  private let isRow: Bool

  package init(line: Int, column: Int? = nil) {
    self.line = line
    self.column = column
    isRow = false
  }

  /// A row of a database, by its number.
  package init(row: Int) {
    line = row
    column = nil
    isRow = true
  }

  /// The position in words: `line 3, column 14`, or `row 3`.
  package var text: String {
    guard let column else { return isRow ? "row \(line)" : "line \(line)" }
    return "line \(line), column \(column)"
  }
}
