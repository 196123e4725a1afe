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
  /// What to do once the SQL has run.
  var finish: @Sendable (inout Store) throws(StoreError) -> Void = { (_) throws(StoreError) in }
}

/// All steps ever made, the oldest first. Append to them but never edit them, except for what they
/// derive from entered data: the last step rebuilds all of that.
enum Migrations {
  static let all: [Migration] = [two, three, four, five, six, seven]

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
      """
  ) { (store) throws(StoreError) in
    try store.rebuildSearch()
    try store.unify()
  }

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
  ) { (store) throws(StoreError) in try store.rebuildSearch() }
}
