import Foundation
import SQLite
import TestSupport
import Testing

@testable import Favourites

struct OpeningTests {
  @Test func `a file that is not there is not found by a reader`() {
    withScratch { scratch in
      let error = #expect(throws: StoreError.self) {
        _ = try Store.reading(scratch.file("favs.db"))
      }
      guard case .host(let reason)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.isNotFound)
      #expect(scratch.names == [])
    }
  }

  @Test func `a writer makes a private file in a private directory`() throws {
    try withScratch { scratch in
      let old = umask(0)
      defer { umask(old) }
      _ = try Store.writing(scratch.file("new/favs.db"))
      #expect(scratch.mode("new") == 0o700)
      #expect(scratch.mode("new/favs.db") == 0o600)
      let names = try FileManager.default.contentsOfDirectory(atPath: scratch.file("new"))
      #expect(names == ["favs.db", "favs.db.lock"])
      try checkStoreLaws(scratch.file("new/favs.db"))
    }
  }

  @Test func `reading leaves the folder and the file as they were`() throws {
    try withScratch { scratch in
      _ = try filled(scratch)
      let (bytes, names) = (scratch.bytes("favs.db"), scratch.names)
      #expect(try listed(scratch.file("favs.db")).map(\.title) == ["a", "b"])
      _ = try Store.writing(scratch.file("favs.db"))
      #expect(scratch.bytes("favs.db") == bytes)
      #expect(scratch.names == names)
    }
  }

  @Test func `a file that is no favourites file is refused and not touched`() throws {
    let text = Array(String(repeating: "no database\n", count: 900).utf8)
    try refuses(text, as: .notADatabase)
    try refuses(Array("x".utf8), as: .notADatabase)
    try refuses([], as: .empty)
  }

  @Test func `another program's file and a newer one are refused and not touched`() throws {
    try refuses(changed(by: "PRAGMA application_id=1"), as: .foreign)
    try refuses(changed(by: "PRAGMA application_id=0"), as: .foreign)
    try refuses(changed(by: "PRAGMA user_version=0"), as: .foreign)
    try refuses(
      changed(by: "PRAGMA user_version=99"), as: .newer(version: 99, supported: Schema.version))
    try refuses(changed(by: "PRAGMA user_version=-1"), as: .foreign)
  }

  @Test(arguments: [
    ("CREATE TRIGGER spy AFTER INSERT ON favourite BEGIN DELETE FROM tag; END", "spy"),
    ("CREATE VIEW v AS SELECT 1", "v"), ("CREATE TABLE more(x)", "more"),
    ("CREATE INDEX slow ON favourite(note)", "slow"),
    ("ALTER TABLE block ADD COLUMN x TEXT", "block"),
    ("DROP TABLE totals", "totals"), ("DROP INDEX trash_uid", "trash_uid"),
    ("CREATE TEMP TABLE t(x); CREATE TABLE sqlite(x)", "sqlite"),
  ])
  func `a file whose layout was altered is refused and not touched`(
    sql: String, object: String
  ) throws {
    try refuses(changed(by: sql), as: .altered(object: object))
  }

  @Test func `a file that was cut off is refused and not touched`() throws {
    let whole = try changed(by: "PRAGMA user_version")
    for size in [50, 99, 100, 4_096, whole.count / 2, whole.count - 4_096] {
      withScratch { scratch in
        let cut = Array(whole[..<size])
        scratch.write(cut, to: "favs.db")
        #expect(throws: StoreError.self) { _ = try Store.reading(scratch.file("favs.db")) }
        #expect(throws: StoreError.self) { _ = try Store.writing(scratch.file("favs.db")) }
        #expect(scratch.bytes("favs.db") == cut)
        #expect(scratch.names == ["favs.db"])
      }
    }
  }

  @Test func `a link, a directory and a pipe are no files`() throws {
    try withScratch { scratch in
      _ = try filled(scratch)
      let manager = FileManager.default
      try manager.createSymbolicLink(
        atPath: scratch.file("link.db"), withDestinationPath: scratch.file("favs.db"))
      try manager.createSymbolicLink(
        atPath: scratch.file("loose.db"), withDestinationPath: scratch.file("none.db"))
      try manager.createDirectory(
        atPath: scratch.file("folder.db"), withIntermediateDirectories: false)
      mkfifo(scratch.file("pipe.db"), 0o600)
      for name in ["link.db", "loose.db", "folder.db", "pipe.db"] {
        let path = scratch.file(name)
        #expect(throws: StoreError.unusable(path: path, .notAFile)) {
          _ = try Store.reading(path)
        }
        #expect(throws: StoreError.unusable(path: path, .notAFile)) {
          _ = try Store.writing(path)
        }
      }
      #expect(try listed(scratch.file("favs.db")).map(\.title) == ["a", "b"])
    }
  }

  @Test func `a directory that is reached by a link is as good as any`() throws {
    try withScratch { scratch in
      _ = try filled(scratch)
      try FileManager.default.createSymbolicLink(
        atPath: scratch.file("here"), withDestinationPath: scratch.path)
      #expect(try listed(scratch.file("here/favs.db")).map(\.title) == ["a", "b"])
      var store = try Store.writing(scratch.file("here/favs.db"))
      try store.adding(draft("c"))
      #expect(try listed(scratch.file("favs.db")).map(\.title) == ["a", "b", "c"])
    }
  }

  @Test func `a file that was vacuumed is as good as before`() throws {
    try withScratch { scratch in
      let path = try filled(scratch)
      let before = try Dump(path)
      try Connection(unhardened: path, access: .readWrite).execute("VACUUM")
      #expect(try Dump(path) == before)
      let outcome = Result { () throws -> [String] in try listed(path).map(\.title) }
      #expect(throws: Never.self) { try outcome.get() }
    }
  }

  @Test(arguments: 1...8)
  func `twenty-four that begin at once share one file`(round: Int) async throws {
    let scratch = Scratch()
    let path = scratch.file("favs.db")
    let failures = await withTaskGroup(of: String?.self) { group in
      for number in 1...24 {
        group.addTask {
          await withCheckedContinuation { continuation in
            Thread.detachNewThread {
              do {
                var store = try Store.writing(path)
                try store.adding(draft("\(number)"))
                continuation.resume(returning: nil)
              } catch {
                continuation.resume(returning: "\(error)")
              }
            }
          }
        }
      }
      return await group.reduce(into: [String]()) { if let failure = $1 { $0.append(failure) } }
    }
    #expect(failures == [])
    let found = try listed(path).compactMap { Int($0.title) }
    #expect(found.sorted() == Array(1...24))
    #expect(scratch.names == ["favs.db", "favs.db.lock"])
    try checkStoreLaws(path)
  }

  /// Checks that a file of these bytes is opened by nobody, and is left as it was.
  private func refuses(
    _ bytes: [UInt8], as reason: UnusableFile, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write(bytes, to: "favs.db")
      #expect(throws: StoreError.unusable(path: path, reason), sourceLocation: sourceLocation) {
        _ = try Store.reading(path)
      }
      #expect(throws: StoreError.unusable(path: path, reason), sourceLocation: sourceLocation) {
        _ = try Store.writing(path)
      }
      #expect(scratch.bytes("favs.db") == bytes, sourceLocation: sourceLocation)
      #expect(scratch.names == ["favs.db"], sourceLocation: sourceLocation)
    }
  }

  /// The bytes of a good file after some SQL.
  private func changed(by sql: String) throws -> [UInt8] {
    try withScratch { scratch in
      try Connection(unhardened: filled(scratch), access: .readWrite).execute(sql)
      return scratch.bytes("favs.db") ?? []
    }
  }

  /// A file with two favourites; gives its path.
  private func filled(_ scratch: Scratch) throws -> String {
    let path = scratch.file("favs.db")
    var store = try Store.writing(path)
    try store.adding(draft("a", tags: ["t"]))
    try store.adding(draft("b", url: "https://x/"))
    return path
  }
}
