internal import SQLite

/// The number of favourites before each block, for the categories read so far.
struct RankCache {
  /// By their ids. There are few in a listing, for which a dictionary takes longer.
  private var categories: [Category] = []
  /// The positions in each block read so far, ascending.
  private var positions: [Int64: [Int64]] = [:]
  /// How often a place was counted in each block that was not read.
  private var counted: [Int64: Int] = [:]
  /// The ranks by which favourites were found.
  private var found: [Int64: Int64] = [:]
  /// Reading a block takes as long as some six places are counted in it.
  private static let mostCounted = 2

  /// A block, and the number of favourites before it.
  struct Block {
    let id: Int64
    let key: Int64
    let count: Int64
    let before: Int64
  }

  private struct Category {
    let id: Int64
    /// The block that was asked for first, and the number of favourites before it: most pages ask
    /// for no other one of a category.
    var first: Int64 = 0
    var before: Int64 = 0
    /// All blocks in their order, and by their ids; empty until another one is asked for.
    var blocks: [Block] = []
    var byID: [Block] = []
  }

  /// Discards the cache; call this whenever a favourite is placed or displaced.
  mutating func forget() {
    guard !categories.isEmpty || !positions.isEmpty || !counted.isEmpty || !found.isEmpty
    else { return }
    categories = []
    positions = [:]
    counted = [:]
    found = [:]
  }

  /// Keeps the rank at which a favourite was found.
  mutating func keep(_ rank: Int64, of favourite: Int64) { found[favourite] = rank }

  /// The rank at which a favourite was found; nil if it was not looked for by its rank.
  func rank(of favourite: Int64) -> Int64? { found[favourite] }

  /// Where a category is among those known, of which it is one from now on, and whether it was one
  /// before.
  private mutating func place(of category: Int64) -> (index: Int, wasKnown: Bool) {
    let index = categories.partitionPoint { $0.id >= category }
    let wasKnown = index < categories.count && categories[index].id == category
    if !wasKnown { categories.insert(Category(id: category), at: index) }
    return (index, wasKnown)
  }

  /// The number of favourites in a category before a block.
  mutating func count(
    before block: Int64, in category: Int64, using connection: borrowing Connection
  ) throws(StoreError) -> Int64 {
    let (place, wasKnown) = place(of: category)
    if !wasKnown {
      categories[place].before = try Self.count(before: block, connection)
      categories[place].first = block
    }
    if categories[place].first == block { return categories[place].before }
    if categories[place].byID.isEmpty {
      let blocks = try self.blocks(of: category, using: connection).sorted { $0.id < $1.id }
      categories[place].byID = blocks
    }
    let blocks = categories[place].byID
    return blocks.sortedIndex(of: block, by: \.id).map { blocks[$0].before } ?? 0
  }

  static let countBefore: ComposedSQL = """
    SELECT coalesce(sum(o.count), 0) FROM block b
    CROSS JOIN block o ON o.category = b.category AND o.key < b.key
    WHERE b.id = ?
    """

  private static func count(
    before block: Int64, _ connection: borrowing Connection
  ) throws(StoreError) -> Int64 {
    let row = try connection.query(composed: countBefore, block)
    return try row.next() ? try row.count(0) : 0
  }

  /// Whether anything was asked for of a category before.
  mutating func meets(again category: Int64) -> Bool { place(of: category).wasKnown }

  /// The blocks of a category in their order. Reads them once.
  mutating func blocks(
    of category: Int64, using connection: borrowing Connection
  ) throws(StoreError) -> [Block] {
    let place = place(of: category).index
    if !categories[place].blocks.isEmpty { return categories[place].blocks }
    let rows = try connection.query(
      "SELECT id, key, count FROM block WHERE category = ? ORDER BY key", category)
    var blocks: [Block] = []
    var before: Int64 = 0
    while try rows.next() {
      let count = try rows.count(2)
      blocks.append(
        Block(id: rows.integer(0), key: try rows.orderNumber(1), count: count, before: before))
      before += count
    }
    categories[place].blocks = blocks
    return blocks
  }
}

extension RankCache {
  /// The ordinal, from 1, of the favourite at a position in its block. Counts, the first times;
  /// then reads the block, once.
  mutating func ordinal(
    of position: Int64, in block: Int64, using connection: borrowing Connection
  ) throws(StoreError) -> Int64 {
    if positions[block] == nil {
      if counted[block, default: 0] < Self.mostCounted {
        counted[block, default: 0] += 1
        return try connection.integer(
          "SELECT count(*) FROM place WHERE block = ? AND position <= ?", block, position) ?? 0
      }
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
    if let rank = ranks.rank(of: favourite) { return rank }
    let find = try connection.query(composed: RankLayout.find, favourite)
    guard try find.next() else { return nil }
    let before = try ranks.count(before: find.integer(0), in: find.integer(1), using: connection)
    return before + (try find.count(2))
  }
}
