import Favourites
import Host
import SQLite
import TestSupport
import Testing

@testable import Exchange

/// Databases of Firefox, buku and bmm.
@Suite struct DatabaseTests {
  /// The tables of Firefox, as far as they matter.
  static let tables = """
    CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR,
      visit_count INTEGER DEFAULT 0, last_visit_date INTEGER, guid TEXT);
    CREATE TABLE moz_bookmarks(id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER DEFAULT NULL,
      parent INTEGER, position INTEGER, title LONGVARCHAR, dateAdded INTEGER, lastModified INTEGER,
      guid TEXT);
    CREATE TABLE moz_keywords(id INTEGER PRIMARY KEY, keyword TEXT UNIQUE, place_id INTEGER,
      post_data TEXT);
    CREATE TABLE moz_anno_attributes(id INTEGER PRIMARY KEY, name VARCHAR(32));
    CREATE TABLE moz_items_annos(id INTEGER PRIMARY KEY, item_id INTEGER, anno_attribute_id INTEGER,
      content LONGVARCHAR);
    INSERT INTO moz_bookmarks(id, type, parent, position, title, guid) VALUES
      (1, 2, 0, 0, '', 'root________'), (2, 2, 1, 0, 'menu', 'menu________'),
      (3, 2, 1, 1, 'toolbar', 'toolbar_____'), (4, 2, 1, 2, 'tags', 'tags________'),
      (5, 2, 1, 3, 'unfiled', 'unfiled_____'), (6, 2, 1, 4, 'mobile', 'mobile______');
    """

  static let places = """
    INSERT INTO moz_places VALUES
      (1, 'https://a.org/', 'page', 7, 1440206499903000, 'p'), (2, 'place:sort=8', NULL, 0, NULL, 'q'),
      (3, 'https://c.org/', 'page of c', 0, NULL, 'r'), (4, 'https://d.org/', NULL, 3, NULL, 's');
    INSERT INTO moz_bookmarks VALUES
      (10, 1, 1, 11, 1, 'Zürich', 1440206499903000, 1440206500000000, 'a'),
      (11, 2, NULL, 2, 0, 'AC/DC, live', 1, 1, 'b'), (12, 1, 3, 11, 0, NULL, 0, 0, 'c'),
      (13, 3, NULL, 11, 2, NULL, 1, 1, 'd'), (14, 1, 2, 2, 1, 'Recent', 1, 1, 'e'),
      (15, 1, 4, 3, 0, 'D', 1440206499903000, NULL, 'f'), (16, 2, NULL, 11, 3, 'Empty', 1, 1, 'g'),
      (17, 1, 3, 6, 0, 'C', NULL, NULL, 'h'), (18, 1, 99, 5, 0, 'no place', NULL, NULL, 'i'),
      (20, 2, NULL, 4, 0, 'städte', 1, 1, 't1'), (21, 2, NULL, 4, 1, 'am See', 1, 1, 't2'),
      (22, 1, 1, 20, 0, NULL, 1, 1, 'u1'), (23, 1, 1, 21, 0, NULL, 1, 1, 'u2'),
      (24, 1, 3, 20, 1, 'has a title', 1, 1, 'u3');
    INSERT INTO moz_keywords VALUES (1, 'zh', 1, NULL);
    INSERT INTO moz_anno_attributes VALUES (1, 'x'), (2, 'bookmarkProperties/description');
    INSERT INTO moz_items_annos VALUES (1, 10, 2, 'A town'), (2, 10, 1, 'no'), (3, 11, 2, 'loud');
    """

  static let placesBookmarks = [
    bookmark("page of c", "https://c.org/", in: ["AC/DC, live"], tags: ["städte"]),
    bookmark(
      "Zürich", "https://a.org/", in: ["AC/DC, live"], note: "A town", tags: ["am See", "städte"],
      created: "2015-08-22T01:21:39.903Z", modified: "2015-08-22T01:21:40Z",
      opened: "2015-08-22T01:21:39.903Z", times: 7, ["keyword": "zh"]),
    bookmark("D", "https://d.org/", in: ["toolbar"], created: "2015-08-22T01:21:39.903Z"),
    bookmark("C", "https://c.org/", in: ["mobile"], tags: ["städte"]),
  ]

  /// Makes a database.
  static func make(_ scratch: Scratch, _ name: String = "x.db", _ sql: String...) throws -> String {
    if scratch.bytes(name) == nil { scratch.write([], to: name) }
    let path = scratch.file(name)
    let connection = try Connection(unhardened: path, access: .readWrite)
    for sql in sql { try connection.execute(sql) }
    return path
  }

  @Test("all that Firefox keeps is read, by its tables and in its order")
  func readsPlaces() throws {
    try withScratch { scratch in
      let path = try Self.make(scratch, "places.sqlite", Self.tables, Self.places)
      let found = try Reading(file: path, as: "sqlite")
      #expect(found.bookmarks == Self.placesBookmarks)
      #expect(
        found.folders == [Folder(["AC/DC, live"], note: "loud"), Folder(["AC/DC, live", "Empty"])])
      #expect(found.leftOut == ["queries of the browser"])
      #expect(found.unreadable == ["a bookmark without a URL"])
      #expect(found.locations.last?.text == "row 17")
    }
  }

  @Test("what a running browser has written to its log alone is read, and nothing is changed")
  func readsLog() throws {
    try withScratch { scratch in
      scratch.write([], to: "places.sqlite")
      let path = scratch.file("places.sqlite")
      let browser = try Connection(unhardened: path, access: .readWrite)
      try browser.execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL")
      try browser.execute(Self.tables + Self.places)
      let before = scratch.names.map { scratch.bytes($0) }
      #expect(try Reading(file: path, as: "sqlite").bookmarks == Self.placesBookmarks)
      #expect(scratch.names.map { scratch.bytes($0) } == before)
      _ = browser.totalChanges
    }
  }

  @Test("older files have no annotations, and name keywords otherwise")
  func olderPlaces() throws {
    try withScratch { scratch in
      let path = try Self.make(
        scratch, "x.db", Self.tables,
        """
        DROP TABLE moz_items_annos; DROP TABLE moz_keywords;
        ALTER TABLE moz_places DROP COLUMN last_visit_date;
        ALTER TABLE moz_bookmarks ADD COLUMN keyword_id INTEGER;
        CREATE TABLE moz_keywords(id INTEGER PRIMARY KEY, keyword TEXT);
        INSERT INTO moz_keywords VALUES (3, 'kw');
        INSERT INTO moz_places(id, url) VALUES (1, 'https://a.org/');
        INSERT INTO moz_bookmarks(id, type, fk, parent, title, keyword_id) VALUES (9, 1, 1, 2, 'A', 3);
        """)
      #expect(
        try Reading(file: path, as: "sqlite").bookmarks
          == [bookmark("A", "https://a.org/", ["keyword": "kw"])])
    }
  }

  @Test("folders that stand in each other, or nowhere, cost no bookmark")
  func cycles() throws {
    try withScratch { scratch in
      let path = try Self.make(
        scratch, "x.db", Self.tables,
        """
        INSERT INTO moz_places(id, url) VALUES (1, 'u:1'), (2, 'u:2'), (3, 'u:3'), (4, 'u:4');
        INSERT INTO moz_bookmarks(id, type, fk, parent, title, guid) VALUES
          (10, 2, NULL, 11, 'one', 'a'), (11, 2, NULL, 10, 'other', 'b'), (12, 1, 1, 11, 'A', 'c'),
          (13, 2, NULL, 13, 'itself', 'd'), (14, 1, 2, 13, 'B', 'e'), (15, 1, 3, 4711, 'C', 'f'),
          (16, 1, 4, 2, 'D', 'g'), (17, 2, NULL, 2, 'root again', 'root________');
        UPDATE moz_bookmarks SET parent = 2 WHERE id = 1;
        """)
      let found = try Reading(file: path, as: "sqlite")
      #expect(found.bookmarks.map(\.title).compactMap(\.self).sorted() == ["A", "B", "C", "D"])
    }
  }

  @Test("a hundred thousand folders in each other are refused")
  func nested() throws {
    try withScratch { scratch in
      let path = try Self.make(
        scratch, "x.db", Self.tables,
        """
        WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
        INSERT INTO moz_bookmarks(id, type, parent, title) SELECT i, 2, iif(i = 100, 2, i - 1), 'n' FROM n
        """)
      let error = #expect(throws: ExchangeError.self) { try Reading(file: path, as: "sqlite") }
      #expect(isMalformed(error))
    }
  }

  @Test("values of wrong types are read as far as they make sense")
  func wrongTypes() throws {
    try withScratch { scratch in
      let path = try Self.make(
        scratch, "x.db", Self.tables,
        """
        INSERT INTO moz_places(id, url, last_visit_date, visit_count) VALUES
          (1, x'FF00', 'soon', -5), (2, 17, 1e300, 'x'), (3, 'u:3', 5, -9);
        INSERT INTO moz_bookmarks(id, type, fk, parent, position, title, dateAdded, guid) VALUES
          (10, 1, 1, 2, 'x', x'00FF', 'never', 5), (11, 1, 2, 2, NULL, 3.5, -1, NULL),
          (12, 1, 3, 2, 1e300, 'ok', x'01', ''), (13, 'folder', 'x', 2, 0, '', 0, ''),
          (14, 2, 3, 'nobody', 0, NULL, 0, x'00'), (15, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO moz_keywords VALUES (1, NULL, 'x', NULL);
        """)
      let found = try Reading(file: path, as: "sqlite")
      #expect(found.bookmarks.last?.url == "u:3")
      #expect(found.bookmarks.last?.opened == 0)
    }
  }

  @Test("nothing that stands in a schema is run")
  func triggersAndViews() throws {
    try withScratch { scratch in
      let path = try Self.make(
        scratch, "x.db", Self.tables,
        """
        ALTER TABLE moz_places RENAME TO real_places;
        CREATE VIEW moz_places AS SELECT id AS rowid, url, title, last_visit_date, visit_count
          FROM real_places;
        """)
      let error = #expect(throws: ExchangeError.self) { try Reading(file: path, as: "sqlite") }
      #expect(isMalformed(error))
    }
  }

  @Test("buku's title is called metadata, and its tags stand between commas")
  func buku() throws {
    try withScratch { scratch in
      let path = try Self.make(
        scratch, "bookmarks.db",
        """
        CREATE TABLE bookmarks(id integer PRIMARY KEY, URL text NOT NULL UNIQUE,
          metadata text default '', tags text default ',', desc text default '',
          flags integer default 0);
        INSERT INTO bookmarks VALUES (2, 'https://b.org', '', ',', '', 0),
          (1, 'https://a.org', 'A', ',a,b c,', 'said', 1);
        """)
      #expect(
        try Reading(file: path, as: "sqlite").bookmarks == [
          bookmark("A", "https://a.org", note: "said", tags: ["a", "b c"], ["immutable": "yes"]),
          bookmark(nil, "https://b.org"),
        ])
    }
  }

  @Test("bmm's database is read with its tags and dates")
  func bmm() throws {
    try withScratch { scratch in
      let path = try Self.make(
        scratch, "bmm.db",
        """
        CREATE TABLE bookmarks(id INTEGER PRIMARY KEY, uri TEXT NOT NULL UNIQUE, title TEXT,
          created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        CREATE TABLE tags(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE bookmark_tags(bookmark_id INTEGER, tag_id INTEGER,
          PRIMARY KEY (bookmark_id, tag_id));
        INSERT INTO bookmarks VALUES (1, 'https://a.org', 'A', 1440206499, 1440206500),
          (2, 'https://b.org', NULL, 0, 0), (3, 'https://c.org', 'C', 1, 1);
        INSERT INTO tags VALUES (1, 'z'), (2, 'a');
        INSERT INTO bookmark_tags VALUES (1, 1), (1, 2), (3, 1), (9, 1);
        """)
      #expect(
        try Reading(file: path, as: "sqlite").bookmarks == [
          bookmark(
            "A", "https://a.org", tags: ["a", "z"], created: "2015-08-22T01:21:39Z",
            modified: "2015-08-22T01:21:40Z"),
          bookmark(nil, "https://b.org"),
          bookmark("C", "https://c.org", tags: ["z"]),
        ])
    }
  }

  @Test("a damaged database is refused, wherever it was cut")
  func cut() throws {
    try withScratch { scratch in
      let path = try Self.make(scratch, "places.sqlite", Self.tables, Self.places)
      let bytes = try #require(scratch.bytes("places.sqlite"))
      for count in [16, 17, 18, 100] + Array(stride(from: 512, to: bytes.count, by: 1_024)) {
        scratch.write(Array(bytes[..<count]), to: "places.sqlite")
        #expect(throws: ExchangeError.self, "\(count)") {
          _ = try Reading(file: path, as: "sqlite").bookmarks.count
        }
      }
    }
  }

  @Test("what cannot be read is told by what it is")
  func refusals() throws {
    try withScratch { scratch in
      func reason(_ path: String) -> String? {
        do {
          _ = try Reading(file: path, as: "sqlite")
          return nil
        } catch ExchangeError.malformed(_, let reason) {
          return reason
        } catch {
          return "\(error)"
        }
      }
      let other = try Self.make(scratch, "other.db", "CREATE TABLE x(a)")
      #expect(reason(other) == "a database of an unknown program")
      scratch.write([40, 1, 0, 0, 0, 0, 0, 0, 0xAA, 0xBB], to: "bookmarks.db.enc")
      #expect(
        reason(scratch.file("bookmarks.db.enc"))
          == "encrypted by buku; 'buku --unlock' decrypts it")
      let places = try Self.make(scratch, "places.sqlite", Self.tables)
      scratch.write(
        [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7, 0], to: "places.sqlite-journal")
      #expect(reason(places)?.hasPrefix("its program is writing to it") == true)
      let bytes = try #require(scratch.bytes("other.db"))
      #expect(
        failure(bytes, as: .databases)
          == .malformed(nil, "a database cannot be piped; name its file"))
    }
  }
}
