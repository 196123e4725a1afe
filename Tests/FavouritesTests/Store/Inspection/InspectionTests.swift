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
    ("UPDATE category SET count = 9", Check.counts, "books"),
    ("DELETE FROM place WHERE favourite = 3", Check.ranks, "favourite 3"),
    (
      "UPDATE totals SET trashed = 4", Check.totals, "favourites 3, trashed 4"
    ),
    (
      "DELETE FROM tagging WHERE favourite = 2", Check.tags, "favourite 2"
    ),
    ("DELETE FROM attribute", Check.metadata, "favourite 1"),
    ("UPDATE tag SET count = 7", Check.tags, "tag classic"),
    ("DELETE FROM title", Check.titles, "favourite 1"),
    ("UPDATE title SET key = 'zz' WHERE favourite = 2", Check.titles, "favourite 2"),
    ("INSERT INTO title VALUES('zz', 3)", Check.titles, "favourite 3"),
    ("DELETE FROM link", Check.links, "favourite 1"),
    ("INSERT INTO link VALUES(7, 3)", Check.links, "favourite 3"),
    ("DELETE FROM totals", Check.totals, "there are none"),
    (
      "INSERT INTO tagging SELECT id, 3 FROM tag; UPDATE tag SET count = count + 1",
      Check.tags, "favourite 3"
    ),
    ("INSERT INTO tagging VALUES(99, 1)", Check.tags, "favourite 1"),
    (
      "INSERT INTO tag(key, name, count) VALUES('x', 'x', 0)", Check.tags,
      "tag x"
    ),
    ("UPDATE tag SET key = 'zz'", Check.tags, "favourite 1"),
    ("UPDATE attribute SET value = 1", Check.metadata, "favourite 1"),
    (
      "INSERT INTO attribute VALUES('ghost', 'x', 1, NULL)", Check.metadata,
      "favourite 1"
    ),
    ("UPDATE link SET key = key + 1", Check.links, "favourite 1"),
    ("INSERT INTO uid VALUES(7, 3)", Check.uids, "favourite 3"),
    ("INSERT INTO uid VALUES(7, 9)", Check.uids, "favourite 9"),
    ("DELETE FROM word", Check.search, "favourite 1: 'dune'"),
    (
      "INSERT INTO search(rowid, title) VALUES(3, 'more')",
      Check.search, "it does not know how many it holds"
    ),
    (
      "UPDATE category SET key = 'zz'", Check.categories, "books"
    ),
    (
      "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'favourite'", Check.ids,
      "the last favourite was 3, and 1 was noted"
    ),
    (
      "DELETE FROM sqlite_sequence", Check.ids,
      "the last favourite was 3, and 0 was noted"
    ),
    (
      "UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'category'",
      Check.ids, "the last category was 1, and 9223372036854775807 was noted"
    ),
    (
      "UPDATE place SET position = 9223372036854775807 WHERE favourite = 3",
      Check.ranks, "favourite 3"
    ),
    (
      "UPDATE block SET count = 9000000000000000000", Check.ranks, "block 1"
    ),
    (
      "DELETE FROM search_data WHERE id = 1", Check.search,
      "it does not know how many it holds"
    ),
    (
      "UPDATE search_data SET block = x'ffffffff' WHERE id = 1",
      Check.search, "it does not know how many it holds"
    ),
    (
      "DELETE FROM search_data WHERE id = 10", Check.search,
      "it is damaged"
    ),
    (
      "UPDATE search_data SET block = x'0000000001070700ffffffff7f' WHERE id = 10",
      Check.search, "it is damaged"
    ),
    (
      "DELETE FROM search_data", Check.search,
      "it does not know how many it holds"
    ),
    ("DELETE FROM search_idx", Check.search, "words are lost in it"),
    (
      "DELETE FROM search_config", Check.search,
      "its version is not known"
    ),
    (
      "UPDATE search_config SET v = 3", Check.search,
      "its version is not known"
    ),
    (
      "UPDATE place SET lengths = x'0107' WHERE favourite = 3", Check.search,
      "favourite 3: how many words it has"
    ),
    (
      "INSERT INTO search(rowid, note) VALUES(99, 'x')", Check.search,
      "it does not know how many it holds"
    ),
    (
      "UPDATE search_data SET block = x'ffffffff' WHERE id > 10",
      Check.search, "it is damaged"
    ),
  ])
  func `what does not follow from the rest is told, and made anew`(
    sql: String, check: Check, problem: String
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try filled(path)
      let before = try listed(path)
      try Connection(unhardened: path, access: .readWrite).execute(sql)
      let found = try inspected(&store).filter { $0.problem != nil }
      #expect(
        found.contains(Inspection(check: check, problem: problem, isRepairable: true)),
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
      try Connection(unhardened: path, access: .readWrite).execute(
        "UPDATE favourite SET change = 77 WHERE id = 2")
      #expect(
        try inspected(&store).filter { $0.problem != nil } == [
          Inspection(
            check: Check.history, problem: "favourite 2",
            isRepairable: false)
        ])
    }
  }

  @Test func `who else may read the file or write to its folder is told, and put right`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      #expect(try Store.privacy(of: path).map(\.problem) == [nil, nil, nil])
      chmod(path, 0o644)
      chmod(path + ".lock", 0o640)
      chmod(scratch.path, 0o775)
      #expect(
        try Store.privacy(of: path) == [
          Inspection(
            check: Check.filePrivacy, problem: "its mode is 644",
            isRepairable: true),
          Inspection(
            check: Check.companionPrivacy,
            problem: "favs.db.lock: its mode is 640", isRepairable: true),
          Inspection(
            check: Check.folderPrivacy, problem: "its mode is 775",
            isRepairable: true),
        ])
      try Store.makePrivate(path)
      #expect(try Store.privacy(of: path).map(\.problem) == [nil, nil, nil])
      #expect(scratch.mode("favs.db") == 0o600)
      #expect(scratch.mode("favs.db.lock") == 0o600)
      // So are backups, and the folder that they are in.
      let backup = try Store.backUp(path, .importing)
      chmod(backup.path, 0o604)
      #expect(
        try Store.privacy(of: path).map(\.problem) == [
          nil, "favs.db.backups/\(backup.name): its mode is 604", nil,
        ])
      chmod(path + ".backups", 0o750)
      #expect(
        try Store.privacy(of: path).map(\.problem) == [
          nil, "favs.db.backups: its mode is 750", nil,
        ])
      try Store.makePrivate(path)
      #expect(try Store.privacy(of: path).map(\.problem) == [nil, nil, nil])
      // Others may read what is in a folder, and in one like /tmp they may write too.
      chmod(scratch.path, 0o755)
      #expect(try Store.privacy(of: path).map(\.problem) == [nil, nil, nil])
      chmod(scratch.path, 0o1777)
      #expect(try Store.privacy(of: path).map(\.problem) == [nil, nil, nil])
      try Store.makePrivate(path)
      #expect(
        try FileManager.default.attributesOfItem(atPath: scratch.path)[.posixPermissions] as? Int
          == 0o1777)
    }
  }

  @Test func `a folder without the file is looked at alone`() throws {
    try withScratch { scratch in
      let found = try Store.privacy(of: scratch.file("none.db"))
      #expect(found.map(\.check) == [.folderPrivacy])
    }
  }

  @Test func `where a file lies there are locks to rely on and room for a backup`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      #expect(
        try Store.surroundings(of: path) == [
          Inspection(
            check: Check.locks, problem: nil, isRepairable: false),
          Inspection(check: Check.space, problem: nil, isRepairable: false),
          Inspection(
            check: Check.library, problem: nil,
            isRepairable: false),
        ])
    }
  }

  @Test func `no check reads all for each row of another`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try filled(path)
      let connection = try Connection(unhardened: path, access: .readOnly)
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
      #expect(found.count == 17)
      #expect(found.allSatisfy { $0.problem == nil })
    }
  }
}
