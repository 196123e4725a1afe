import Foundation
import SQLite
import TestSupport
import Testing

@testable import Favourites

/// `doctor --salvage`, from one file to another: what is sound comes out as it was.
struct SalvagingTests {
  /// What a person entered, without ids and changes.
  private func content(
    _ path: String, without left: Set<FavouriteField> = [.id]
  ) throws -> [String] {
    var store = try Store.reading(path)
    var found: [String] = []
    let fields = FavouriteField.kept.filter { !left.contains($0) }
    var rows = try store.rows(Selection(), ordering: Ordering(.rank), slice: .all)
    while let favourite = try rows.next(in: &store) {
      found.append(fields.map { "\($0.rawValue): \(favourite.text($0))" }.joined(separator: "\n"))
    }
    for category in try store.categories() {
      found.append("\(category.name) \(category.note ?? "") \(String(describing: category.schema))")
    }
    return found
  }

  private func fill(_ path: String) throws {
    var store = try Store.writing(path)
    try store.changingAtRandom(60, seed: 11)
    var long = try draft("long")
    long.note = String(repeating: "a long note ", count: 4_000)
    try store.adding(long)
    try store.changing { (store) throws(StoreError) in
      for index in 0..<2_000 {
        var small = Draft()
        small.title = "favourite \(index)"
        small.note = String(repeating: "x", count: index % 300)
        _ = try store.add(small, duplicates: .allow)
      }
    }
  }

  @Test func `out of a sound file comes all that was entered`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path)
      let bytes = scratch.bytes("favs.db")
      let found = try salvage(path, to: scratch.file("new.db"))
      #expect(found.lostRows == 0 && found.damagedPages == 0)
      #expect(try content(scratch.file("new.db")) == content(path))
      #expect(found.trashed == Int(try Store.reading(path).trashedIDs(TrashQuery()).count))
      #expect(scratch.bytes("favs.db") == bytes)
      try checkStoreLaws(scratch.file("new.db"))
    }
  }

  @Test(arguments: 1...12)
  func `out of a damaged one comes what was not hit`(seed: UInt64) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fill(path)
      let before = Set(try content(path, without: [.id, .rank]))
      var bytes = try #require(scratch.bytes("favs.db"))
      var random = SplitMix(seed: seed)
      // A few pages are overwritten, the first among them now and then, and the end is cut off.
      let pages = bytes.count / 4_096
      for _ in 0..<6 {
        let page = Int.random(in: 0..<pages, using: &random)
        for offset in 0..<4_096 {
          bytes[page * 4_096 + offset] = UInt8.random(in: 0...255, using: &random)
        }
      }
      if seed.isMultiple(of: 3) {
        bytes.replaceSubrange(0..<4_096, with: repeatElement(0, count: 4_096))
      }
      if seed.isMultiple(of: 4) { bytes.removeLast(5_000) }
      scratch.write(bytes, to: "favs.db")
      let found = try salvage(path, to: scratch.file("new.db"))
      try checkStoreLaws(scratch.file("new.db"))
      let after = try content(scratch.file("new.db"), without: [.id, .rank])
      // Eight pages hold a few hundred rows at most.
      #expect(found.favourites > 1_200, "\(found)")
      // Nothing is made up: what comes out went in, but for what lost its category.
      let made = after.filter { $0.contains("title: favourite") && !before.contains($0) }
      #expect(made.allSatisfy { $0.contains("salvaged/") }, "\(made.first ?? "")")
      #expect(scratch.bytes("favs.db") == bytes)
    }
  }

  @Test func `what is no database is refused, and nothing is made`() throws {
    withScratch { scratch in
      let files: [(bytes: [UInt8], reason: UnusableFile)] = [
        ([], .empty), (Array("hello".utf8), .notADatabase),
        ([UInt8](repeating: 13, count: 40_000), .notADatabase),
        (Array(String(repeating: "a text of many lines\n", count: 4_000).utf8), .notADatabase),
      ]
      for (bytes, reason) in files {
        scratch.write(bytes, to: "x")
        let path = scratch.file("x")
        #expect(throws: StoreError.unusable(path: path, reason)) {
          _ = try Store.salvage(path, into: scratch.file("new/y"), command: "x")
        }
      }
      #expect(scratch.names == ["x"])
    }
  }

  @Test func `another program's file is refused`() throws {
    try withScratch { scratch in
      let path = scratch.file("other.db")
      scratch.write([], to: "other.db")
      try Connection(unhardened: path, access: .readWrite).execute(
        "CREATE TABLE place(a, b, c); INSERT INTO place VALUES(1, 2, 3)")
      try Connection(unhardened: path, access: .readWrite).execute(
        "DROP TABLE place; CREATE TABLE t(a)")
      #expect(throws: StoreError.unusable(path: path, .foreign)) {
        _ = try Store.salvage(path, into: scratch.file("new.db"), command: "x")
      }
      #expect(scratch.names == ["other.db"])
    }
  }

  @Test func `a file without favourites and categories gives none`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try Store.writing(path)
      #expect(throws: StoreError.unusable(path: path, .nothingLeft)) {
        try salvage(path, to: scratch.file("new.db"))
      }
      #expect(!scratch.names.contains("new.db"))
    }
  }

  @Test(arguments: 1...4)
  func `of a sound file everything is the same afterwards, the trash too`(seed: UInt64) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fillWithEverything(path)
      var store = try Store.writing(path)
      try store.changingAtRandom(60, seed: seed)
      _ = consume store
      let found = try salvage(path, to: scratch.file("new.db"))
      let (old, new) = (try Entered(path), try Entered(scratch.file("new.db")))
      #expect(new.favourites == old.favourites)
      #expect(new.categories == old.categories)
      #expect(new.trash == old.trash)
      #expect(new.trashedCategories == old.trashedCategories)
      #expect(found.isComplete, "\(found)")
      #expect(found.favourites == old.favourites.count)
      #expect(found.trashed == old.trash.count)
      #expect(found.categories == old.categories.count)
      #expect(found.trashedCategories == old.trashedCategories.count)
    }
  }

  @Test func `a trashed category comes back with what went with it, and no more`() throws {
    try withScratch { scratch in
      let (path, target) = (scratch.file("favs.db"), scratch.file("new.db"))
      try fillWithEverything(path)
      _ = try salvage(path, to: target)
      let gone = try CategoryPath.parse("gone")
      for file in [path, target] {
        var store = try Store.writing(file)
        try store.changing { (store) throws(StoreError) in _ = try store.restoreCategory(gone) }
        #expect(try titles(file, in: "gone").sorted() == ["far", "near"])
        #expect(try titles(file, in: "gone/far") == ["far"])
        let category = try store.category(gone)
        #expect(category.note == "to go")
        #expect(category.schema?.fields.map(\.key) == ["year"])
        try checkStoreLaws(file)
      }
    }
  }
}
