import TestSupport
import Testing

@testable import Favourites
@testable import SQLite

/// Facets that are counted from the pages of the file, a part of them by a second thread.
struct FacetRowsTests {
  private static let count = 3_400

  @Test func `many favourites are counted as SQLite counts them`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try Self.fill(path)
      var store = try Store.reading(path)
      // Whole, in a portion that two threads share, and in one that is too small for that.
      for portion in [1 << 16, 1_500, 700] {
        let counts = try FacetRows.counts(
          among: Fragment(sql: "SELECT id FROM favourite ORDER BY title DESC"),
          in: try store.favouriteRows(),
          inPortionsOf: portion,
          store.connection)
        var total: Int64 = 0
        let categories = try store.connection.prepare(
          "SELECT category, count(*) FROM favourite GROUP BY 1")
        while try categories.step() {
          #expect(counts.categories.count(of: categories.integer(0)) == categories.integer(1))
          total += categories.integer(1)
        }
        #expect(total == Int64(Self.count))
        let lists = try store.connection.prepare(
          "SELECT tags, count(*) FROM favourite WHERE tags IS NOT NULL GROUP BY 1")
        var met = 0
        while try lists.step() {
          #expect(counts.tags.count(of: lists.bytes(0)) == lists.integer(1), "\(lists.text(0))")
          met += 1
        }
        #expect(met > 20)
      }
      let facets = try store.counts(by: [.category, .tag], of: Selection())
      #expect(facets[0].map(\.count).reduce(0, +) == Int64(Self.count))
      #expect(facets[1].first == FacetCount(value: "even", count: Int64(Self.count / 2)))
    }
  }

  @Test func `within a change they are counted as it has left them so far`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try Self.fill(path)
      var store = try Store.writing(path)
      let (even, changed) = (try TagName.parse("even"), try TagName.parse("changed"))
      try store.changing { store throws(StoreError) in
        _ = try store.renameTag(even, to: changed, mustExist: false)
        let facets = try store.counts(by: .tag, of: Selection())
        #expect(facets.first == FacetCount(value: "changed", count: Int64(Self.count / 2)))
      }
    }
  }

  /// The columns are read by their numbers.
  @Test func `columns of the table are where they are taken from`() throws {
    let store = try Store.inMemory(named: "memory")
    let columns = try store.connection.prepare(
      "SELECT cid, name FROM pragma_table_xinfo('favourite')")
    var numbers: [String: Int64] = [:]
    while try columns.step() { numbers[columns.text(1)] = columns.integer(0) }
    #expect(numbers["category"] == Int64(FavouriteColumn.category.rawValue))
    #expect(numbers["tags"] == Int64(FavouriteColumn.tags.rawValue))
  }

  /// Favourites of all sizes: with links that leave no room for the tags on the same page too.
  private static func fill(_ path: String) throws {
    var store = try Store.writing(path)
    try store.changing { store throws(StoreError) in
      for number in 0..<count {
        var draft = Draft()
        draft.title = "\(number * 7_919 % count)"
        draft.category = try? CategoryPath.parse("c\(number % 13)")
        if number % 100 == 3 {
          draft.url =
            "https://example.org/"
            + String(repeating: "x", count: 100 + 40 * number)
            .prefix(60_000)
        }
        let names = [number % 2 == 0 ? "even" : nil, number % 3 == 0 ? "drei-\(number % 19)" : nil]
        draft.tags = names.compactMap { $0 }.compactMap { try? TagName.parse($0) }
        _ = try store.add(draft, duplicates: .allow)
      }
    }
  }
}
