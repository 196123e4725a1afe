import SQLite
import TestSupport
import Testing

@testable import Favourites

/// A favourite is found by its uid, whether the date in it leads there or an entry.
struct IndexingUIDsTests {
  private static let time: Int64 = 1_700_000_000_000

  private func uid(at time: Int64, _ low: UInt64) -> UID {
    UID(high: UInt64(time) << 16 | 0x7000, low: 0x8000_0000_0000_0000 | low)
  }

  private func draft(_ title: String, _ uid: UID, createdAt time: Int64) throws -> Draft {
    var draft = try FavouritesTests.draft(title)
    draft.uid = uid
    draft.createdAt = Timestamp(milliseconds: time)
    return draft
  }

  private func take(_ drafts: [Draft], into store: inout Store) throws {
    _ = try store.changing("import") { store throws(StoreError) in
      var order = ImportOrder()
      var preparer = DraftPreparer()
      for draft in drafts {
        _ = try store.take(preparer.prepared(draft), duplicates: .skip, order: &order)
      }
      try store.settle(order)
    }
  }

  private func entries(_ store: borrowing Store) throws -> [Int64] {
    try store.connection.integers("SELECT favourite FROM uid ORDER BY favourite")
  }

  @Test func `the date in a uid leads to what is alone with it, and an entry to the others`() throws
  {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let (a, b, c) = (uid(at: Self.time, 1), uid(at: Self.time + 1, 2), uid(at: Self.time, 3))
      try take(
        [
          draft("a", a, createdAt: Self.time), draft("b", b, createdAt: Self.time + 1),
        ], into: &store)
      #expect(try entries(store) == [])
      #expect(try store.written(withUID: a) == 1)
      #expect(try store.written(withUID: b) == 2)
      #expect(try store.written(withUID: c) == nil)
      // Of two with one date, neither is alone.
      try take([draft("c", c, createdAt: Self.time)], into: &store)
      #expect(try entries(store) == [1, 3])
      // Another date than that of the uid; and then one with the date that b is alone with.
      let (d, e) = (uid(at: 5, 4), uid(at: 6, 5))
      try take([draft("d", d, createdAt: Self.time + 9)], into: &store)
      #expect(try entries(store) == [1, 3, 4])
      try take([draft("e", e, createdAt: Self.time + 1)], into: &store)
      #expect(try entries(store) == [1, 2, 3, 4, 5])
      for (id, uid) in zip(Int64(1)..., [a, b, c, d, e]) {
        #expect(try store.written(withUID: uid) == id)
        #expect(try store.find(uid.text) == id)
      }
      try checkStoreLaws(path)
    }
  }

  @Test func `the beginning of a uid is enough, for each kind of them`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let uids = [
        uid(at: Self.time, 1), uid(at: Self.time + 1, 2), uid(at: Self.time + 1, 3),
        uid(at: 7 << 20, 4), uid(at: Self.time, 0x5000_0000),
      ]
      let dates = [0, 1, 1, 2, 3].map { Self.time + $0 }
      try take(
        zip(uids, dates).map { try draft("\($0.low)", $0, createdAt: $1) }, into: &store)
      func found(_ digits: Int, of uid: UID) throws -> [Int64] {
        let text = String(uid.text.filter { $0 != "-" }.prefix(digits))
        return try store.favourites(withUIDs: #require(UID.Prefix(text: text)), most: 20).sorted()
      }
      #expect(try found(8, of: uids[0]) == [1, 2, 3, 5])
      #expect(try found(12, of: uids[0]) == [1, 5])
      #expect(try found(12, of: uids[1]) == [2, 3])
      #expect(try found(8, of: uids[3]) == [4])
      #expect(try found(25, of: uids[4]) == [5])
      for (id, uid) in zip(Int64(1)..., uids) { #expect(try found(32, of: uid) == [id]) }
      #expect(try found(32, of: uid(at: Self.time, 6)) == [])
      #expect(
        try store.favourites(
          withUIDs: #require(UID.Prefix(text: String(uids[0].text.prefix(8)))), most: 2
        )
        .count == 2)
    }
  }

  /// Few dates, so that they are shared; uids of other dates; removed, restored, taken back.
  @Test(arguments: 1...6)
  func `each is found whatever comes and goes, and nothing else is`(seed: Int) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      var random = SplitMix(seed: UInt64(seed))
      var made: [UID] = []
      for step in 0..<40 {
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
          var drafts: [Draft] = []
          for _ in 0..<Int.random(in: 1...4, using: &random) {
            let date = Self.time + Int64.random(in: 0..<6, using: &random)
            let own = Bool.random(using: &random)
            let uid = uid(
              at: own ? date : Self.time + Int64.random(in: 0..<9, using: &random),
              UInt64(made.count + 1))
            made.append(uid)
            drafts.append(try draft("\(step)", uid, createdAt: date))
          }
          try take(drafts, into: &store)
        case 2, 3:
          guard let id = try listed(path).map(\.id).randomElement(using: &random) else { continue }
          try store.changing { store throws(StoreError) in _ = try store.remove([id]) }
        case 4:
          let gone = try store.connection.integers("SELECT id FROM trash")
          guard let id = gone.randomElement(using: &random) else { continue }
          try store.changing { store throws(StoreError) in _ = try store.restore([id]) }
        default: _ = try? store.undoing()
        }
        let living = try store.connection.prepare("SELECT id, uid FROM favourite")
        var ids: [UID: Int64] = [:]
        while try living.step() {
          ids[try #require(UID(bytes: living.bytes(1)))] = living.integer(0)
        }
        for uid in made { #expect(try store.written(withUID: uid) == ids[uid]) }
        for uid in ids.keys {
          let all = try store.favourites(
            withUIDs: #require(UID.Prefix(text: String(uid.text.prefix(13)))), most: 1_000)
          let expected = ids.filter { $0.key.high >> 16 == uid.high >> 16 }.values
          #expect(all.sorted() == expected.sorted())
        }
      }
      try checkStoreLaws(path)
      #expect(try store.inspect().filter { $0.problem != nil } == [])
    }
  }

  @Test(arguments: [
    // The date of 2 is that of 1 then, and both need an entry.
    ("UPDATE favourite SET created_at = \(time) WHERE id = 2", "favourite 1"),
    ("UPDATE favourite SET created_at = 5 WHERE id = 2", "favourite 2"),
    ("UPDATE favourite SET uid = x'00000000000000000000000000000001' WHERE id = 1", "favourite 1"),
  ])
  func `an entry that is missing is told, and made`(sql: String, problem: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let drafts = try (0..<2).map {
        try draft("\($0)", uid(at: Self.time + $0, 1), createdAt: Self.time + $0)
      }
      try take(drafts, into: &store)
      try store.connection.execute(sql)
      let found = try store.inspectDerived().filter { $0.problem != nil }
      #expect(found.map(\.check) == [.uids])
      #expect(found.first?.problem == problem)
      try store.changing { store throws(StoreError) in try store.repair() }
      try checkStoreLaws(path)
    }
  }

  @Test func `one uid of two is told, once all entries are made`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try take(
        [draft("a", uid(at: Self.time, 1), createdAt: Self.time)], into: &store)
      try store.adding(FavouritesTests.draft("b"))
      #expect(try store.sharedUID() == nil)
      try store.connection.execute(
        "UPDATE favourite SET uid = (SELECT uid FROM favourite WHERE id = 1) WHERE id = 2")
      try store.changing { store throws(StoreError) in try store.repair() }
      let shared = try #require(try store.sharedUID())
      #expect(shared == (1, 2))
    }
  }
}
