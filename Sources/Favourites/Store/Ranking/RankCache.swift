internal import SQLite

/// The number of favourites before each block, for the categories read so far.
struct RankCache {
  private var categories: [(id: Int64, blocks: [(id: Int64, before: Int64)])] = []
  /// The positions in each block read so far, ascending.
  private var positions: [Int64: [Int64]] = [:]

  /// Discards the cache; call this whenever a favourite is placed or displaced.
  mutating func forget() {
    guard !categories.isEmpty || !positions.isEmpty else { return }
    categories = []
    positions = [:]
  }

  /// The number of favourites in a category before a block. Reads all blocks of that category,
  /// once.
  mutating func count(
    before block: Int64, in category: Int64, using connection: borrowing Connection
  ) throws(StoreError) -> Int64 {
    let place: Int
    if let known = categories.lastIndex(where: { $0.id == category }) {
      place = known
    } else {
      place = categories.count
      categories.append((category, try Self.blocks(of: category, connection)))
    }
    let blocks = categories[place].blocks
    let index = blocks.partitionPoint { $0.id >= block }
    return index < blocks.count && blocks[index].id == block ? blocks[index].before : 0
  }

  /// The blocks of a category, sorted by their ids, and the number of favourites before each.
  private static func blocks(
    of category: Int64, _ connection: borrowing Connection
  ) throws(StoreError) -> [(id: Int64, before: Int64)] {
    let rows = try connection.query(
      "SELECT id, count FROM block WHERE category = ? ORDER BY key", category)
    var blocks: [(id: Int64, before: Int64)] = []
    var sum: Int64 = 0
    while try rows.next() {
      blocks.append((rows.integer(0), sum))
      sum += try rows.count(1)
    }
    // Usually they are.
    for index in blocks.indices.dropFirst() where blocks[index - 1].id > blocks[index].id {
      return blocks.sorted { $0.id < $1.id }
    }
    return blocks
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
