import TestSupport
import Testing

@testable import Favourites

extension Store {
  /// How many segments the index has.
  func indexSegments() throws -> Int64 {
    try connection.integer("SELECT count(DISTINCT segid) FROM search_idx") ?? 0
  }
}

/// How much of the index changes merge.
struct IndexMergingTests {
  /// The rows of leaves of the index.
  private func leaves(of store: borrowing Store) throws -> Set<Int64> {
    Set(try store.connection.integers("SELECT id FROM search_data WHERE id > 10"))
  }

  /// Drafts with enough words, different ones in each, to fill three leaves.
  private func drafts(
    _ count: Int, of words: Int = 400, _ random: inout SplitMix
  ) throws -> [Draft] {
    try (0..<count).map { number in
      let words = (0..<words).map { _ in
        String(UInt32.random(in: 0...(.max), using: &random), radix: 36)
      }
      return try draft("Title \(number)", note: words.joined(separator: " "))
    }
  }

  /// FTS5 by itself would write some 200 leaves in one of them.
  @Test func `small changes share the merging evenly`() throws {
    var store = try Store.inMemory(named: "memory")
    var random = SplitMix(seed: 5)
    var known: Set<Int64> = []
    var most = 0
    for draft in try drafts(200, &random) {
      try store.changing { store throws(StoreError) in
        _ = try store.add(draft, duplicates: .allow)
      }
      let now = try leaves(of: store)
      most = max(most, now.subtracting(known).count)
      known = now
    }
    #expect((9...30).contains(most), "leaves written by one change: \(most)")
    let parts = try store.indexSegments()
    #expect(parts <= 16, "\(parts) segments")
  }

  @Test(arguments: [50, 5_000])
  func `a large change merges as much as it wrote`(count: Int) throws {
    var store = try Store.inMemory(named: "memory")
    var random = SplitMix(seed: 6)
    for _ in 0..<8 {
      let drafts = try count < 1_000 ? drafts(count, &random) : titles(count, &random)
      try store.changing { store throws(StoreError) in
        for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
      }
    }
    let parts = try store.indexSegments()
    #expect(parts <= 6, "\(parts) segments")
  }

  /// FTS5 merges all segments of the lowest level at once as soon as there are 16.
  @Test(arguments: [(300, 400), (6_000, 6)])
  func `small changes do not merge at once what a large one wrote`(
    count: Int, words: Int
  ) throws {
    var store = try Store.inMemory(named: "memory")
    var random = SplitMix(seed: 8)
    let large = try drafts(count, of: words, &random)
    try store.changing { store throws(StoreError) in
      for draft in large { _ = try store.add(draft, duplicates: .allow) }
    }
    var known = try leaves(of: store)
    #expect(known.count > 100)
    var most = 0
    for draft in try drafts(40, of: 2, &random) {
      try store.changing { store throws(StoreError) in
        _ = try store.add(draft, duplicates: .allow)
      }
      let now = try leaves(of: store)
      most = max(most, now.subtracting(known).count)
      known = now
    }
    #expect(most <= 16, "leaves written by one change: \(most)")
  }

  /// FTS5 writes a segment whenever the next favourite comes before the last one.
  @Test func `what is removed in any order is one segment`() throws {
    var store = try Store.inMemory(named: "memory")
    let drafts = try (0..<100).map { try draft("Title \($0)") }
    try store.changing { store throws(StoreError) in
      for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
    }
    let before = try store.indexSegments()
    let ids = (1...14).map { Int64($0 * 37 % 100 + 1) }
    try store.changing { store throws(StoreError) in _ = try store.remove(ids) }
    #expect(try store.indexSegments() == before + 1)
  }

  private func titles(_ count: Int, _ random: inout SplitMix) throws -> [Draft] {
    try (0..<count).map { _ in
      try draft(String(UInt64.random(in: 0...(.max), using: &random), radix: 36))
    }
  }
}
