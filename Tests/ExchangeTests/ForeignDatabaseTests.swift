import Foundation
import Host
import SQLite
import TestSupport
import Testing

@testable import Exchange

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Databases that are made to do harm to whoever reads them.
struct ForeignDatabaseTests {
  private static let bookmarks = """
    CREATE TABLE moz_bookmarks(id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER, parent INTEGER,
      position INTEGER, title TEXT, dateAdded INTEGER, lastModified INTEGER, guid TEXT);
    INSERT INTO moz_bookmarks VALUES (1, 2, NULL, 0, 0, '', 1, 1, 'root________'),
      (2, 2, NULL, 1, 0, 'menu', 1, 1, 'menu________'), (9, 1, 1, 2, 1, 'x', 1, 1, 'q');
    """
  private static let places = """
    CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url TEXT, title TEXT);
    INSERT INTO moz_places VALUES (1, 'https://a.org/', 'A');
    """

  private func failure(_ sql: String...) throws -> ExchangeError? {
    try withScratch { scratch in
      scratch.write([], to: "x.db")
      let connection = try Connection(unhardened: scratch.file("x.db"), access: .readWrite)
      for sql in sql { try connection.execute(sql) }
      return failure(ofFile: scratch.file("x.db"))
    }
  }

  private func failure(ofFile path: String) -> ExchangeError? {
    do {
      _ = try Reading(file: path, as: "sqlite")
      return nil
    } catch {
      return error as? ExchangeError
    }
  }

  private func notPlain(_ table: String) -> ExchangeError {
    .malformed(nil, "its table '\(table)' is not a plain table")
  }

  @Test func `a column that is worked out when it is read is refused`() throws {
    for kind in ["VIRTUAL", "STORED"] {
      let columns = "last_visit_date AS (hex(zeroblob(3000000))) \(kind), visit_count"
      #expect(
        try failure(
          Self.bookmarks,
          "CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url TEXT, title TEXT, \(columns))")
          == notPlain("moz_places"))
    }
    // Whichever of the tables it stands in.
    for table in ["moz_keywords(keyword, place_id", "moz_anno_attributes(id, name"] {
      let name = String(table.prefix { $0 != "(" })
      #expect(
        try failure(
          Self.bookmarks, Self.places,
          "CREATE TABLE moz_items_annos(item_id, anno_attribute_id, content)",
          "CREATE TABLE \(table), more AS (zeroblob(9)))") == notPlain(name))
    }
  }

  @Test func `a view is refused, and so is a virtual table`() throws {
    #expect(
      try failure(
        "CREATE VIEW moz_bookmarks AS SELECT 1 AS type, 1 AS fk, 1 AS parent, 1 AS position, 'x' AS guid"
      ) == notPlain("moz_bookmarks"))
    #expect(
      try failure(
        Self.bookmarks,
        "CREATE VIRTUAL TABLE moz_places USING fts5(url, title, last_visit_date, visit_count)")
        == notPlain("moz_places"))
  }

  @Test func `no virtual table can be asked for at all`() throws {
    try withScratch { scratch in
      scratch.write([], to: "x.db")
      try Connection(unhardened: scratch.file("x.db"), access: .readWrite).execute(Self.places)
      let database = try ForeignDatabase(scratch.file("x.db"))
      #expect(throws: ExchangeError.self) {
        _ = try database.query("SELECT * FROM json_each('[1]')", of: "moz_places").next()
      }
    }
  }

  @Test func `each table is looked at before anything is read of it`() throws {
    try withScratch { scratch in
      scratch.write([], to: "x.db")
      try Connection(unhardened: scratch.file("x.db"), access: .readWrite)
        .execute("CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url AS (hex(zeroblob(9))))")
      let database = try ForeignDatabase(scratch.file("x.db"))
      #expect(throws: notPlain("moz_places")) {
        _ = try database.query("SELECT id FROM moz_places", of: "moz_places").next()
      }
    }
  }

  @Test func `what stands in a file once is not read a thousand times`() throws {
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
    // A column that was added later stands in no row: each has what stands in the schema.
    #expect(
      try failure(
        Self.bookmarks, Self.places, "ALTER TABLE moz_bookmarks DROP COLUMN title",
        "\(many) INSERT INTO moz_bookmarks(id, type, fk, parent, position) SELECT i + 9, 1, 1, 2, i FROM n",
        "ALTER TABLE moz_bookmarks ADD COLUMN title TEXT DEFAULT '\(String(repeating: "x", count: 30_000))'"
      )
        == .tooMuch)
  }

  @Test func `a value may not be longer than any of ours`() throws {
    #expect(
      try failure(
        Self.bookmarks, Self.places,
        "UPDATE moz_bookmarks SET title = hex(zeroblob(\(ForeignDatabase.longestValue / 2 + 1))) WHERE id = 9"
      )
        == .tooLarge("a value of more than 4 MiB"))
  }

  @Test func `pages that lead to each other take no time without end`() throws {
    try withScratch { scratch in
      scratch.write([], to: "x.db")
      let connection = try Connection(unhardened: scratch.file("x.db"), access: .readWrite)
      try connection.execute("PRAGMA page_size=512; " + Self.bookmarks + Self.places)
      try connection.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO moz_bookmarks(id, type, fk, parent, position) SELECT i + 9, 1, 1, 2, i FROM n
        """)
      let find = try connection.prepare(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'moz_bookmarks'")
      #expect(try find.step())
      let root = Int(find.integer(0))
      find.reset()
      var bytes = try #require(scratch.bytes("x.db"))
      func number(_ place: Int, _ count: Int) -> Int {
        bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
      }
      // Each page with pages below it, of which there are some: all of these become the next of
      // them.
      let others = (1...bytes.count / 512).filter { $0 != root && bytes[($0 - 1) * 512] == 5 }
      try #require(others.count > 10)
      let chain = [root] + others.prefix(10)
      let leaf = try #require((2...bytes.count / 512).last { bytes[($0 - 1) * 512] == 13 })
      for (page, next) in zip(chain, chain.dropFirst() + [leaf]) {
        let start = (page - 1) * 512
        let child = withUnsafeBytes(of: UInt32(next).bigEndian) { Array($0) }
        for cell in 0..<number(start + 3, 2) {
          let place = start + number(start + 12 + 2 * cell, 2)
          bytes.replaceSubrange(place..<place + 4, with: child)
        }
        bytes.replaceSubrange(start + 8..<start + 12, with: child)
      }
      scratch.write(bytes, to: "y.db")
      #expect(failure(ofFile: scratch.file("y.db")) == .tooMuch)
    }
  }

  @Test func `a file of gigabytes that is a hole takes no room`() throws {
    try withScratch { scratch in
      scratch.write([], to: "x.db")
      try Connection(unhardened: scratch.file("x.db"), access: .readWrite)
        .execute(Self.bookmarks + Self.places)
      #expect(truncate(scratch.file("x.db"), 4 << 30) == 0)
      let copy = scratch.file("copy.db")
      try DatabaseCopy.make(of: scratch.file("x.db"), at: copy)
      let status = try #require(try FileStatus.of(copy, followingLinks: false))
      #expect(status.size == 4 << 30 && status.allocated < 1 << 20)
      #expect(try Reading(file: scratch.file("x.db"), as: "sqlite").bookmarks.count == 1)
      #expect(truncate(scratch.file("x.db"), (4 << 30) + 4_096) == 0)
      #expect(
        failure(ofFile: scratch.file("x.db"))
          == .tooLarge("larger than 4 GiB, the limit for this format"))
    }
  }

  @Test func `a database that is written to all the time is not taken half`() throws {
    try withScratch { scratch in
      scratch.write([], to: "x.db")
      try Connection(unhardened: scratch.file("x.db"), access: .readWrite).execute(
        Self.bookmarks + Self.places
          + "CREATE TABLE filler(x); INSERT INTO filler VALUES(randomblob(64000000))")
      let path = scratch.file("x.db")
      let browser = Thread {
        // The counter of changes, which each of them raises.
        let file = open(path, O_WRONLY)
        var number: UInt32 = 1
        while !Thread.current.isCancelled {
          pwrite(file, &number, 4, 24)
          number += 1
        }
        close(file)
      }
      browser.start()
      defer { browser.cancel() }
      // On a busy machine a thread may be long in coming.
      let before = try #require(scratch.bytes("x.db"))[24..<28]
      while try #require(scratch.bytes("x.db"))[24..<28] == before { usleep(1_000) }
      #expect(
        throws: ExchangeError.busy(
          "its program keeps writing to it; close the program first")
      ) { try DatabaseCopy.make(of: path, at: scratch.file("copy.db")) }
      #expect(scratch.names == ["x.db"])
    }
  }
}
