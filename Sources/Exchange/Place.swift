/// Where in a file something stands.
package struct Place: Hashable, Sendable {
  /// From 1.
  package let line: Int
  /// In characters, from 1; nil where a whole line, or a row of a table, is meant.
  package let column: Int?

  package init(line: Int, column: Int? = nil) {
    self.line = line
    self.column = column
  }

  /// As an error names it: `line 3, column 14`.
  package var text: String {
    guard let column else { return "line \(line)" }
    return "line \(line), column \(column)"
  }
}
