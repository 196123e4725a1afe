internal import SQLite

// How ranks are stored, and what they cost.
//
// Ranks are dense: 1, 2, 3 … without gaps. If each row stored its rank, inserting at rank 1 would
// rewrite the whole category. So no rank is stored. A category's favourites are in *blocks* of at
// most 512, ordered by the blocks' `key`; within a block they are ordered by `position`; both have
// gaps.
//
//   rank(f) = the counts of the blocks before f's block  +  f's ordinal within its block
//
// With n favourites in a category there are b blocks, and b ≤ n, b ≤ 1 + (the most there ever were)
// / 256, since a block is made by a split (which leaves two of 256), or by appending or prepending
// to a full one, which stays full, where the next block on that side has no room. Then, in index
// entries of about 10 bytes each:
//
// - Showing a rank reads about 256 entries of `place_order` at most, from the nearer end of the
//   block, and b entries of `block_count` once for each category on the page (`RankCache`): at n =
//   100,000, at most 391 if they were added in order.
// - Finding rank r reads at most b entries and 256 entries.
// - Adding, moving or removing at any rank writes one `place` and one `block`; if the gap between
//   two positions is used up, also the 512 places of that block; if a block is full, 256 places and
//   one block; if the gap between two keys is used up, the b blocks of that category. A gap of 2^10
//   between positions is used up by at least 10 insertions at one spot, not by favourites that are
//   put next to each other at once, for which it is divided evenly; one of 2^20 between keys by at
//   least 20 splits at one spot.
//
// `place` is separate from `favourite`, so that none of this ever rewrites a note. Its `lengths`
// have nothing to do with ranks: see SearchLengths.swift.

/// The layout of ranks.
enum RankLayout {
  /// The greatest number of favourites in a block.
  static let capacity: Int64 = 512
  /// The distance at which a favourite is placed before the first or after the last of its block.
  static let positionGap: Int64 = 1 << 10
  /// The distance at which a block is placed before the first or after the last of its category.
  static let keyGap: Int64 = 1 << 20
  /// The farthest from zero that a position or key may be: favs never reaches it, and beyond it
  /// there is no room to place anything before or after.
  static let farthest: Int64 = 1 << 60
  /// More favourites than any file can hold: each takes some bytes, and SQLite's largest file has
  /// 2^48.
  static let most: Int64 = 1 << 48

  /// The ordinal, from 1, of the place `p` in its block `b`; counted from the end that it is nearer
  /// to by its position, which halves the entries that are read.
  static let ordinal: ComposedSQL = """
    iif(p.position - (SELECT min(position) FROM place q WHERE q.block = p.block)
        <= (SELECT max(position) FROM place q WHERE q.block = p.block) - p.position,
      (SELECT count(*) FROM place q WHERE q.block = p.block AND q.position <= p.position),
      b.count - (SELECT count(*) FROM place q WHERE q.block = p.block AND q.position > p.position))
    """
  /// The block of a favourite, its category, and the favourite's ordinal.
  static let find: ComposedSQL = """
    SELECT b.id, b.category, \(ordinal)
    FROM place p JOIN block b ON b.id = p.block
    WHERE p.favourite = ?
    """
}

/// The end of a category that is being appended to.
struct CategoryTail {
  /// Its last block; 0 if it has none.
  var block: Int64
  /// That block's key.
  var key: Int64
  /// The number of favourites in that block, and how many of them its row counts.
  var count: Int64
  var written: Int64
  /// The last position in that block.
  var position: Int64
}

extension Store {
  /// Puts a favourite at the end of a category.
  mutating func append(_ favourite: Int64, to category: Int64) throws(StoreError) {
    var tail: CategoryTail
    if let known = change?.tails[category] {
      tail = known
    } else {
      tail = try readTail(of: category)
    }
    if tail.block == 0 || tail.count >= RankLayout.capacity {
      try write(tail)
      tail.key = tail.block == 0 ? 0 : tail.key + RankLayout.keyGap
      tail.block = try makeBlock(in: category, key: tail.key)
      tail.count = 0
      tail.written = 1
      tail.position = 0
    }
    tail.count += 1
    tail.position += RankLayout.positionGap
    try insertPlace(favourite, block: tail.block, position: tail.position)
    change?.tails[category] = tail
    change?.counts[category, default: 0] += 1
  }

  /// Puts a favourite at a rank, or at the end if the category is shorter.
  ///
  /// - Parameter following: how many will be put at the ranks right after it, for which room is
  ///   left.
  mutating func place(
    _ favourite: Int64, in category: Int64, at rank: Int64, following: Int = 0
  ) throws(StoreError) {
    try writeTails()
    guard let spot = try locate(max(rank, 1), in: category) else {
      return try append(favourite, to: category)
    }
    change?.counts[category, default: 0] += 1
    var (block, ordinal) = (spot.block, spot.ordinal)
    if spot.count >= RankLayout.capacity {
      if ordinal == 1, let before = spot.before {
        (block, ordinal) = (before.id, before.count + 1)
      } else if ordinal == 1 {
        let key = try keyBefore(spot.key, in: category)
        block = try makeBlock(in: category, key: key)
        return try insertPlace(favourite, block: block, position: 0)
      } else {
        let upper = try split(spot, in: category)
        let half = RankLayout.capacity / 2
        if ordinal > half + 1 { (block, ordinal) = (upper, ordinal - half) }
      }
    }
    let following = min(Int64(following), RankLayout.capacity - 1)
    let position = try makeRoom(in: block, at: ordinal, following: following)
    try insertPlace(favourite, block: block, position: position)
    try add(1, toBlock: block)
  }

  /// Removes a favourite from its category's order; those after it move up.
  mutating func displace(_ favourite: Int64, from category: Int64) throws(StoreError) {
    try writeTails()
    ranks.forget()
    let find = try connection.query(
      "SELECT block, lengths FROM place WHERE favourite = ?", favourite)
    guard try find.next() else { return }
    let block = find.integer(0)
    if lengths[favourite] == nil { lengths[favourite] = find.bytes(1) }
    find.reset()
    try connection.run("DELETE FROM place WHERE favourite = ?", favourite)
    try connection.run("DELETE FROM block WHERE id = ? AND count = 1", block)
    if connection.changes == 0 { try add(-1, toBlock: block) }
    change?.counts[category, default: 0] -= 1
  }

  /// Writes the counts deferred by appending.
  mutating func writeTails() throws(StoreError) {
    guard let tails = change?.tails, !tails.isEmpty else { return }
    ranks.forget()
    for tail in tails.values { try write(tail) }
    change?.tails = [:]
  }

  private func write(_ tail: CategoryTail) throws(StoreError) {
    if tail.count > tail.written { try add(tail.count - tail.written, toBlock: tail.block) }
  }

  private mutating func readTail(of category: Int64) throws(StoreError) -> CategoryTail {
    ranks.forget()
    let last = try connection.query(
      """
      SELECT id, key, count, (SELECT max(position) FROM place WHERE block = block.id)
      FROM block WHERE category = ? ORDER BY key DESC LIMIT 1
      """, category)
    guard try last.next() else {
      return CategoryTail(block: 0, key: 0, count: 0, written: 0, position: 0)
    }
    return CategoryTail(
      block: last.integer(0), key: try last.orderNumber(1), count: try last.count(2),
      written: try last.count(2), position: try last.orderNumber(3))
  }

  private mutating func insertPlace(
    _ favourite: Int64, block: Int64, position: Int64
  ) throws(StoreError) {
    ranks.forget()
    try connection.run(
      "INSERT INTO place(favourite, block, position, lengths) VALUES(?, ?, ?, ?)", favourite, block,
      position, lengths.removeValue(forKey: favourite) ?? SearchLengths.unknown)
  }

  private func makeBlock(in category: Int64, key: Int64) throws(StoreError) -> Int64 {
    try connection.run("INSERT INTO block(category, key, count) VALUES(?, ?, 1)", category, key)
    return connection.lastRowID
  }

  private func add(_ count: Int64, toBlock block: Int64) throws(StoreError) {
    try connection.run("UPDATE block SET count = count + ? WHERE id = ?", count, block)
  }

  /// The block that holds a rank, and the ordinal, from 1, of the favourite with that rank.
  struct Spot {
    let block: Int64
    let key: Int64
    let count: Int64
    let ordinal: Int64
    /// The block before it, if that has room.
    var before: (id: Int64, count: Int64)?
  }

  /// The place of a rank; nil beyond the end of the category.
  func locate(_ rank: Int64, in category: Int64) throws(StoreError) -> Spot? {
    let blocks = try connection.query(
      "SELECT id, key, count FROM block WHERE category = ? ORDER BY key", category)
    var before: Int64 = 0
    var previous: (id: Int64, count: Int64)?
    while try blocks.next() {
      let count = try blocks.count(2)
      if rank <= before + count {
        return Spot(
          block: blocks.integer(0), key: try blocks.orderNumber(1), count: count,
          ordinal: rank - before, before: previous)
      }
      before += count
      previous = count < RankLayout.capacity ? (blocks.integer(0), count) : nil
    }
    return nil
  }

  /// A position for the favourite that will be the `ordinal`th of a block, with room for those that
  /// follow it.
  private func makeRoom(
    in block: Int64, at ordinal: Int64, following: Int64
  ) throws(StoreError) -> Int64 {
    if let position = try gap(in: block, at: ordinal, following: following) { return position }
    // Spread them out after the last: no two share a position in between.
    let last = try connection.query("SELECT max(position) FROM place WHERE block = ?", block)
    _ = try last.next()
    var position = try last.orderNumber(0)
    var favourites: [Int64] = []
    let all = try connection.query(
      "SELECT favourite FROM place WHERE block = ? ORDER BY position", block)
    while try all.next() { favourites.append(all.integer(0)) }
    let update = try connection.query("UPDATE place SET position = ? WHERE favourite = ?")
    for favourite in favourites {
      position += RankLayout.positionGap
      try update.run(position, favourite)
    }
    guard let position = try gap(in: block, at: ordinal, following: following) else {
      throw .damage("a block of favourites has other places than it counts")
    }
    return position
  }

  private func gap(
    in block: Int64, at ordinal: Int64, following: Int64
  ) throws(StoreError) -> Int64? {
    let neighbours = try connection.query(
      "SELECT position FROM place WHERE block = ? ORDER BY position LIMIT 2 OFFSET ?", block,
      max(ordinal - 2, 0))
    guard try neighbours.next() else { return 0 }
    let first = try neighbours.orderNumber(0)
    if ordinal == 1 { return first - RankLayout.positionGap * (following + 1) }
    guard try neighbours.next() else { return first + RankLayout.positionGap }
    let second = try neighbours.orderNumber(0)
    return second - first > following + 1 ? first + (second - first) / (following + 2) : nil
  }

  /// Moves the upper half of a full block to a new one after it; returns the new one.
  private func split(_ spot: Spot, in category: Int64) throws(StoreError) -> Int64 {
    let half = RankLayout.capacity / 2
    let boundary = try connection.query(
      "SELECT position FROM place WHERE block = ? ORDER BY position LIMIT 1 OFFSET ?", spot.block,
      half)
    guard try boundary.next() else {
      throw .damage("a block of favourites has fewer places than it counts")
    }
    let position = boundary.integer(0)
    boundary.reset()
    let upper = try makeBlock(in: category, key: keyAfter(spot.key, in: category, of: spot.block))
    try connection.run(
      "UPDATE place SET block = ? WHERE block = ? AND position >= ?", upper, spot.block, position)
    let moved = Int64(connection.changes)
    try add(moved - 1, toBlock: upper)
    try add(-moved, toBlock: spot.block)
    return upper
  }

  /// A free key before the block with this key.
  private func keyBefore(_ key: Int64, in category: Int64) throws(StoreError) -> Int64 {
    let previous = try connection.query(
      "SELECT max(key) FROM block WHERE category = ? AND key < ?", category, key)
    guard try previous.next(), !previous.isNull(0) else { return key - RankLayout.keyGap }
    let before = try previous.orderNumber(0)
    previous.reset()
    if key - before > 1 { return before + (key - before) / 2 }
    let keys = try spreadKeys(of: category)
    guard let index = keys.old.firstIndex(of: key) else {
      throw .damage("a block of favourites is not where it was found")
    }
    return keys.new[index] - RankLayout.keyGap / 2
  }

  /// A free key after a block.
  private func keyAfter(
    _ key: Int64, in category: Int64, of block: Int64
  ) throws(StoreError) -> Int64 {
    let next = try connection.query(
      "SELECT min(key) FROM block WHERE category = ? AND key > ?", category, key)
    guard try next.next(), !next.isNull(0) else { return key + RankLayout.keyGap }
    let after = try next.orderNumber(0)
    next.reset()
    if after - key > 1 { return key + (after - key) / 2 }
    let keys = try spreadKeys(of: category)
    guard let index = keys.old.firstIndex(of: key) else {
      throw .damage("a block of favourites is not where it was found")
    }
    return keys.new[index] + RankLayout.keyGap / 2
  }

  /// Gives all blocks of a category new keys after the last, at full distance.
  private func spreadKeys(of category: Int64) throws(StoreError) -> (old: [Int64], new: [Int64]) {
    var blocks: [Int64] = []
    var old: [Int64] = []
    let all = try connection.query(
      "SELECT id, key FROM block WHERE category = ? ORDER BY key", category)
    while try all.next() {
      blocks.append(all.integer(0))
      old.append(try all.orderNumber(1))
    }
    all.reset()
    var key = old.last ?? 0
    var new: [Int64] = []
    let update = try connection.query("UPDATE block SET key = ? WHERE id = ?")
    for block in blocks {
      key += RankLayout.keyGap
      new.append(key)
      try update.run(key, block)
    }
    return (old, new)
  }
}

// A bulk change adds favourites at ranks and moves others. The history stores the rank that each
// had before the change, so all moved favourites leave their places together, after everything else
// is done.

extension Store {
  /// Defers the move of one favourite to the end of the change.
  ///
  /// - Parameters:
  ///   - path: its new category; nil for the present one.
  ///   - rank: its new rank; nil for the present one, or for the end of another category.
  /// - Returns: whether that is a different place.
  mutating func putOff(
    _ id: Int64, category path: CategoryPath?, rank: Int64?
  ) throws(StoreError) -> Bool {
    guard case .live(var record) = try state(of: id) else { throw try missing(id) }
    var category = record.category
    if let path { category = try self.category(making: path).id }
    let isElsewhere = category != record.category
    if !isElsewhere {
      // A rank beyond the end means the end.
      guard let rank, try self.rank(of: id) != min(rank, count(in: category)) else { return false }
    }
    record.category = category
    try checkLinks([FavouriteTarget(id: id, state: .live(record))])
    change?.moves.removeAll { $0.id == id }
    change?.moves.append((id, category, rank ?? .max))
    return true
  }

  /// Makes the deferred moves.
  mutating func makeMoves() throws(StoreError) {
    guard let moves = change?.moves, !moves.isEmpty else { return }
    change?.moves = []
    var targets: [FavouriteTarget] = []
    for move in moves {
      guard case .live(var record) = try state(of: move.id) else { continue }
      record.category = move.category
      targets.append(
        FavouriteTarget(id: move.id, state: .live(record), placing: .rank(move.rank)))
    }
    try apply(targets, isNew: true)
  }

  /// The ranks of a category's favourites before this change added any.
  func ranksBeforeAdditions(in category: Int64) throws(StoreError) -> [Int64: Int64] {
    var ranks: [Int64: Int64] = [:]
    for id in try favourites(in: category) where change?.added?.contains(id) != true {
      ranks[id] = Int64(ranks.count) + 1
    }
    return ranks
  }
}
