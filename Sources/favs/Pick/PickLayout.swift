/// Where on the screen a picker draws what.
struct PickLayout: Equatable, Sendable {
  /// The lines and columns that it has.
  let rows: Int
  let columns: Int

  /// - Parameters:
  ///   - rows: from 1 on; what is more than any screen has is cut.
  init(rows: Int, columns: Int) {
    self.rows = min(max(1, rows), 500)
    self.columns = min(max(1, columns), 1_000)
  }

  /// Whether a last line says what keys do, or what was done.
  var hasFooter: Bool { rows >= 3 }

  /// The lines between the one that is typed in and the last.
  private var middle: Int { rows - 1 - (hasFooter ? 1 : 0) }

  /// Where the preview stands.
  enum Preview: Equatable, Sendable {
    case none
    /// Beside the list, so many columns wide.
    case beside(Int)
    /// Below it, with so many lines, its upper edge among them.
    case below(Int)
  }

  /// Beside the list from 80 columns on, below it from 60, else nowhere.
  var preview: Preview {
    if columns >= 80 { return middle >= 3 ? .beside(columns * 2 / 5 - 6) : .none }
    guard columns >= 60, middle >= 9 else { return .none }
    return .below(middle * 2 / 5)
  }

  /// How many rows the list has.
  var listHeight: Int {
    if case .below(let height) = preview { return middle - height }
    return max(0, middle)
  }

  /// How wide it is.
  var listWidth: Int {
    if case .beside(let width) = preview { return columns - width - 2 }
    return columns
  }
}
