import SQLite
import TestSupport
import Testing

@testable import Favourites

struct MigratingTests {
  @Test func `every missing step is run, after a copy was made`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      let before = try Dump(path)
      try Store.migrate(
        path, named: path, from: 1,
        steps: [
          Migration(version: 1, sql: "DROP TABLE favourite"),
          Migration(version: 2, sql: "CREATE TABLE two(x); INSERT INTO two VALUES(2);"),
          Migration(version: 3, sql: "INSERT INTO two VALUES(3)"),
        ])
      let connection = try Connection(path: path, access: .readOnly)
      let rows = try connection.prepare(
        "SELECT group_concat(x), (SELECT user_version FROM pragma_user_version) FROM two")
      #expect(try rows.step())
      #expect(rows.text(0) == "2,3")
      #expect(rows.integer(1) == 3)
      #expect(try Dump(path) == before)
      #expect(try Dump(scratch.file("favs.db.before-version-2")) == before)
      expectReadable(scratch.file("favs.db.before-version-2"))
      #expect(scratch.mode("favs.db.before-version-2") == 0o600)
      #expect(scratch.names == ["favs.db", "favs.db.before-version-2", "favs.db.lock"])
    }
  }

  @Test func `a step that fails leaves the file as it was and the copy beside it`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      let bytes = scratch.bytes("favs.db")
      let steps = [
        Migration(version: 2, sql: "DELETE FROM favourite; DROP TABLE place"),
        Migration(version: 3, sql: "INSERT INTO nowhere VALUES(3)"),
      ]
      for _ in 0..<2 {
        #expect(throws: StoreError.self) {
          try Store.migrate(path, named: path, from: 1, steps: steps)
        }
        #expect(scratch.bytes("favs.db") == bytes)
        #expect(try listed(path).map(\.title) == ["a"])
        expectReadable(scratch.file("favs.db.before-version-2"))
        #expect(scratch.names == ["favs.db", "favs.db.before-version-2", "favs.db.lock"])
      }
    }
  }

  @Test func `what another has migrated meanwhile is not migrated again`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try Store.writing(path)
      let steps = [Migration(version: 2, sql: "CREATE TABLE two(x)")]
      try Store.migrate(path, named: path, from: 1, steps: steps)
      try Store.migrate(path, named: path, from: 1, steps: steps)
      try checkStoreLaws(path)
    }
  }

  /// A copy can be used in the place of the file.
  private func expectReadable(_ copy: String) {
    let outcome = Result { () throws -> [String] in try listed(copy).map(\.title) }
    #expect(throws: Never.self) { try outcome.get() }
  }
}
