import Foundation
import SQLite
import TestSupport
import Testing

@testable import Favourites

/// Forgetting, looked at byte by byte.
struct RemainsTests {
  @Test func `of collections of all shapes nothing is left in any file of what was emptied`()
    throws
  {
    for seed in 0..<(isFull ? 500 : 40) as Range<UInt64> {
      try withScratch { scratch in
        var dice = try Shape(seed: seed)
        let path = scratch.file("favs.db")
        var store = try Store.writing(path)
        let (secrets, words) = try dice.fill(&store)
        try store.changing("rm many") { store throws(StoreError) in
          _ = try store.remove(secrets)
          if !secrets.isEmpty { _ = try store.removeCategory(dice.hidden) }
        }
        if dice.next(upTo: 2) == 0 { try store.adding(draft(dice.word(), in: "kept/later")) }
        let ids = try store.trashedIDs(TrashQuery()) + store.undoneIDs(before: nil)
        try store.changing("trash empty") { store throws(StoreError) in
          try store.empty(ids)
          try store.emptyCategories(deletedBefore: nil)
        }
        #expect(try !store.connection.hasRemains(), "collection \(seed)")
        for name in scratch.names {
          let found = try Shape.words(in: #require(scratch.bytes(name))).intersection(words)
          #expect(
            found.isEmpty, "collection \(seed): \(name) holds \(found.count) of \(words.count)")
        }
      }
    }
  }

  @Test(arguments: [false, true])
  func `what an older favs left in a page is found, and the file made anew`(isFree: Bool) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for number in 0..<300 {
        try store.adding(draft("kept \(number)", in: "a", note: "note \(number)", tags: ["t"]))
      }
      try store.adding(draft("big", in: "a", note: String(repeating: "long ", count: 5_000)))
      try store.changing { store throws(StoreError) in try store.remove([301]) }
      try store.changing { store throws(StoreError) in try store.empty([301]) }
      #expect(try !store.connection.hasRemains())
      let before = try listed(path)
      let bytes = try #require(scratch.bytes("favs.db"))
      let place = try #require(isFree ? Self.freePage(bytes) : Self.gap(bytes))
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try file.seek(toOffset: UInt64(place))
      try file.write(contentsOf: Data("secretremain".utf8))
      #expect(try store.connection.hasRemains())
      try store.clearRemains()
      #expect(try !store.connection.hasRemains())
      let after = try #require(scratch.bytes("favs.db"))
      #expect(!String(decoding: after, as: UTF8.self).contains("secretremain"))
      #expect(try listed(path) == before)
      #expect(scratch.names == ["favs.db", "favs.db.lock"])
      try checkStoreLaws(path)
      try store.adding(draft("later", in: "a"))
      try file.close()
    }
  }

  @Test func `a file that was mostly trash becomes small when that is emptied`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let gone = try draft("gone", in: "a", note: String(repeating: "long note ", count: 800))
      let kept = try draft("kept", in: "b")
      for _ in 0..<8 {
        try store.changing { store throws(StoreError) in
          for _ in 0..<40 { _ = try store.add(gone, duplicates: .allow) }
          _ = try store.add(kept, duplicates: .allow)
        }
      }
      let ids = (Int64(1)...328).filter { $0 % 41 != 0 }
      try store.changing { store throws(StoreError) in try store.remove(ids) }
      // What the index had of them is free already.
      try store.changing { store throws(StoreError) in try store.empty(Array(ids.prefix(5))) }
      try store.clearRemains()
      try store.changing { store throws(StoreError) in try store.empty(Array(ids[5..<20])) }
      let large = try #require(scratch.bytes("favs.db")).count
      try store.clearRemains()
      #expect(try #require(scratch.bytes("favs.db")).count == large, "little is free")
      try store.changing { store throws(StoreError) in try store.empty(Array(ids.dropFirst(20))) }
      #expect(try #require(scratch.bytes("favs.db")).count >= large)
      let before = try listed(path)
      try store.clearRemains()
      let small = try #require(scratch.bytes("favs.db")).count
      #expect(small < large / 8, "\(small) of \(large)")
      #expect(try listed(path) == before && before.count == 8)
      #expect(scratch.names == ["favs.db", "favs.db.lock"])
      try checkStoreLaws(path)
      try store.adding(draft("later", in: "a"))
      try checkStoreLaws(path)
    }
  }

  /// Pages that tell what leads to others begin as those of a tree do, and were written with zeros
  /// in them.
  @Test(arguments: ["FULL", "INCREMENTAL"])
  func `a file that was put into auto-vacuum stays sound, and forgets`(mode: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      func fill(_ name: String) throws {
        let drafts = try (0..<200).map { number in
          let note = String(repeating: "\(name)\(number) ", count: 50 + 2 * number)
          return try draft("\(name) \(number)", in: name, note: note)
        }
        try store.changing { store throws(StoreError) in
          for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
        }
      }
      try fill("kept")
      try Self.rebuild(path, "PRAGMA auto_vacuum=\(mode); PRAGMA page_size=512; VACUUM")
      store = try Store.writing(path)
      try fill("zqsecret")
      let ids = Array(Int64(201)...400)
      try store.changing { store throws(StoreError) in _ = try store.remove(ids) }
      try store.changing { store throws(StoreError) in try store.empty(ids) }
      try checkStoreLaws(path)
      // What the other program left is cleared as that of an older favs is.
      try store.clearRemains()
      #expect(try !store.connection.hasRemains())
      let bytes = try #require(scratch.bytes("favs.db"))
      #expect(!String(decoding: bytes, as: UTF8.self).lowercased().contains("zqsecret1"))
      try checkStoreLaws(path)
      try Self.rebuild(path, "PRAGMA auto_vacuum=NONE; VACUUM")
      try checkStoreLaws(path)
    }
  }

  /// Has another program make the pages of a file anew.
  private static func rebuild(_ path: String, _ sql: String) throws {
    let ran = try runSQL(sql, on: path)
    #expect(ran.code == 0, "\(ran.output)")
  }

  /// Where the room between the cells of some page begins.
  private static func gap(_ bytes: [UInt8]) -> Int? {
    stride(from: 4_096, to: bytes.count, by: 4_096).lazy.compactMap { page -> Int? in
      guard bytes[page] == 0x0D else { return nil }
      func short(_ offset: Int) -> Int {
        Int(bytes[page + offset]) << 8 | Int(bytes[page + offset + 1])
      }
      let first = 8 + 2 * short(3)
      return short(3) > 0 && short(5) - first > 64 ? page + first + 20 : nil
    }.first
  }

  /// Where a free page begins.
  private static func freePage(_ bytes: [UInt8]) -> Int? {
    func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    let list = number(32)
    guard list > 0, number((list - 1) * 4_096 + 4) > 0 else { return nil }
    return (number((list - 1) * 4_096 + 8) - 1) * 4_096
  }
}

/// Favourites of a random shape, of which some are to be forgotten, with words that nothing else
/// holds.
private struct Shape {
  private var random: SplitMix
  let hidden: CategoryPath

  init(seed: UInt64) throws {
    random = SplitMix(seed: seed)
    hidden = try CategoryPath.parse("zqhidden")
  }

  mutating func next(upTo limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

  mutating func one(of numbers: Int...) -> Int { numbers[next(upTo: numbers.count)] }

  /// A word of its own.
  mutating func word() -> String {
    "zq" + String((0..<10).map { _ in Character(Unicode.Scalar(UInt8(97 + next(upTo: 26)))) })
  }

  /// The words that stand anywhere in some bytes, in whatever case.
  static func words(in bytes: [UInt8]) -> Set<String> {
    var found: Set<String> = []
    var index = 0
    while index + 12 <= bytes.count {
      if bytes[index] | 0x20 == 0x7A, bytes[index + 1] | 0x20 == 0x71 {
        let word = bytes[index..<index + 12].map { $0 | 0x20 }
        found.insert(String(decoding: word, as: UTF8.self))
      }
      index += 1
    }
    return found
  }

  /// Fills a store; gives the ids of what is to go, and its words.
  mutating func fill(_ store: inout Store) throws -> (ids: [Int64], words: Set<String>) {
    var (ids, words): ([Int64], Set<String>) = ([], ["zqhidden"])
    let share = one(of: 2, 3, 8)
    for _ in 0..<one(of: 1, 3) {
      let count = one(of: 2, 8, 25, 60)
      var drafts: [(Draft, Bool)] = []
      for _ in 0..<count {
        let isSecret = next(upTo: share) == 0
        var own: Set<String> = []
        drafts.append((try one(isSecret, &own), isSecret))
        if isSecret { words.formUnion(own) }
      }
      ids += try store.changing("import") { store throws(StoreError) in
        var secrets: [Int64] = []
        for (draft, isSecret) in drafts {
          let id = try store.add(draft, duplicates: .allow).id
          if isSecret { secrets.append(id) }
        }
        return secrets
      }
    }
    for _ in 0..<one(of: 0, 3) {
      guard let id = ids.first else { break }
      var patch = Patch()
      patch.title = word()
      patch.note = String(repeating: word() + " ", count: one(of: 1, 400))
      words.formUnion(Self.words(in: Array("\(patch.title ?? "") \(patch.note ?? "")".utf8)))
      try store.changing("edit \(patch.title ?? "")") { store throws(StoreError) in
        _ = try store.edit([id], patch)
      }
    }
    return (ids, words)
  }

  private mutating func one(_ isSecret: Bool, _ words: inout Set<String>) throws -> Draft {
    func many(_ count: Int, _ shape: inout Self, _ words: inout Set<String>) -> [String] {
      (0..<count).map { _ in
        let word = shape.word()
        words.insert(word)
        return word
      }
    }
    let title = many(one(of: 1, 2, 40), &self, &words).joined(separator: " ")
    let links = many(3, &self, &words)
    let url =
      next(upTo: 3) == 0
      ? nil : "https://\(links[0]).example/%C3%84\(links[1].uppercased())?q=\(links[2])"
    let note = many(one(of: 0, 1, 20, 600), &self, &words).joined(separator: " ")
    let tags = many(one(of: 0, 1, 12), &self, &words)
    let fields = many(2 * one(of: 0, 1, 5), &self, &words)
    let set = stride(from: 0, to: fields.count, by: 2).map { "\(fields[$0])=\(fields[$0 + 1])" }
    let place = many(1, &self, &words)[0]
    return try draft(
      title, url: url, in: isSecret ? "zqhidden/\(place)" : "kept/\(next(upTo: 3))",
      note: note.isEmpty ? nil : note, tags: tags, set: set)
  }
}
