/// Why a text is not JSON, and where.
package struct JSONError: Error, Hashable, Sendable {
  /// The line, from 1; lines end with a line feed.
  package let line: Int
  /// The column, from 1, counted in Unicode scalars; a byte that starts none is not counted.
  package let column: Int
  /// The fault, in words, such as `a lone surrogate`.
  package let reason: String
  /// Whether the text is valid JSON with an unusable value; it was skipped then.
  package var isAboutMeaning = false

  package init(line: Int, column: Int, reason: String) {
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// The whole message, such as `line 3, column 14: a lone surrogate`.
  package var message: String { "line \(line), column \(column): \(reason)" }
}
