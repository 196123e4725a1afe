internal import SQLite

/// The favourites that contain a word according to one segment of the index, the latest first.
struct IndexCursor {
  /// The number of the phrase that the word belongs to.
  let phrase: Int
  /// The number of the word, and of the segment, the latest first: what a later one says of a
  /// favourite counts.
  let (word, age): (Int, Int)

  /// Whether the word is all of the phrase.
  private let isWhole: Bool
  private let spot: IndexWords.Spot
  /// Whether favourites without the word in their title are skipped.
  private let onlyTitled: Bool
  private var number: Int64
  private var leaf: IndexLeaf
  /// The favourites in the leaf, the oldest first, and the place of the current one.
  private var entries: [IndexLeaf.Entry] = []
  private var at = -1

  init(
    _ spot: IndexWords.Spot, phrase: Int, word: Int, isWhole: Bool, onlyTitled: Bool,
    _ connection: borrowing Connection
  ) throws(StoreError) {
    self.spot = spot
    self.phrase = phrase
    self.word = word
    age = spot.age
    self.isWhole = isWhole
    self.onlyTitled = onlyTitled
    number = spot.leaves.upperBound
    leaf = try IndexWords.leaf(number, of: spot.segment, connection)
    try readEntries()
    while at < 0, try open(number - 1, connection) {}
  }

  /// The current favourite; nil after the last.
  var entry: IndexLeaf.Entry? { at < 0 ? nil : entries[at] }

  /// Whether the current favourite still has the word.
  var isHeld: Bool { at >= 0 && entries[at].count > 0 }

  /// Whether the current favourite has the word in its title; also false if that is not clear from
  /// this leaf.
  var isInTitle: Bool {
    entry.map { leaf.isTitled($0) == true } ?? false
  }

  /// Moves to the latest favourite that is not above a limit, and returns it.
  mutating func seek(
    _ limit: Int64, _ connection: borrowing Connection
  ) throws(StoreError) -> Int64? {
    if at >= 0, entries[0].id > limit {
      // Usually it is in the leaf before; otherwise in one far away.
      guard try open(number - 1, connection) else { return nil }
      if entries.first?.id ?? .max > limit { try leap(limit, connection) }
    }
    while true {
      while at >= 0 {
        let id = entries[at].id
        if id <= limit { return id }
        at -= 1
      }
      guard try open(number - 1, connection) else { return nil }
    }
  }

  /// The first places where the leaves of two cursors, as far as they are read, have the same
  /// favourite, if it is not above a limit; otherwise where one of the two ends, or where neither
  /// is above a bound.
  static func shared(
    _ one: IndexCursor, _ other: IndexCursor, upTo limit: Int64, above bound: Int64
  ) -> (one: Int, other: Int) {
    let (first, second) = (one.entries.span, other.entries.span)
    var (left, right) = (one.at, other.at)
    while left > 0, first[left].id > limit { left -= 1 }
    while left > 0, right > 0 {
      let (id, otherID) = (first[left].id, second[right].id)
      if id == otherID || max(id, otherID) <= bound { break }
      // Without a branch: which is above follows no pattern.
      let isAbove = id > otherID
      left &-= isAbove ? 1 : 0
      right &-= isAbove ? 0 : 1
    }
    return (left, right)
  }

  /// Moves to another place in the leaf.
  mutating func pass(to place: Int) { at = place }

  /// Moves to the last leaf that begins with a favourite at or below a limit, or to the first.
  private mutating func leap(
    _ limit: Int64, _ connection: borrowing Connection
  ) throws(StoreError) {
    var (low, high) = (spot.leaves.lowerBound, number)
    while low < high {
      let middle = low + (high - low + 1) / 2
      let leaf = try IndexWords.leaf(middle, of: spot.segment, connection)
      var place = leaf.opening.lowerBound
      // A leaf may be full of the positions in one favourite: what is in it is found from the leaf
      // before.
      let id = Int64(bitPattern: IndexLeaf.number(leaf.bytes, &place, leaf.end))
      if !leaf.opening.isEmpty, id <= limit { low = middle } else { high = middle - 1 }
    }
    _ = try open(low, connection)
  }

  /// Reads another leaf of the word; false if there is none.
  private mutating func open(
    _ other: Int64, _ connection: borrowing Connection
  ) throws(StoreError) -> Bool {
    entries.removeAll(keepingCapacity: true)
    at = -1
    guard spot.leaves.contains(other) else { return false }
    number = other
    leaf = try IndexWords.leaf(number, of: spot.segment, connection)
    try readEntries()
    return true
  }

  private mutating func readEntries() throws(StoreError) {
    let part = number == spot.leaves.lowerBound ? spot.entries : leaf.opening
    guard part.upperBound <= leaf.end, leaf.read(part, onlyTitled: onlyTitled, into: &entries)
    else { throw IndexWords.fault }
    at = entries.count - 1
  }

  /// Moves past the favourites above a limit; returns how many of them contain the word.
  mutating func pass(
    above limit: Int64, _ connection: borrowing Connection
  ) throws(StoreError) -> Int {
    var count = 0
    while true {
      while at >= 0, entries[at].id > limit {
        if entries[at].count > 0 { count += 1 }
        at -= 1
      }
      guard at < 0, try open(number - 1, connection) else { return count }
    }
  }

  /// Adds what the current favourite has of the word: how often each column contains it, and where
  /// last.
  ///
  /// Like `places`, it changes nothing, but would be called on a copy if it were not mutating.
  mutating func count(
    into counts: inout [IndexCount], columns: UInt8, _ connection: borrowing Connection
  ) throws(StoreError) {
    var current = IndexCount(phrase: phrase, column: 0, isWhole: isWhole)
    try forEachPosition(connection) { column, position in
      if column != current.column {
        if current.isIn(columns) { counts.append(current) }
        current = IndexCount(phrase: phrase, column: column, isWhole: isWhole)
      }
      current.add(position)
    }
    if current.isIn(columns) { counts.append(current) }
  }

  /// Adds the places of the word in the current favourite: those of each column behind those of the
  /// one before.
  mutating func places(
    into places: inout [Int], _ connection: borrowing Connection
  ) throws(StoreError) {
    try forEachPosition(connection) { places.append($0 << 40 | $1) }
  }

  /// Passes the places of the word in the current favourite to a closure.
  @inline(__always)
  private func forEachPosition(
    _ connection: borrowing Connection, _ body: (_ column: Int, _ position: Int) -> Void
  ) throws(StoreError) {
    guard let entry, entry.count > 0 else { return }
    let end = entry.start + entry.count
    let isSound: Bool
    if end > leaf.end {
      let bytes = try positions(of: entry, connection)
      isSound = IndexPositions.forEach(in: bytes.span, 0..<bytes.count, body)
    } else {
      isSound = IndexPositions.forEach(in: leaf.bytes.span, entry.start..<end, body)
    }
    guard isSound else { throw IndexWords.fault }
  }

  /// The positions in a favourite that go on in the next leaves.
  private func positions(
    of entry: IndexLeaf.Entry, _ connection: borrowing Connection
  ) throws(StoreError) -> [UInt8] {
    var bytes = Array(leaf.bytes[entry.start..<leaf.end])
    var next = number
    while bytes.count < entry.count {
      next += 1
      guard next <= spot.leaves.upperBound else { throw IndexWords.fault }
      let leaf = try IndexWords.leaf(next, of: spot.segment, connection)
      bytes += leaf.bytes[4..<leaf.end].prefix(entry.count - bytes.count)
    }
    return bytes
  }
}
