// The extra objects of a file that syncs: made by `favs sync init`, dropped by `favs sync leave`.
// All of it is derived from the history and from data received from other devices.
extension Schema {
  /// Every table and index, in order of creation.
  static let syncObjects: [Object] = [
    // One row: see SyncState.swift. `mark` is the last change that was processed.
    Object(
      name: "sync",
      sql: """
        CREATE TABLE sync(
          id INTEGER PRIMARY KEY CHECK(id = 1),
          remote TEXT NOT NULL,
          mark INTEGER NOT NULL,
          state TEXT NOT NULL
        ) STRICT
        """),
    // When a register was written; only for registers that changed after their thing was added.
    Object(
      name: "sync_stamp",
      sql: """
        CREATE TABLE sync_stamp(
          kind INTEGER NOT NULL,
          item INTEGER NOT NULL,
          field TEXT NOT NULL,
          ms INTEGER NOT NULL,
          device BLOB NOT NULL,
          correction INTEGER NOT NULL,
          target TEXT NOT NULL,
          unsent INTEGER NOT NULL,
          PRIMARY KEY(kind, item, field)
        ) STRICT, WITHOUT ROWID
        """),
    Object(
      name: "sync_stamp_unsent",
      sql: "CREATE INDEX sync_stamp_unsent ON sync_stamp(kind, item) WHERE unsent = 1"),
    // Things to be sent in full.
    Object(
      name: "sync_unsent",
      sql: """
        CREATE TABLE sync_unsent(
          kind INTEGER NOT NULL,
          item INTEGER NOT NULL,
          PRIMARY KEY(kind, item)
        ) STRICT, WITHOUT ROWID
        """),
    // The keys of favourites that were moved: see PlaceKey.swift.
    Object(
      name: "sync_key",
      sql: """
        CREATE TABLE sync_key(
          favourite INTEGER PRIMARY KEY,
          key BLOB NOT NULL
        ) STRICT
        """),
    Object(
      name: "sync_opening",
      sql: """
        CREATE TABLE sync_opening(
          favourite INTEGER NOT NULL,
          source BLOB NOT NULL,
          count INTEGER NOT NULL,
          PRIMARY KEY(favourite, source)
        ) STRICT, WITHOUT ROWID
        """),
    // Uids that turned out to belong to the same thing.
    Object(
      name: "sync_alias",
      sql: """
        CREATE TABLE sync_alias(
          source BLOB NOT NULL,
          target BLOB NOT NULL,
          kind INTEGER NOT NULL,
          unsent INTEGER NOT NULL,
          PRIMARY KEY(source, target)
        ) STRICT, WITHOUT ROWID
        """),
    // What was deleted for good, here or elsewhere: the stamp is that of the deleted state.
    Object(
      name: "sync_purged",
      sql: """
        CREATE TABLE sync_purged(
          uid BLOB PRIMARY KEY,
          kind INTEGER NOT NULL,
          ms INTEGER NOT NULL,
          device BLOB NOT NULL,
          correction INTEGER NOT NULL,
          target TEXT NOT NULL,
          unsent INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """),
    // Where categories were at the last sync, and their names there.
    Object(
      name: "sync_home",
      sql: """
        CREATE TABLE sync_home(
          category INTEGER PRIMARY KEY,
          parent BLOB,
          leaf TEXT NOT NULL
        ) STRICT
        """),
    Object(
      name: "sync_conflict",
      sql: """
        CREATE TABLE sync_conflict(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          kind INTEGER NOT NULL,
          uid BLOB NOT NULL,
          field TEXT NOT NULL,
          mine TEXT NOT NULL,
          theirs TEXT NOT NULL,
          keeps_mine INTEGER NOT NULL
        ) STRICT
        """),
  ]

  /// All statements that create them.
  static var syncCreation: String { syncObjects.map { "\($0.sql);\n" }.joined() }

  /// All statements that drop them.
  static var syncRemoval: String {
    syncObjects.filter { "\($0.sql)".hasPrefix("CREATE TABLE") }.reversed()
      .map { "DROP TABLE \($0.name);\n" }.joined()
  }
}
