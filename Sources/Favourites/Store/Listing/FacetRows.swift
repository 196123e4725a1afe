internal import Host
internal import SQLite

/// How often favourites have each category, and each list of tags: many have the same.
struct FacetRows {
  private(set) var categories = IDCounts()
  private(set) var tags = ByteCounts()

  /// Counts those of some favourites.
  ///
  /// - Parameters:
  ///   - table: the table of favourites, read beside SQLite; nil if that cannot be.
  ///   - portion: how many ids are kept at once.
  static func counts(
    among ids: Fragment, in table: TableRows?, inPortionsOf portion: Int = 1 << 16,
    _ connection: borrowing Connection
  ) throws(StoreError) -> FacetRows {
    var counts = FacetRows()
    guard let table else {
      try counts.add(among: ids, connection)
      return counts
    }
    let rows = try connection.query(
      Fragment(sql: "SELECT s.id FROM (") + ids + Fragment(sql: ") s"))
    var kept: [Int64] = []
    var isAtEnd = false
    while !isAtEnd {
      isAtEnd = try !rows.next()
      if !isAtEnd { kept.append(rows.integer(0)) }
      guard isAtEnd || kept.count == portion else { continue }
      kept.sort()
      let left = counts.add(kept, from: table)
      if !left.isEmpty {
        let list = "[\(left.map(String.init).joined(separator: ","))]"
        try counts.add(
          among: Fragment(sql: "SELECT value AS id FROM json_each(?)", bindings: [.text(list)]),
          connection)
      }
      kept.removeAll(keepingCapacity: true)
    }
    return counts
  }

  /// How many favourites it takes for a second thread to pay.
  private static let enoughForTwo = 1_000

  /// Adds what SQLite reads of some favourites.
  private mutating func add(
    among ids: Fragment, _ connection: borrowing Connection
  ) throws(StoreError) {
    let rows = try connection.query(
      Fragment(sql: "SELECT f.category, f.tags FROM (") + ids
        + Fragment(sql: ") s CROSS JOIN favourite f ON f.id = s.id"))
    while try rows.next() {
      categories.add(rows.integer(0))
      rows.count(1, in: &tags)
    }
  }

  /// Adds some favourites, in order, half of many on a second thread: nearly all of the time goes
  /// into reading their pages.
  /// - Returns: those that have to be read by SQLite.
  private mutating func add(_ ids: [Int64], from table: TableRows) -> [Int64] {
    guard ids.count >= Self.enoughForTwo, TableRows.mayBeReadAtOnce else {
      return add(ids[...], from: table)
    }
    let middle = ids.count / 2
    var other = FacetRows()
    var (left, leftByOther): ([Int64], [Int64]) = ([], [])
    Both.run {
      leftByOther = other.add(ids[middle...], from: table)
    } and: {
      left = add(ids[..<middle], from: table)
    }
    categories.add(other.categories)
    other.tags.forEach { tags.add($0, times: $1) }
    return left + leftByOther
  }

  private mutating func add(_ ids: ArraySlice<Int64>, from table: TableRows) -> [Int64] {
    table.count(ids, in: &tags) { categories.add($0) }
  }
}

/// How often each of some ids was met. Those of categories are small numbers.
struct IDCounts {
  private var small = [Int64](repeating: 0, count: 1_024)
  private var others: [Int64: Int64] = [:]

  mutating func add(_ id: Int64, times: Int64 = 1) {
    if id >= 0, id < small.count {
      small[Int(id)] += times
    } else {
      others[id, default: 0] += times
    }
  }

  mutating func add(_ other: IDCounts) {
    for (id, times) in other.small.enumerated() { small[id] += times }
    for (id, times) in other.others { others[id, default: 0] += times }
  }

  func count(of id: Int64) -> Int64 {
    id >= 0 && id < small.count ? small[Int(id)] : others[id] ?? 0
  }
}
