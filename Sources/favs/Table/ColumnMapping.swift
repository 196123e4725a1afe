internal import Exchange

/// What a person says that a column of a table stands for.
struct ColumnMapping: Equatable, Sendable {
  let field: TableField
  let column: String
}
