internal import SQLite

/// One step from a version to the next.
struct Migration: Sendable {
  /// The version that the step leads to.
  let version: Int32
  /// The fingerprint of the layout that it starts from: see `Store.fingerprint`. A file that
  /// another program has altered is left alone.
  var layout: UInt64?
  /// The SQL that it runs; several statements.
  let sql: String
  /// What to do once the SQL has run, in a file that had this version before the upgrade.
  var finish: @Sendable (inout Store, Int32) throws(StoreError) -> Void = {
    (_, _) throws(StoreError) in
  }
}

/// All steps ever made, the oldest first. Append to them but never edit them, except for what they
/// derive from entered data: the last step rebuilds all of that.
enum Migrations {
  static let all: [Migration] = [two, three, four, five, six, seven, eight, nine, ten]

  /// History rows with ids of their own, which halves the space of longer texts; the full-text
  /// index and the vocabulary.
  private static let two = Migration(
    version: 2, layout: 0x128b_987b_09a5_30ed,
    sql: """
      ALTER TABLE change_item RENAME TO change_item_1;
      CREATE TABLE change_item(
        id INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,
        item INTEGER NOT NULL,
        change INTEGER NOT NULL REFERENCES change(number),
        before TEXT
      ) STRICT;
      INSERT INTO change_item(kind, item, change, before)
        SELECT kind, item, change, before FROM change_item_1 ORDER BY change, kind, item;
      DROP TABLE change_item_1;
      CREATE UNIQUE INDEX change_item_thing ON change_item(kind, item, change);
      CREATE INDEX change_item_change ON change_item(change, kind, item);
      CREATE VIRTUAL TABLE search USING fts5(
        title, tags, url, note, other, place,
        content='', tokenize='unicode61 remove_diacritics 2'
      );
      CREATE TABLE word(
        length INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY(length, text)
      ) STRICT, WITHOUT ROWID;
      """)

  /// One rule for names: titles, tags, categories and metadata names ignore case in every script,
  /// are composed (NFC), and sort as people sort; one rule for links.
  private static let three = Migration(
    version: 3, layout: 0x9caa_4e35_0d71_202f,
    sql: """
      DROP INDEX favourite_title;
      DROP INDEX favourite_opened;
      CREATE INDEX favourite_opened ON favourite(opened_at);
      CREATE TABLE title(
        key TEXT NOT NULL,
        favourite INTEGER NOT NULL,
        PRIMARY KEY(key, favourite)
      ) STRICT, WITHOUT ROWID;
      DROP TABLE attribute;
      CREATE TABLE attribute(
        name TEXT NOT NULL,
        value ANY NOT NULL,
        favourite INTEGER NOT NULL,
        text TEXT,
        PRIMARY KEY(name, value, favourite)
      ) STRICT, WITHOUT ROWID;
      """)

  /// Words split into parts, and letters of all scripts without accents and marks: this changes the
  /// words of the index and the rules that make them. Titles and categories are sorted by the same
  /// rules.
  private static let four = Migration(
    version: 4, layout: 0xe262_a3b8_7d48_c534,
    sql: """
      DROP TABLE search;
      CREATE VIRTUAL TABLE search USING fts5(
        title, tags, url, note, other, place,
        content='',
        tokenize='unicode61 remove_diacritics 0 categories ''L* N* Co M*'' tokenchars ''^'''
      );
      """)

  /// The vocabulary in runs of words, for fast scans; and the results of checking links.
  private static let five = Migration(
    version: 5, layout: 0x41a2_a519_7d40_38b5,
    sql: """
      DROP TABLE word;
      CREATE TABLE word(
        length INTEGER NOT NULL,
        first TEXT NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY(length, first)
      ) STRICT, WITHOUT ROWID;
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
      ) STRICT;
      CREATE INDEX sight_state ON sight(state);
      """)

  /// An index for adding up ranks; no entries in indexes for what was never opened.
  private static let six = Migration(
    version: 6, layout: 0x7e7c_d936_bf78_3dc7,
    sql: """
      CREATE INDEX block_count ON block(category, key, count);
      DROP INDEX favourite_opened;
      CREATE INDEX favourite_opened ON favourite(opened_at) WHERE opened_at IS NOT NULL;
      DROP INDEX favourite_used;
      CREATE INDEX favourite_used ON favourite(opened) WHERE opened > 0;
      """)

  /// The columns of the full-text index in another order, which takes a quarter less space.
  private static let seven = Migration(
    version: 7, layout: 0x321f_071a_da37_5c54,
    sql: """
      DROP TABLE search;
      CREATE VIRTUAL TABLE search USING fts5(
        note, title, tags, url, other, place,
        content='',
        tokenize='unicode61 remove_diacritics 0 categories ''L* N* Co M*'' tokenchars ''^'''
      );
      """
  )

  /// What takes less space: an index of one date for favourites that were never edited, and the
  /// lengths of indexed texts in a table that is there anyway.
  private static let eight = Migration(
    version: 8, layout: 0x1fd5_0c14_5fad_201c,
    sql: """
      DROP INDEX favourite_created;
      DROP INDEX favourite_modified;
      CREATE INDEX favourite_unedited ON favourite(created_at) WHERE modified_at = created_at;
      CREATE INDEX favourite_created ON favourite(created_at) WHERE modified_at <> created_at;
      CREATE INDEX favourite_modified ON favourite(modified_at) WHERE modified_at <> created_at;
      ALTER TABLE place RENAME TO place_7;
      CREATE TABLE place(
        favourite INTEGER PRIMARY KEY,
        block INTEGER NOT NULL,
        position INTEGER NOT NULL,
        lengths BLOB NOT NULL
      ) STRICT;
      INSERT INTO place SELECT favourite, block, position, zeroblob(4) FROM place_7;
      DROP TABLE place_7;
      CREATE UNIQUE INDEX place_order ON place(block, position);
      DROP TABLE search;
      CREATE VIRTUAL TABLE search USING fts5(
        note, title, tags, url, other, place,
        content='', columnsize=0,
        tokenize='unicode61 remove_diacritics 0 categories ''L* N* Co M*'' tokenchars ''^'''
      );
      """)

  /// Hosts in their own letters, C++20, more apostrophes; the words of hosts and of Indic scripts
  /// in the vocabulary. This changes the words of the index, not the layout.
  private static let nine = Migration(version: 9, layout: 0x4000_3b86_cf95_72d3, sql: "")

  /// What takes less space: no second date for what was never edited, and a part of a uid or of the
  /// hash of a link where the whole was indexed.
  private static let ten = Migration(
    version: 10, layout: 0x4000_3b86_cf95_72d3,
    sql: """
      DROP INDEX favourite_uid;
      DROP INDEX favourite_unedited;
      DROP INDEX favourite_created;
      DROP INDEX favourite_modified;
      DROP INDEX favourite_opened;
      DROP INDEX favourite_used;
      ALTER TABLE favourite RENAME TO favourite_9;
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
      ) STRICT;
      DROP TABLE link;
      CREATE TABLE link(
        key INTEGER NOT NULL,
        favourite INTEGER NOT NULL,
        PRIMARY KEY(key, favourite)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE uid(
        key INTEGER NOT NULL,
        favourite INTEGER NOT NULL,
        PRIMARY KEY(key, favourite)
      ) STRICT, WITHOUT ROWID;
      """
  ) { (store, version) throws(StoreError) in
    try store.moveFavourites()
    try translating {
      try store.connection.execute(
        """
        DELETE FROM sqlite_sequence WHERE name = 'favourite';
        UPDATE sqlite_sequence SET name = 'favourite' WHERE name = 'favourite_9';
        DROP TABLE favourite_9;
        CREATE INDEX favourite_unedited ON favourite(created_at) WHERE edited_at IS NULL;
        CREATE INDEX favourite_created ON favourite(created_at) WHERE edited_at IS NOT NULL;
        CREATE INDEX favourite_edited ON favourite(edited_at) WHERE edited_at IS NOT NULL;
        CREATE INDEX favourite_opened ON favourite(opened_at) WHERE opened_at IS NOT NULL;
        CREATE INDEX favourite_used ON favourite(opened) WHERE opened > 0;
        """)
    }
    if version < 9 { try store.rebuildSearch() }
    // Since version 5, names that are the same are one.
    if version < 5 { try store.unify() } else { try store.indexLinksAndUIDs() }
  }
}

extension Store {
  /// Moves the favourites of version 9 to the table of version 10, in portions: the pages that one
  /// leaves are those that the next one takes, so that the file hardly grows.
  fileprivate func moveFavourites() throws(StoreError) {
    while let last = try connection.integer(
      """
      SELECT id FROM (SELECT id FROM favourite_9 ORDER BY id LIMIT 1000) ORDER BY id DESC LIMIT 1
      """)
    {
      try connection.run(
        """
        INSERT INTO favourite(id, uid, category, change, created_at, edited_at, opened_at, opened,
          title, url, tags, metadata, note)
        SELECT id, uid, category, change, created_at, nullif(modified_at, created_at), opened_at,
          opened, title, url, tags, metadata, note
        FROM favourite_9 WHERE id <= ? ORDER BY id
        """, last)
      try connection.run("DELETE FROM favourite_9 WHERE id <= ?", last)
    }
  }
}
