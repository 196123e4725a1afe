import Foundation
import Testing

@testable import Favourites

/// The labelled searches of Benchmarks/quality: `make quality` prints them kind by kind.
struct QualityTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Benchmarks/quality")

  private static func rows(_ name: String) throws -> [[String]] {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      .split(separator: "\n").map { $0.components(separatedBy: "\t") }
  }

  @Test func `what is meant is among the first`() throws {
    var store = try Store.inMemory(named: "quality")
    let drafts = try Self.rows("favourites.tsv").map { cells in
      try draft(
        cells[0], url: cells[1].isEmpty ? nil : cells[1], in: cells[3],
        note: cells[2].isEmpty ? nil : cells[2],
        tags: cells[4].split(separator: ",").map(String.init),
        set: cells[5].split(separator: ";").map(String.init))
    }
    try store.changing { store throws(StoreError) in
      for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
    }
    let keys = try store.metadataKeys()
    let queries = try Self.rows("queries.tsv")
    var (recall, firsts) = (0.0, 0)
    for cells in queries {
      let wanted = cells[2].components(separatedBy: " || ")
      let query = try #require(
        Query.parse(cells[1], metadataKeys: keys, now: Timestamp(milliseconds: 1_795_000_000_000)))
      var selection = Selection()
      selection.search = try store.prepare(query)
      var rows = try store.rows(
        selection, ordering: Ordering(.relevance), slice: .run(limit: 5, after: nil))
      var found: [String] = []
      while let favourite = try rows.next(in: &store) { found.append(favourite.title) }
      recall += Double(wanted.filter(found.contains).count) / Double(min(wanted.count, 5))
      if let first = found.first, wanted.contains(first) { firsts += 1 }
    }
    #expect(queries.count >= 200)
    #expect(drafts.count >= 2_000)
    #expect(recall / Double(queries.count) >= 0.95)
    #expect(Double(firsts) / Double(queries.count) >= 0.85)
  }
}
