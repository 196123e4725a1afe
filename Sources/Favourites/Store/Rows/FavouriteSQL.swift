internal import SQLite

/// The statements built from `FavouriteColumn`: each reads or writes whole rows.
enum FavouriteSQL {
  /// One live favourite.
  static let byID: ComposedSQL = "SELECT \(FavouriteColumn.list) FROM favourite WHERE id = ?"
  /// All live favourites.
  static let all: ComposedSQL = "SELECT \(FavouriteColumn.list) FROM favourite ORDER BY id"
  /// A thousand after an id.
  static let portion: ComposedSQL =
    "SELECT \(FavouriteColumn.list) FROM favourite WHERE id > ? ORDER BY id LIMIT 1000"
  /// One favourite in the trash, with the data that it only has there.
  static let inTrashByID: ComposedSQL = "SELECT \(inTrash) FROM trash WHERE id = ?"
  /// All of the trash.
  static let allInTrash: ComposedSQL = "SELECT \(inTrash) FROM trash ORDER BY id"
  /// A thousand of the trash after an id.
  static let portionOfTrash: ComposedSQL =
    "SELECT \(inTrash) FROM trash WHERE id > ? ORDER BY id LIMIT 1000"
  /// Inserts a row; a null id gets the next one.
  static let insert: ComposedSQL =
    "INSERT INTO favourite(\(FavouriteColumn.list)) VALUES(\(places))"
  /// Inserts a row into the trash.
  static let insertIntoTrash: ComposedSQL = "INSERT INTO trash(\(inTrash)) VALUES(\(placesInTrash))"
  /// Updates all columns; the id is bound last.
  static let update: ComposedSQL =
    "UPDATE favourite SET (\(held)) = (\(placesOfHeld)) WHERE id = ?"
  /// Updates the composed texts; the id is bound last.
  static let updateTexts: ComposedSQL =
    "UPDATE favourite SET (\(texts)) = (\(placesOfTexts)) WHERE id = ?"
  /// Updates the composed texts in the trash.
  static let updateTextsInTrash: ComposedSQL =
    "UPDATE trash SET (\(texts)) = (\(placesOfTexts)) WHERE id = ?"

  private static let inTrash: ComposedSQL =
    "\(FavouriteColumn.list), category_name, rank, deleted_at"
  private static let held = ComposedSQL(listing: FavouriteColumn.held.map { $0.name })
  private static let texts = ComposedSQL(listing: FavouriteColumn.composed.map { $0.name })
  private static let places = ComposedSQL(placesFor: FavouriteColumn.allCases.count)
  private static let placesInTrash = ComposedSQL(placesFor: FavouriteColumn.allCases.count + 3)
  private static let placesOfHeld = ComposedSQL(placesFor: FavouriteColumn.held.count)
  private static let placesOfTexts = ComposedSQL(placesFor: FavouriteColumn.composed.count)
}
