import Foundation
import SQLite
import TestSupport
import Testing

@testable import Favourites

struct InspectionTests {
  private func inspected(_ store: inout Store) throws -> [Inspection] {
    try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
      (store) throws(StoreError) in try store.inspect()
    }.result
  }

  private func filled(_ path: String) throws -> Store {
    var store = try Store.writing(path)
    try store.adding(
      draft("Dune", url: "https://x/", in: "books", tags: ["classic"], set: ["year=1965"]))
    try store.adding(draft("Emma", in: "books", tags: ["classic"]))
    try store.adding(draft("Solaris", in: "books"))
    return store
  }

  @Test(arguments: [
    ("UPDATE category SET count = 9", "each category knows how many are in it", "books"),
    ("DELETE FROM place WHERE favourite = 3", "each favourite has its rank", "favourite 3"),
    (
      "UPDATE totals SET trashed = 4", "the totals are what there is", "favourites 3, trashed 4"
    ),
    (
      "DELETE FROM tagging WHERE favourite = 2", "tags are indexed as they stand", "favourite 2"
    ),
    ("DELETE FROM attribute", "metadata is indexed as it stands", "favourite 1"),
    ("UPDATE tag SET count = 7", "tags are indexed as they stand", "tag classic"),
    ("DELETE FROM link", "each link is indexed", "favourite 1"),
    ("INSERT INTO link VALUES(7, 3)", "each link is indexed", "favourite 3"),
    (
      "DELETE FROM search_docsize WHERE id = 3", "the search index holds each favourite",
      "favourite 3"
    ),
    (
      "UPDATE search_data SET block = x'ffffffff' WHERE id > 10",
      "the search index holds each favourite", "it is damaged"
    ),
  ])
  func `what does not follow from the rest is told, and made anew`(
    sql: String, subject: String, problem: String
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      let before = try listed(path)
      try Connection(path: path, access: .readWrite).execute(sql)
      let found = try inspected(&store).filter { $0.problem != nil }
      #expect(
        found.contains(Inspection(subject: subject, problem: problem, isRepairable: true)),
        "\(found)")
      try store.changing { store throws(StoreError) in try store.repair() }
      #expect(try inspected(&store).filter { $0.problem != nil } == [])
      #expect(try listed(path) == before)
      try checkStoreLaws(path)
    }
  }

  @Test func `what was made outside of any change is told, and not made anew`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      try Connection(path: path, access: .readWrite).execute(
        "UPDATE favourite SET change = 77 WHERE id = 2")
      #expect(
        try inspected(&store).filter { $0.problem != nil } == [
          Inspection(
            subject: "the history goes with the favourites", problem: "favourite 2",
            isRepairable: false)
        ])
    }
  }

  @Test func `how much of a file is free is known`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      let before = try store.space()
      #expect(before.free == 0)
      #expect(before.whole == scratch.bytes("favs.db").map { Int64($0.count) })
      let long = try draft("long", note: String(repeating: "x", count: 100_000))
      let id = try store.adding(long)
      try store.changing { store throws(StoreError) in _ = try store.remove([id]) }
      try store.changing { store throws(StoreError) in _ = try store.empty([id]) }
      let after = try store.space()
      #expect(after.free > 50_000)
      #expect(after.whole > before.whole)
    }
  }

  @Test func `who else may read the file or write to its folder is told, and put right`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      #expect(try Store.privacy(of: path).map(\.problem) == [nil, nil])
      chmod(path, 0o644)
      chmod(scratch.path, 0o775)
      #expect(
        try Store.privacy(of: path) == [
          Inspection(
            subject: "only you may read the file", problem: "its mode is 644", isRepairable: true),
          Inspection(
            subject: "only you may write to its folder", problem: "its mode is 775",
            isRepairable: true),
        ])
      try Store.makePrivate(path)
      #expect(try Store.privacy(of: path).map(\.problem) == [nil, nil])
      #expect(scratch.mode("favs.db") == 0o600)
      // Others may read what is in a folder, and in one like /tmp they may write too.
      chmod(scratch.path, 0o755)
      #expect(try Store.privacy(of: path).map(\.problem) == [nil, nil])
      chmod(scratch.path, 0o1777)
      #expect(try Store.privacy(of: path).map(\.problem) == [nil, nil])
      try Store.makePrivate(path)
      #expect(
        try FileManager.default.attributesOfItem(atPath: scratch.path)[.posixPermissions] as? Int
          == 0o1777)
    }
  }

  @Test func `a folder without the file is looked at alone`() throws {
    try withScratch { scratch in
      let found = try Store.privacy(of: scratch.file("none.db"))
      #expect(found.map(\.subject) == ["only you may write to its folder"])
    }
  }

  @Test func `where a file lies there are locks to rely on and room for a backup`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      #expect(
        try Store.surroundings(of: path) == [
          Inspection(
            subject: "its file system keeps locks", problem: nil, isRepairable: false),
          Inspection(subject: "there is room for a backup", problem: nil, isRepairable: false),
          Inspection(
            subject: "SQLite \(Store.libraryVersion) is as new as favs needs", problem: nil,
            isRepairable: false),
        ])
    }
  }

  @Test func `no check reads all for each row of another`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      let connection = try Connection(path: path, access: .readOnly)
      for sql in Store.derived.map(\.sql) + [Store.history] {
        let rows = try connection.prepare("EXPLAIN QUERY PLAN " + sql)
        var parents: [Int64: String] = [:]
        while try rows.step() {
          parents[rows.integer(0)] = rows.text(3)
          let within = parents[rows.integer(1)] ?? ""
          let isRepeated = within.hasPrefix("CORRELATED") && !rows.text(3).hasPrefix("SEARCH")
          #expect(!isRepeated, "\(rows.text(3)) in \(sql)")
        }
      }
    }
  }

  @Test func `a store that is open for reading is looked over too`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      var store = try Store.reading(path)
      let found = try store.inspect()
      #expect(found.count == 10)
      #expect(found.allSatisfy { $0.problem == nil })
    }
  }
}
