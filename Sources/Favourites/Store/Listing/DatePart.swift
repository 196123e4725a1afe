/// A part of the favourites, with an index that leads through it in the order of a date.
///
/// Most favourites were never edited: their dates are the same, and one entry of an index serves
/// for both. Those that were edited have an entry for each. So there are two parts for either date.
struct DatePart {
  /// The index of this part.
  let index: String
  /// Whether a favourite is in this part; the index has the same condition.
  let test: String
  /// The date as the index has it.
  let date: String

  /// The parts for a date that every favourite has, of a table named by its alias: together they
  /// are all favourites.
  static func parts(by column: FavouriteColumn, of table: String) -> [DatePart] {
    let (created, edited) = ("\(table).created_at", "\(table).edited_at")
    let isModified = column == .modifiedAt
    return [
      DatePart(index: "favourite_unedited", test: "\(edited) IS NULL", date: created),
      DatePart(
        index: isModified ? "favourite_edited" : "favourite_created",
        test: "\(edited) IS NOT NULL", date: isModified ? edited : created),
    ]
  }
}
