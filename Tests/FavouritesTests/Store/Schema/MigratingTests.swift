import SQLite
import TestSupport
import Testing

@testable import Favourites

struct MigratingTests {
  /// What a query finds, the best first.
  private func found(_ query: String, in store: inout Store) throws -> [Favourite] {
    let now = Timestamp(milliseconds: 1_795_000_000_000)
    let parsed = try #require(Query.parse(query, metadataKeys: [], now: now))
    var selection = Selection()
    selection.search = try store.prepare(parsed, .never)
    return try all(selection, by: Ordering(.relevance), in: &store)
  }

  private func all(
    _ selection: Selection, by ordering: Ordering, in store: inout Store
  ) throws -> [Favourite] {
    var rows = try store.rows(selection, ordering: ordering, slice: .all)
    var all: [Favourite] = []
    while let favourite = try rows.next(in: &store) { all.append(favourite) }
    return all
  }

  @Test func `a file of version 1 is brought up to date with all that it holds`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path)
      let before = try Dump(path)
      var store = try Store.reading(path)
      #expect(try Dump(path) == before)
      try checkStoreLaws(path)
      #expect(try Store.backups(of: path).map(\.reason) == [.upgrade])
      #expect(try store.favourite(3, after: 3)?.title == "七人の侍")
      #expect(try store.favourite(1, after: 2)?.note == "Read it slowly.")
      #expect(try store.inspect().filter { $0.problem != nil } == [])
      _ = consume store
      store = try Store.writing(path)
      while (try? store.undoing()) != nil {}
      #expect(try listed(path).isEmpty)
      while (try? store.redoing()) != nil {}
      try checkStoreLaws(path)
    }
  }

  /// Names that are the same now: NFC and NFD, `ß` and `SS`, keys of metadata without case.
  @Test func `what has one name in a file of version 2 is one, and nothing is lost`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-2.sql")
      let meter = StoreMeter()
      var store = try Store.reading(path, meter: meter)
      #expect(meter.upgrade == Upgrade(categories: 3, tags: 1, metadata: 2))
      try checkStoreLaws(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
      #expect(try Store.backups(of: path).map(\.reason) == [.upgrade])
      let café = "caf\u{E9}"
      #expect(
        try listed(path).map { "\($0.id) \($0.category)@\($0.rank)" } == [
          "1 books/sci-fi@1", "2 \(café)@1", "3 \(café)@2", "4 \(café)/inner@1",
          "5 \(café)/inner@2",
          "8 items@1", "9 items@2", "10 items@3", "6 Stra\u{DF}e@1", "7 Stra\u{DF}e@2",
        ])
      #expect(try store.tags().map(\.name) == [café, "classic", "desert"])
      #expect(try store.favourite(3)?.tags == [café])
      #expect(try store.favourite(3)?.title.utf8.elementsEqual("\(café) two, edited".utf8) == true)
      #expect(
        Metadata(stored: try #require(try store.favourite(2)).metadataJSON).entries.map(\.key)
          == ["Year", "year-2"])
      let category = try store.category(try CategoryPath.parse("CAFE\u{301}"))
      #expect(category.note == "of the first\n\nof the second")
      #expect(category.schema?.fields.map(\.text) == ["pages:number", "seen:enum(yes,no)"])
      #expect(try store.find("CAF\u{C9} ONE") == 2)
      // What came before is taken back and done again; the putting together is for good.
      let last = try #require(try store.changes(ChangeQuery(limit: 1)).first)
      #expect(last.command == "upgrade")
      _ = consume store
      store = try Store.writing(path)
      #expect(throws: StoreError.isFinal(last.number)) { try store.undoing() }
      let undone = try store.changing { store throws(StoreError) in try store.undo(12).number }
      #expect(undone == 12)
      try checkStoreLaws(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
    }
  }

  @Test func `a file of version 4 takes what is seen of its links`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-4.sql")
      var store = try Store.writing(path)
      let sight = LinkSight(.moved, at: Timestamp(milliseconds: 5))
      try store.keep([(url: "https://www.PostgreSQL.org/docs", sight: sight)])
      #expect(try store.links(of: [1]).map(\.sight) == [sight])
      try checkStoreLaws(path)
    }
  }

  @Test func `a file of version 3 is searched and sorted by the rules of today`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-3.sql")
      let before = try listed(path).map(\.title)
      var store = try Store.reading(path)
      try checkStoreLaws(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
      #expect(try Store.backups(of: path).map(\.reason) == [.upgrade])
      #expect(try Set(listed(path).map(\.title)) == Set(before))
      for (query, title) in [
        ("sql manual", "PostgreSQL manual"), ("webdev", "PostgreSQL manual"), ("ωμεγα", "Ωμέγα"),
        ("wifi", "Ωμέγα"), ("احمد", "أحمد"), ("محمد", "مُحَمَّد"), ("2fa", "Stack overflow"),
      ] {
        #expect(try found(query, in: &store).map(\.title) == [title], "\(query)")
      }
      #expect(try store.find("أحمد") == 3)
      _ = consume store
      store = try Store.writing(path)
      while (try? store.undoing()) != nil {}
      #expect(try listed(path).isEmpty)
      while (try? store.redoing()) != nil {}
      try checkStoreLaws(path)
    }
  }

  @Test func `a file of version 4 keeps its words, in runs`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-4.sql")
      let before = try listed(path).map(\.title)
      #expect(before.count == 6)
      try checkStoreLaws(path)
      let store = try Store.reading(path)
      var found: [String] = []
      try store.forEachWord(of: 6...10) { found.append(String(decoding: $0, as: UTF8.self)) }
      #expect(found == ["manual", "postgre", "overflow", "postgresql"])
    }
  }

  @Test func `a file of version 5 keeps its ranks, and when each was opened`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-5.sql")
      let before = try Dump(path)
      var store = try Store.reading(path)
      #expect(try Dump(path) == before)
      try checkStoreLaws(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
      for (order, ids) in [
        ("rank", [3, 2, 5, 6, 7, 9, 1]), ("-opened", [1, 9, 2, 3, 5, 6, 7]),
        ("-used", [9, 1, 7, 6, 5, 3, 2]), ("used", [2, 3, 5, 6, 7, 1, 9]),
      ] {
        let listed = try all(Selection(), by: try #require(Ordering(order)), in: &store)
        #expect(listed.map(\.id) == ids.map(Int64.init), "\(order)")
      }
    }
  }

  @Test func `a file of version 6 is searched in each column as before`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-6.sql")
      var store = try Store.reading(path)
      try checkStoreLaws(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
      for (query, ids) in [
        ("wifi", [2]), ("note:wifi", [2]), ("title:wifi", []), ("title:manual", [1]),
        ("note:manual", []), ("tags:sql", [1]), ("url:example", [9]), ("2024", [1]), ("ξενα", [2]),
        ("seen", [1]), ("title:seen", []),
      ] as [(String, [Int64])] {
        #expect(try found(query, in: &store).map(\.id) == ids, "\(query)")
      }
    }
  }

  @Test func `a file of version 7 keeps its dates, and knows how many words there are`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-7.sql")
      let before = try Dump(path)
      var store = try Store.reading(path)
      #expect(try Dump(path) == before)
      try checkStoreLaws(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
      for (order, ids) in [
        ("created", [1, 2, 3, 5, 6, 7, 9]), ("-created", [9, 7, 6, 5, 3, 2, 1]),
        ("modified", [2, 3, 5, 6, 7, 1, 9]), ("-modified", [9, 1, 7, 6, 5, 3, 2]),
      ] {
        let listed = try all(Selection(), by: try #require(Ordering(order)), in: &store)
        #expect(listed.map(\.id) == ids.map(Int64.init), "\(order)")
      }
      let lengths = try store.connection.query("SELECT lengths FROM place ORDER BY favourite")
      var found: [[UInt8]] = []
      while try lengths.next() { found.append(lengths.bytes(0)) }
      #expect(
        found == [[2, 4, 1, 3, 1], [5, 1], [0, 1], [0, 1, 1], [4, 2], [0, 1], [0, 1, 0, 3]])
    }
  }

  @Test func `a file of version 8 has its words read as they are today`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-8.sql")
      let before = try Dump(path)
      var store = try Store.reading(path)
      #expect(try Dump(path) == before)
      try checkStoreLaws(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
      for (query, ids) in [
        ("c++", [10]), ("c++20", [10]), ("münchen", [11]), ("mnchen", []), ("hawaii", [12]),
        ("हिन्दी", [12]), ("postgresql", [1]), ("wifi", [2]),
      ] as [(String, [Int64])] {
        #expect(try found(query, in: &store).map(\.id) == ids, "\(query)")
      }
      for word in ["munchen", "example", "हिन्दी"] {
        let isKnown = try store.isInVocabulary(word)
        #expect(isKnown, "\(word)")
      }
    }
  }

  @Test func `a file of version 9 keeps its dates, uids and links, and gives no id twice`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-9.sql")
      let before = try Dump(path)
      var store = try Store.reading(path)
      #expect(try Dump(path) == before)
      try checkStoreLaws(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
      for (order, ids) in [
        ("created", [1, 2, 3, 5, 6, 7, 9, 10, 11, 12]),
        ("-modified", [12, 11, 10, 9, 1, 7, 6, 5, 3, 2]),
      ] {
        let listed = try all(Selection(), by: try #require(Ordering(order)), in: &store)
        #expect(listed.map(\.id) == ids.map(Int64.init), "\(order)")
      }
      let edited = try store.connection.integers(
        "SELECT id FROM favourite WHERE edited_at IS NOT NULL ORDER BY id")
      #expect(edited == [1, 6])
      for (word, id) in [
        ("01a21a83-96e1-7fe3-a54f-be1941a2537a", 1), ("01a21a8397177926", 3),
        ("https://münchen.de/plan", 11), ("https://EXAMPLE.com/often/", 9),
      ] as [(String, Int64)] {
        #expect(try store.find(word) == id, "\(word)")
      }
      _ = consume store
      store = try Store.writing(path)
      #expect(try store.adding(draft("after an undone addition, which was 14")) == 15)
    }
  }

  /// The tables of a file that syncs are there or not, whatever the version.
  @Test(arguments: [5, 6, 7, 8, 9])
  func `an older file that syncs is upgraded, and goes on`(version: Int) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path, "version-\(version).sql")
      try Connection(unhardened: path, access: .readWrite).execute(Schema.syncCreation)
      let store = try Store.reading(path)
      let isSynced = try store.isSynced()
      #expect(isSynced)
      try checkStoreLaws(path)
    }
  }

  @Test func `an older file that another hand changed is left alone`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path)
      try Connection(unhardened: path, access: .readWrite).execute("CREATE TABLE mine(x)")
      let bytes = scratch.bytes("favs.db")
      let altered = StoreError.unusable(
        path: path, .altered(object: "the layout of version 1"))
      #expect(throws: altered) { _ = try Store.reading(path) }
      #expect(scratch.bytes("favs.db") == bytes)
      #expect(try Store.backups(of: path).isEmpty)
    }
  }

  @Test(arguments: [false, true])
  func `an upgrade that was broken off is rolled back and made again`(isWriting: Bool) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      let killed = scratch.file("killed.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path)
      let before = try Dump(path)
      let upgrade = try Connection(unhardened: path, access: .readWrite)
      // More than the cache holds, so that the journal is synced and the file is written to before
      // the end.
      try upgrade.execute(
        """
        PRAGMA cache_size=1; BEGIN IMMEDIATE; PRAGMA user_version=2; CREATE TABLE half(x);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
        INSERT INTO half SELECT hex(zeroblob(2000)) FROM n
        """)
      var bytes = try #require(scratch.bytes("favs.db"))
      // The page with the version is the last to be written.
      bytes.replaceSubrange(60..<64, with: [0, 0, 0, UInt8(Schema.version)])
      scratch.write(bytes, to: "killed.db")
      scratch.write(try #require(scratch.bytes("favs.db-journal")), to: "killed.db-journal")
      try upgrade.execute("ROLLBACK")
      if isWriting {
        var store = try Store.writing(killed, isQueueing: true)
        try store.adding(draft("a"))
        try store.undoing()
      } else {
        _ = try Store.reading(killed)
        #expect(try Dump(killed) == before)
      }
      try checkStoreLaws(killed)
      #expect(!scratch.names.contains("killed.db-journal"))
    }
  }

  @Test func `every missing step is run, after a copy was made`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      let before = try Dump(path)
      let current = Schema.version
      try Store.migrate(
        path, named: path,
        steps: [
          Migration(version: current, sql: "DROP TABLE favourite"),
          Migration(version: current + 1, sql: "CREATE TABLE two(x); INSERT INTO two VALUES(2);"),
          Migration(version: current + 2, sql: "INSERT INTO two VALUES(3)"),
        ])
      let connection = try Connection(unhardened: path, access: .readOnly)
      let rows = try connection.prepare(
        "SELECT group_concat(x), (SELECT user_version FROM pragma_user_version) FROM two")
      #expect(try rows.step())
      #expect(rows.text(0) == "2,3")
      #expect(rows.integer(1) == Int64(current) + 2)
      #expect(try Dump(path) == before)
      let backup = try #require(try Store.backups(of: path).first)
      #expect(try Dump(backup.path) == before)
      expectReadable(backup.path)
      #expect(scratch.mode("favs.db.backups/" + backup.name) == 0o600)
      #expect(scratch.names == ["favs.db", "favs.db.backups", "favs.db.lock"])
    }
  }

  @Test func `a step that fails leaves the file as it was and the copy beside it`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      let bytes = scratch.bytes("favs.db")
      let steps = [
        Migration(version: Schema.version + 1, sql: "DELETE FROM favourite; DROP TABLE place"),
        Migration(version: Schema.version + 2, sql: "INSERT INTO nowhere VALUES(3)"),
      ]
      for _ in 0..<2 {
        #expect(throws: StoreError.self) {
          try Store.migrate(path, named: path, steps: steps)
        }
        #expect(scratch.bytes("favs.db") == bytes)
        #expect(try listed(path).map(\.title) == ["a"])
        let backups = try Store.backups(of: path)
        #expect(backups.count == 1)
        for backup in backups { expectReadable(backup.path) }
      }
    }
  }

  @Test func `what another has migrated meanwhile is not migrated again`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try Store.writing(path)
      let steps = [Migration(version: Schema.version + 1, sql: "CREATE TABLE two(x)")]
      try Store.migrate(path, named: path, steps: steps)
      try Store.migrate(path, named: path, steps: steps)
      try checkStoreLaws(path)
    }
  }

  /// A copy can be used in the place of the file.
  private func expectReadable(_ copy: String) {
    let outcome = Result { () throws -> [String] in try listed(copy).map(\.title) }
    #expect(throws: Never.self) { try outcome.get() }
  }
}
