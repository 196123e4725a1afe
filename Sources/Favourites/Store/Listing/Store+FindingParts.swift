internal import SQLite

// Favourites with a part of a text, which no index finds: their rows are looked through beside
// SQLite, which then tests the few in which it may be.

extension Store {
  /// The ids of the first favourites of a listing, the latest first, that have to hold a part of a
  /// text; nil where SQLite finds them as well, or has to.
  ///
  /// - Parameter query: with the tests, the cursor, and how many are needed.
  func idsWithParts(_ query: ListQuery, of selection: Selection) throws(StoreError) -> [Int64]? {
    let few = 0...Self.mostWithParts
    guard query.source == .favourites, query.ordering == Ordering(.id, isDescending: true),
      few.contains(query.limit), few.contains(query.offset),
      let scan = try partScan(selection, upTo: query.cursor.map { max($0.id, 1) - 1 } ?? .max)
    else { return nil }
    let wanted = Int(query.offset + query.limit)
    var found: [Int64] = []
    // How many did not pass.
    var others = 0
    while found.count < wanted {
      guard let ids = try next(wanted - found.count + others, of: scan) else { return nil }
      if ids.isEmpty { break }
      var tested = query
      tested.source = .given(ids, first: 0)
      let rows = try connection.query(tested.ids)
      var passing: [Int64] = []
      while try rows.next() { passing.append(rows.integer(0)) }
      others += ids.count - passing.count
      found += passing.sorted(by: >)
    }
    return Array(found.prefix(wanted))
  }

  /// The number of favourites in a selection that have to hold a part of a text; nil where SQLite
  /// counts them as well, or has to.
  func countWithParts(_ query: ListQuery, of selection: Selection) throws(StoreError) -> Int64? {
    guard query.source == .favourites, let scan = try partScan(selection, upTo: .max) else {
      return nil
    }
    var count: Int64 = 0
    while let ids = try next(Self.portion, of: scan) {
      if ids.isEmpty { return count }
      var tested = query
      tested.source = .given(ids, first: 0)
      count += try connection.integer(tested.count) ?? 0
    }
    return nil
  }

  /// How far down in a listing this is done: SQLite has to pass what is before a page again.
  private static let mostWithParts: Int64 = 1_000

  /// The ids of the next favourites that may have the part; none at the end, and nil where so many
  /// may have it that to look at them twice is slower.
  private func next(_ most: Int, of scan: PartScan) throws(StoreError) -> [Int64]? {
    guard let ids = scan.next(min(most, Self.portion)) else { return nil }
    return ids.count < most && ids.count < Self.portion || Int64(ids.count) * 4 <= scan.passed
      ? ids : nil
  }

  /// How many favourites are tested at once, at most.
  private static let portion = 4_096

  /// A scan for the longest part that all favourites of a selection hold; nil where there is none,
  /// or where it is in the name of a category, and so in all favourites there.
  private func partScan(
    _ selection: Selection, upTo highest: Int64
  ) throws(StoreError) -> PartScan? {
    let folding = PartFolding()
    let parts = selection.filters.compactMap { filter in
      if case .test(.part(let text)) = filter { folding.folded(part: text) } else { nil }
    }
    guard let part = parts.max(by: { $0.utf8.count < $1.utf8.count }), !part.isEmpty,
      try connection.integer(
        Fragment(
          sql: "SELECT EXISTS (SELECT 1 FROM category WHERE favs_holds(?, 1, name))",
          bindings: [.text(part)])) == 0,
      let table = try favouriteRows()
    else { return nil }
    return PartScan(
      Array(part.utf8), in: table, from: FavouriteColumn.title.rawValue, upTo: highest,
      folding: folding.folded)
  }

  /// The table of favourites, read beside SQLite; nil if that cannot be.
  func favouriteRows() throws(StoreError) -> TableRows? {
    let row = try connection.query(
      "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = 'favourite'")
    guard try row.next() else { return nil }
    return TableRows(
      root: row.integer(0), number: FavouriteColumn.category.rawValue,
      text: FavouriteColumn.tags.rawValue, of: connection)
  }
}
