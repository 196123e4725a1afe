import SQLite
import TestSupport
import Testing

@testable import Favourites

/// `doctor --salvage` of rows that another hand damaged: they are kept with what is good of them,
/// and counted.
struct SalvageMendingTests {
  /// Makes a file, changes it by SQL, and salvages it.
  private func salvaged(
    _ sql: String, _ body: (Salvaged, String) throws -> Void
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for (title, category) in [("one", "books"), ("two", "books"), ("three", "films")] {
        try store.adding(
          draft(title, in: category, note: "n", tags: ["t", "u"], set: ["year=1", "by=x"]))
      }
      let gone = try store.adding(draft("gone", in: "books"))
      try store.changing { (store) throws(StoreError) in try store.remove([gone]) }
      _ = consume store
      try Connection(unhardened: path, access: .readWrite)
        .execute("PRAGMA ignore_check_constraints=1; \(sql)")
      try body(try salvage(path, to: scratch.file("new.db")), scratch.file("new.db"))
    }
  }

  @Test func `a favourite whose uid is bad gets a new one`() throws {
    try salvaged(
      "UPDATE favourite SET uid = x'01' WHERE id = 1; UPDATE trash SET uid = x'02';"
    ) { (found, path) throws in
      #expect(try listed(path).map(\.title).sorted() == ["one", "three", "two"])
      #expect(found == Salvaged(favourites: 3, trashed: 1, categories: 2, newUIDs: 2))
      #expect(!found.isComplete)
    }
  }

  @Test func `what is salvaged is nothing that doctor finds fault with`() throws {
    try salvaged(
      """
      UPDATE favourite SET created_at = 9223372036854775807, edited_at = -9223372036854775807,
        opened_at = 9223372036854775807, uid = zeroblob(16), title = ' one' || char(0) WHERE id = 1;
      UPDATE category SET created_at = 9223372036854775807 WHERE name = 'films';
      UPDATE trash SET deleted_at = 9223372036854775807, note = char(0);
      """
    ) { (found, path) throws in
      #expect(try titles(path, in: "books") == ["one", "two"])
      #expect(found.newUIDs == 1)
      var store = try Store.reading(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
    }
  }

  @Test func `a category whose name or uid is bad keeps its favourites`() throws {
    try salvaged(
      """
      UPDATE category SET name = 'bo#oks' || char(7), uid = x'' WHERE name = 'books';
      UPDATE category SET name = '//' WHERE name = 'films';
      """
    ) { (found, path) throws in
      #expect(try titles(path, in: "books") == ["one", "two"])
      #expect(try listed(path).map(\.category).contains { $0.hasPrefix("salvaged/") })
      #expect(found.favourites == 3)
      #expect(found.mendedNames == 2)
      #expect(found.newUIDs == 1)
      #expect(found.lostRows == 0)
    }
  }

  @Test func `a favourite whose category is gone is kept, and told`() throws {
    try salvaged("PRAGMA foreign_keys=0; DELETE FROM category WHERE name = 'films'") {
      (found, path) throws in
      #expect(try listed(path).count == 3)
      #expect(found.mendedNames == 1)
    }
  }

  @Test func `a title with bytes that no text has is mended`() throws {
    try salvaged(
      """
      UPDATE favourite SET title = CAST(x'6FFF6E' AS TEXT) WHERE id = 1;
      UPDATE favourite SET title = CAST(x'74770061' AS TEXT), note = CAST(x'C3' AS TEXT) WHERE id = 2;
      UPDATE favourite SET title = '  ', url = 'https://e.org/' || char(10) || 'x' WHERE id = 3;
      """
    ) { (found, path) throws in
      #expect(try listed(path).map(\.title) == ["o\u{FFFD}n", "twa", "e.org/x"])
      #expect(try listed(path).map(\.note) == ["n", "\u{FFFD}", "n"])
      #expect(found == Salvaged(favourites: 3, trashed: 1, categories: 2, mendedTexts: 5))
    }
  }

  @Test func `tags and metadata that cannot be read are told`() throws {
    try salvaged(
      """
      UPDATE favourite SET tags = '["t"', metadata = '{"year":' WHERE id = 1;
      UPDATE favourite SET tags = '["t", 5, "a,b"]', metadata = '{"year":[],"by":"x"}' WHERE id = 2;
      UPDATE trash SET tags = 'x';
      """
    ) { (found, path) throws in
      let favourites = try listed(path)
      #expect(favourites.map { $0.tags } == [[], ["t"], ["t", "u"]])
      #expect(favourites.map { $0.metadata.entries.map(\.key) } == [[], ["by"], ["by", "year"]])
      #expect(found == Salvaged(favourites: 3, trashed: 1, categories: 2, lostDetails: 6))
    }
  }

  @Test func `what is in a category and in the trash is counted once`() throws {
    try salvaged(
      """
      INSERT INTO trash(id, uid, category, category_name, rank, deleted_at, change, created_at, modified_at,
        opened_at, opened, title, url, tags, metadata, note)
      SELECT id, uid, category, 'books', 1, created_at, change, created_at, modified_at, opened_at, opened,
        title, url, tags, metadata, note FROM favourite WHERE id = 2
      """
    ) { (found, path) throws in
      #expect(found == Salvaged(favourites: 3, trashed: 1, categories: 2))
      #expect(try titles(path, in: "books") == ["one", "two"])
    }
  }

  @Test func `where blocks are lost, places still tell the order`() throws {
    try salvaged(
      """
      UPDATE place SET position = 5 WHERE favourite = 2; DELETE FROM block;
      """
    ) { (_, path) throws in
      #expect(try titles(path, in: "books") == ["two", "one"])
    }
  }

  @Test func `what was deleted does not come back from freed pages`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing { (store) throws(StoreError) in
        for index in 0..<300 {
          var draft = Draft()
          draft.title = "favourite \(index) " + String(repeating: "x", count: 200)
          _ = try store.add(draft, duplicates: .allow)
        }
      }
      try store.changing { (store) throws(StoreError) in try store.remove(Array(1...250)) }
      _ = consume store
      let secret = Array("favourite 100 x".utf8)
      try Connection(unhardened: path, access: .readWrite)
        .execute("PRAGMA secure_delete=OFF; DELETE FROM trash; UPDATE totals SET trashed = 0")
      var bytes = try #require(scratch.bytes("favs.db"))
      #expect(bytes.contains(secret))
      #expect(
        try salvage(path, to: scratch.file("new.db")) == Salvaged(favourites: 50, categories: 1))
      // The tree of the favourites that live is broken besides.
      let leaf = try #require(try leavesByTable(of: path)[.favourite]?.first)
      bytes.replaceSubrange((leaf - 1) * 4_096..<leaf * 4_096, with: repeatElement(0, count: 4_096))
      scratch.write(bytes, to: "favs.db")
      let found = try salvage(path, to: scratch.file("newer.db"))
      #expect(found.trashed == 0 && found.favourites < 50 && !found.isComplete, "\(found)")
    }
  }
}

extension [UInt8] {
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    indices.contains { self[$0] == part[0] && self[$0...].starts(with: part) }
  }
}
