internal import Exchange

/// Assigns a column of a table to a field.
struct ColumnMapping: Equatable, Sendable {
  let field: TableField
  let column: String
}
