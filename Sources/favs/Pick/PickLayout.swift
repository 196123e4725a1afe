/// The layout of the picker on the screen.
struct PickLayout: Equatable, Sendable {
  /// The lines and columns available.
  let rows: Int
  let columns: Int

  /// - Parameters:
  ///   - rows: at least 1; capped at more than any screen has.
  init(rows: Int, columns: Int) {
    self.rows = min(max(1, rows), 500)
    self.columns = min(max(1, columns), 1_000)
  }

  /// Whether the last line shows key bindings or the result of the last action.
  var hasFooter: Bool { rows >= 3 }

  /// The number of lines between the query and the footer.
  var middle: Int { rows - 1 - (hasFooter ? 1 : 0) }

  /// The position of the preview.
  enum Preview: Equatable, Sendable {
    case none
    /// Beside the list, with this many columns.
    case beside(Int)
    /// Below the list, with this many lines, its border included.
    case below(Int)
  }

  /// Beside the list from 80 columns, below it from 60, otherwise hidden.
  var preview: Preview {
    if columns >= 80 { return middle >= 3 ? .beside(columns * 2 / 5 - 6) : .none }
    // Ten lines, which a picker has at least, leave room for a title and a link.
    guard columns >= 60, middle >= 8 else { return .none }
    return .below(middle * 2 / 5)
  }

  /// The number of rows of the list.
  var listHeight: Int {
    if case .below(let height) = preview { return middle - height }
    return max(0, middle)
  }

  /// The width of the list, in columns.
  var listWidth: Int {
    if case .beside(let width) = preview { return columns - width - 2 }
    return columns
  }
}
