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
    var tallies: [String: Tally] = [:]
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
      // What is wanted there holds none of the words: printed, but not held to anything.
      guard cells[0] != "meaning" else { continue }
      for key in [cells[0], ""] {
        tallies[key, default: Tally()].count(found, wanted: wanted)
      }
    }
    #expect(queries.count >= 800)
    #expect(drafts.count >= 4_000)
    #expect(queries.count(where: { $0[0].hasPrefix("fresh: ") }) >= 80)
    #expect(tallies[""].map { $0.precision >= 0.95 } ?? false)
    for (kind, tally) in tallies {
      #expect(tally.recall >= 0.97, "recall@5 of \(kind)")
      #expect(tally.precision >= 0.85, "precision@1 of \(kind)")
    }
  }

  /// How well the searches of a kind find.
  private struct Tally {
    private var number = 0
    private var recalled = 0.0
    private var firsts = 0

    var recall: Double { recalled / Double(number) }
    var precision: Double { Double(firsts) / Double(number) }

    mutating func count(_ found: [String], wanted: [String]) {
      number += 1
      recalled += Double(wanted.filter(found.contains).count) / Double(min(wanted.count, 5))
      if let first = found.first, wanted.contains(first) { firsts += 1 }
    }
  }
}
