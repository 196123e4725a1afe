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
  /// The name of the category that a trashed favourite `t` came from: as it is now, as it was when
  /// the category was trashed itself, or, if that is gone, as it was when the favourite was.
  static let categoryOfTrashed: ComposedSQL = """
    coalesce((SELECT name FROM category WHERE id = t.category),
      (SELECT name FROM trash_category WHERE id = t.category), t.category_name)
    """
  /// Inserts a row; a null id gets the next one.
  static let insert: ComposedSQL =
    "INSERT INTO favourite(\(names(everything))) VALUES(\(values(everything)))"
  /// Inserts a row into the trash.
  static let insertIntoTrash: ComposedSQL = "INSERT INTO trash(\(inTrash)) VALUES(\(placesInTrash))"
  /// Updates some columns; the id is bound last. SQLite writes the entries of all indexes that have
  /// one of them, even where its value stays.
  static func update(_ columns: [FavouriteColumn]) -> ComposedSQL {
    "UPDATE favourite SET (\(names(columns))) = (\(values(columns))) WHERE id = ?"
  }
  /// Updates the composed texts; the id is bound last.
  static let updateTexts: ComposedSQL =
    "UPDATE favourite SET (\(texts)) = (\(placesOfTexts)) WHERE id = ?"
  /// Updates the composed texts in the trash.
  static let updateTextsInTrash: ComposedSQL =
    "UPDATE trash SET (\(texts)) = (\(placesOfTexts)) WHERE id = ?"

  private static let everything = FavouriteColumn.allCases
  private static let inTrash: ComposedSQL =
    "\(FavouriteColumn.list), category_name, rank, deleted_at"
  private static let texts = ComposedSQL(listing: FavouriteColumn.composed.map { $0.name })

  /// What `favourite` holds for some columns: for the date of modification that of the last edit,
  /// from which it is computed.
  private static func names(_ columns: [FavouriteColumn]) -> ComposedSQL {
    ComposedSQL(listing: columns.map { $0 == .modifiedAt ? "edited_at" : $0.name })
  }

  /// Their values, of which each is bound in its place. What was never edited since it was created
  /// has no date of an edit.
  private static func values(_ columns: [FavouriteColumn]) -> ComposedSQL {
    let edited: StaticString =
      columns.contains(.createdAt) ? "nullif(?, :created)" : "nullif(?, created_at)"
    return ComposedSQL(
      listing: columns.map {
        switch $0 {
        case .createdAt: ":created"
        case .modifiedAt: edited
        default: "?"
        }
      })
  }

  private static let placesInTrash = ComposedSQL(placesFor: FavouriteColumn.allCases.count + 3)
  private static let placesOfTexts = ComposedSQL(placesFor: FavouriteColumn.composed.count)
}

/// What updating a favourite writes: all its data, less what a kind of change leaves alone.
struct FavouriteUpdate: Sendable {
  /// The columns that it writes.
  let columns: [FavouriteColumn]
  /// Its statement.
  let sql: ComposedSQL
  /// The columns that it does not write: they have an index each, and are no texts.
  private let leavesAlone: [FavouriteColumn]

  /// The smallest that turns one record into another.
  init(from old: FavouriteRecord, to new: FavouriteRecord) {
    self =
      Self.partial.first { update in
        update.leavesAlone.allSatisfy { old.value($0) == new.value($0) }
      } ?? Self.whole
  }

  private init(leavingAlone: [FavouriteColumn]) {
    leavesAlone = leavingAlone
    columns = FavouriteColumn.held.filter { !leavingAlone.contains($0) }
    sql = FavouriteSQL.update(columns)
  }

  /// That of an edit, and that of an opening.
  private static let partial = [
    Self(leavingAlone: [.uid, .createdAt, .openedAt, .opened]),
    Self(leavingAlone: [.uid, .createdAt, .modifiedAt]),
  ]
  private static let whole = Self(leavingAlone: [])
}
