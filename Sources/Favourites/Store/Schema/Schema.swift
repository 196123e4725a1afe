/// The file's layout, readable top to bottom.
///
/// Data entered by users is in `favourite`, `category`, `trash` and `trash_category`; the history
/// is in `change` and `change_item`; results of checking links are in `sight`. Everything else
/// (`title`, `tag`, `tagging`, `attribute`, `link`, `uid`, `block`, `place`, `search`, `word`,
/// `totals`) is derived from those and can be rebuilt.
enum Schema {
  /// The version written to `user_version`.
  static let version: Int32 = 10
  /// "FAVS", written to `application_id`, which identifies a file as a favourites file.
  static let applicationID: Int32 = 0x4641_5653

  /// One table or index as stored in `sqlite_schema`.
  struct Object: Sendable {
    let name: StaticString
    let sql: StaticString
    /// Whether SQLite makes this table together with the one before it.
    var isShadow = false
  }

  /// Every table and index, in order of creation.
  static let objects: [Object] = [
    // The machines that wrote to the file, so that a change can name where it was made.
    Object(
      name: "device",
      sql: """
        CREATE TABLE device(
          id INTEGER PRIMARY KEY,
          uid BLOB NOT NULL CHECK(length(uid) = 16),
          name TEXT NOT NULL UNIQUE
        ) STRICT
        """),
    // One row per command that wrote. The favourites it added have consecutive ids, which are
    // recorded here as a range: an added row is not stored twice.
    Object(
      name: "change",
      sql: """
        CREATE TABLE change(
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          uid BLOB NOT NULL CHECK(length(uid) = 16),
          device INTEGER NOT NULL REFERENCES device(id),
          at INTEGER NOT NULL,
          command TEXT NOT NULL,
          summary TEXT NOT NULL,
          first_added INTEGER,
          last_added INTEGER,
          undoes INTEGER,
          redoes INTEGER,
          undone_by INTEGER,
          is_final INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """),
    Object(
      name: "change_added",
      sql: "CREATE INDEX change_added ON change(last_added) WHERE last_added IS NOT NULL"),
    Object(
      name: "change_undone",
      sql: "CREATE INDEX change_undone ON change(undone_by) WHERE undone_by IS NOT NULL"),
    // One thing that a change touched, with the previous values of those fields that it changed;
    // null if the thing did not exist before. The values after the change are the ones that the
    // next change to the same thing gives as previous, or else the present ones. The rows have ids
    // of their own, since a WITHOUT ROWID table puts each longer text on a page of its own.
    Object(
      name: "change_item",
      sql: """
        CREATE TABLE change_item(
          id INTEGER PRIMARY KEY,
          kind INTEGER NOT NULL,
          item INTEGER NOT NULL,
          change INTEGER NOT NULL REFERENCES change(number),
          before TEXT
        ) STRICT
        """),
    Object(
      name: "change_item_thing",
      sql: "CREATE UNIQUE INDEX change_item_thing ON change_item(kind, item, change)"),
    Object(
      name: "change_item_change",
      sql: "CREATE INDEX change_item_change ON change_item(change, kind, item)"),
    // `key` is the name in the form used for comparing and sorting: the key of each part (see
    // NameKey.swift), joined by U+0001, so that a category's descendants directly follow it.
    Object(
      name: "category",
      sql: """
        CREATE TABLE category(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          uid BLOB NOT NULL CHECK(length(uid) = 16),
          name TEXT NOT NULL CHECK(length(name) > 0),
          key TEXT NOT NULL UNIQUE,
          note TEXT,
          schema TEXT,
          count INTEGER NOT NULL DEFAULT 0 CHECK(count >= 0),
          created_at INTEGER NOT NULL,
          modified_at INTEGER NOT NULL,
          change INTEGER NOT NULL
        ) STRICT
        """),
    // `edited_at` is null for most: what was never edited was last modified when it was created.
    Object(
      name: "favourite",
      sql: """
        CREATE TABLE favourite(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          uid BLOB NOT NULL CHECK(length(uid) = 16),
          category INTEGER NOT NULL REFERENCES category(id),
          change INTEGER NOT NULL,
          created_at INTEGER NOT NULL,
          edited_at INTEGER CHECK(edited_at <> created_at),
          opened_at INTEGER,
          opened INTEGER NOT NULL DEFAULT 0,
          title TEXT NOT NULL CHECK(length(title) > 0 AND length(title) <= 4096),
          url TEXT CHECK(length(url) <= 65536),
          tags TEXT,
          metadata TEXT,
          note TEXT CHECK(length(note) <= 1048576),
          modified_at INTEGER AS (ifnull(edited_at, created_at))
        ) STRICT
        """),
    // See DatePart.swift.
    Object(
      name: "favourite_unedited",
      sql: """
        CREATE INDEX favourite_unedited ON favourite(created_at) WHERE edited_at IS NULL
        """),
    Object(
      name: "favourite_created",
      sql: """
        CREATE INDEX favourite_created ON favourite(created_at) WHERE edited_at IS NOT NULL
        """),
    Object(
      name: "favourite_edited",
      sql: """
        CREATE INDEX favourite_edited ON favourite(edited_at) WHERE edited_at IS NOT NULL
        """),
    // Most favourites were never opened, and have no entry in these.
    Object(
      name: "favourite_opened",
      sql: """
        CREATE INDEX favourite_opened ON favourite(opened_at) WHERE opened_at IS NOT NULL
        """),
    Object(
      name: "favourite_used",
      sql: "CREATE INDEX favourite_used ON favourite(opened) WHERE opened > 0"),
    // The titles in the form used for comparing and sorting: see NameKey.swift.
    Object(
      name: "title",
      sql: """
        CREATE TABLE title(
          key TEXT NOT NULL,
          favourite INTEGER NOT NULL,
          PRIMARY KEY(key, favourite)
        ) STRICT, WITHOUT ROWID
        """),
    // A category's order, in blocks: see Store+Ranking.swift.
    Object(
      name: "block",
      sql: """
        CREATE TABLE block(
          id INTEGER PRIMARY KEY,
          category INTEGER NOT NULL,
          key INTEGER NOT NULL,
          count INTEGER NOT NULL CHECK(count > 0)
        ) STRICT
        """),
    Object(name: "block_order", sql: "CREATE UNIQUE INDEX block_order ON block(category, key)"),
    // For adding up the counts of a category without a look at each row.
    Object(
      name: "block_count", sql: "CREATE INDEX block_count ON block(category, key, count)"),
    // `lengths` belongs to the full-text index: see SearchLengths.swift.
    Object(
      name: "place",
      sql: """
        CREATE TABLE place(
          favourite INTEGER PRIMARY KEY,
          block INTEGER NOT NULL,
          position INTEGER NOT NULL,
          lengths BLOB NOT NULL
        ) STRICT
        """),
    Object(name: "place_order", sql: "CREATE UNIQUE INDEX place_order ON place(block, position)"),
    Object(
      name: "tag",
      sql: """
        CREATE TABLE tag(
          id INTEGER PRIMARY KEY,
          key TEXT NOT NULL,
          name TEXT NOT NULL,
          count INTEGER NOT NULL CHECK(count >= 0)
        ) STRICT
        """),
    Object(name: "tag_name", sql: "CREATE UNIQUE INDEX tag_name ON tag(key, name)"),
    Object(
      name: "tagging",
      sql: """
        CREATE TABLE tagging(
          tag INTEGER NOT NULL,
          favourite INTEGER NOT NULL,
          PRIMARY KEY(tag, favourite)
        ) STRICT, WITHOUT ROWID
        """),
    // Metadata: the case-folded name, and the value in the form used for comparing and sorting: a
    // number, a day, or the key of a text. If the key does not give the case-folded text, that is
    // stored too.
    Object(
      name: "attribute",
      sql: """
        CREATE TABLE attribute(
          name TEXT NOT NULL,
          value ANY NOT NULL,
          favourite INTEGER NOT NULL,
          text TEXT,
          PRIMARY KEY(name, value, favourite)
        ) STRICT, WITHOUT ROWID
        """),
    // 32 bits of a hash of each URL (see `LinkKey.indexKey`), for finding one without a second copy
    // of its text.
    Object(
      name: "link",
      sql: """
        CREATE TABLE link(
          key INTEGER NOT NULL,
          favourite INTEGER NOT NULL,
          PRIMARY KEY(key, favourite)
        ) STRICT, WITHOUT ROWID
        """),
    // Six bytes of those uids that the date of creation does not lead to: see
    // Store+IndexingUIDs.swift and `UID.indexKey`.
    Object(
      name: "uid",
      sql: """
        CREATE TABLE uid(
          key INTEGER NOT NULL,
          favourite INTEGER NOT NULL,
          PRIMARY KEY(key, favourite)
        ) STRICT, WITHOUT ROWID
        """),
    // The last result of checking a favourite's link. It is in no history and no export, and is
    // removed with the link.
    Object(
      name: "sight",
      sql: """
        CREATE TABLE sight(
          favourite INTEGER PRIMARY KEY,
          state INTEGER NOT NULL,
          status INTEGER,
          reason TEXT,
          checked_at INTEGER NOT NULL,
          failed_at INTEGER,
          failures INTEGER NOT NULL,
          final_url TEXT,
          moved_to TEXT,
          etag TEXT
        ) STRICT
        """),
    Object(name: "sight_state", sql: "CREATE INDEX sight_state ON sight(state)"),
    Object(
      name: "trash",
      sql: """
        CREATE TABLE trash(
          id INTEGER PRIMARY KEY,
          uid BLOB NOT NULL CHECK(length(uid) = 16),
          category INTEGER NOT NULL,
          category_name TEXT NOT NULL,
          rank INTEGER NOT NULL,
          deleted_at INTEGER NOT NULL,
          change INTEGER NOT NULL,
          created_at INTEGER NOT NULL,
          modified_at INTEGER NOT NULL,
          opened_at INTEGER,
          opened INTEGER NOT NULL,
          title TEXT NOT NULL,
          url TEXT,
          tags TEXT,
          metadata TEXT,
          note TEXT
        ) STRICT
        """),
    Object(name: "trash_deleted", sql: "CREATE INDEX trash_deleted ON trash(deleted_at)"),
    Object(name: "trash_uid", sql: "CREATE INDEX trash_uid ON trash(uid)"),
    Object(
      name: "trash_category",
      sql: """
        CREATE TABLE trash_category(
          id INTEGER PRIMARY KEY,
          uid BLOB NOT NULL CHECK(length(uid) = 16),
          name TEXT NOT NULL,
          key TEXT NOT NULL,
          note TEXT,
          schema TEXT,
          deleted_at INTEGER NOT NULL,
          change INTEGER NOT NULL,
          created_at INTEGER NOT NULL,
          modified_at INTEGER NOT NULL
        ) STRICT
        """),
    Object(
      name: "trash_category_key", sql: "CREATE INDEX trash_category_key ON trash_category(key)"),
    // The full text of live favourites, without a copy of it: see Store+SearchIndex.swift. The next
    // three tables are FTS5's own.
    Object(
      name: "search",
      sql: """
        CREATE VIRTUAL TABLE search USING fts5(
          note, title, tags, url, other, place,
          content='', columnsize=0,
          tokenize='unicode61 remove_diacritics 0 categories ''L* N* Co M*'' tokenchars ''^'''
        )
        """),
    Object(
      name: "search_data",
      sql: "CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB)", isShadow: true),
    Object(
      name: "search_idx",
      sql: """
        CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID
        """, isShadow: true),
    Object(
      name: "search_config",
      sql: "CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID", isShadow: true),
    // The vocabulary, by word length in characters, in runs: see Store+Vocabulary.swift.
    Object(
      name: "word",
      sql: """
        CREATE TABLE word(
          length INTEGER NOT NULL,
          first TEXT NOT NULL,
          words TEXT NOT NULL,
          PRIMARY KEY(length, first)
        ) STRICT, WITHOUT ROWID
        """),
    // The totals, so that none needs a scan.
    Object(
      name: "totals",
      sql: """
        CREATE TABLE totals(
          id INTEGER PRIMARY KEY CHECK(id = 1),
          favourites INTEGER NOT NULL CHECK(favourites >= 0),
          trashed INTEGER NOT NULL CHECK(trashed >= 0)
        ) STRICT
        """),
  ]

  /// All statements that create an empty file of this version.
  static var creation: String {
    objects.filter { !$0.isShadow }.map { "\($0.sql);\n" }.joined()
      + "INSERT INTO totals(id, favourites, trashed) VALUES(1, 0, 0);\n"
      + "PRAGMA application_id=\(applicationID);\n"
      + "PRAGMA user_version=\(version);\n"
  }
}
