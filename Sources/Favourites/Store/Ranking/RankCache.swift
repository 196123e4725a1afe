internal import SQLite

/// The number of favourites before each block, for the categories read so far.
struct RankCache {
  private var before: [Int64: Int64] = [:]
  private var categories: Set<Int64> = []
  /// The positions in each block read so far, ascending.
  private var positions: [Int64: [Int64]] = [:]

  /// Discards the cache; call this whenever a favourite is placed or displaced.
  mutating func forget() {
    guard !categories.isEmpty || !positions.isEmpty else { return }
    before = [:]
    positions = [:]
    categories = []
  }

  /// The number of favourites in a category before a block. Reads all blocks of that category,
  /// once.
  mutating func count(
    before block: Int64, in category: Int64, using connection: borrowing Connection
  ) throws(StoreError) -> Int64 {
    if !categories.contains(category) {
      let blocks = try connection.query(
        "SELECT id, count FROM block WHERE category = ? ORDER BY key", category)
      var sum: Int64 = 0
      while try blocks.next() {
        before[blocks.integer(0)] = sum
        sum += try blocks.count(1)
      }
      categories.insert(category)
    }
    return before[block] ?? 0
  }
}

extension RankCache {
  /// The ordinal, from 1, of the favourite at a position in its block. Reads the block, once.
  mutating func ordinal(
    of position: Int64, in block: Int64, using connection: borrowing Connection
  ) throws(StoreError) -> Int64 {
    if positions[block] == nil {
      let all = try connection.integers(
        "SELECT position FROM place WHERE block = ? ORDER BY position", block)
      positions[block] = all
    }
    let all = positions[block] ?? []
    return Int64(all.partitionPoint { $0 >= position }) + 1
  }
}

extension Store {
  /// Discards ranks read earlier, outside a transaction: another process may have placed something
  /// since.
  mutating func forgetOldRanks() {
    if !connection.isInTransaction { ranks.forget() }
  }

  /// A favourite's rank; nil if it has no place.
  mutating func rank(of favourite: Int64) throws(StoreError) -> Int64? {
    forgetOldRanks()
    try writeTails()
    let find = try connection.query(
      """
      SELECT b.id, b.category,
        (SELECT count(*) FROM place q WHERE q.block = p.block AND q.position <= p.position)
      FROM place p JOIN block b ON b.id = p.block
      WHERE p.favourite = ?
      """, favourite)
    guard try find.next() else { return nil }
    let before = try ranks.count(before: find.integer(0), in: find.integer(1), using: connection)
    return before + (try find.count(2))
  }
}
