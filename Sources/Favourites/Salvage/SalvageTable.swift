/// A table whose rows are salvaged.
enum SalvageTable: String, CaseIterable {
  case category, favourite, trash, block, place
  case trashedCategory = "trash_category"

  /// The numbers of columns that it may have.
  var columns: ClosedRange<Int> {
    switch self {
    case .favourite: Self.columnsOfFavourite...Self.columnsOfFavourite
    case .trash: Self.columnsOfTrash...Self.columnsOfTrash
    case .category, .trashedCategory: 10...10
    case .block: 4...4
    // Before version 8, without lengths.
    case .place: 3...4
    }
  }

  private static let columnsOfFavourite = FavouriteColumn.allCases.count
  private static let columnsOfTrash = columnsOfFavourite + 3

  /// Guesses the table of a row that no tree leads to: names of tables may be lost.
  init?(of row: RawRecord) {
    let values = row.values
    switch values.count {
    case Self.columnsOfFavourite: self = .favourite
    case Self.columnsOfTrash: self = .trash
    case 10:
      // A trashed category has its time of removal where a live one has its count.
      guard let count = values[6].integer else { return nil }
      self = count < 100_000_000_000 ? .category : .trashedCategory
    // Tags have a text there.
    case 4 where values[1].integer != nil:
      switch values[3] {
      case .integer: self = .block
      case .blob: self = .place
      default: return nil
      }
    // Devices have a uid there.
    case 3 where values[1].integer != nil: self = .place
    default: return nil
    }
  }
}
