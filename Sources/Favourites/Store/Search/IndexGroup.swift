internal import SQLite

/// The favourites that contain any of some phrases of one word each, the latest first.
struct IndexGroup {
  private var cursors: [IndexCursor] = []
  /// The current favourite of each cursor, as a heap with the latest at the top.
  private var heap: [(id: Int64, cursor: Int)] = []
  /// The columns in which each phrase is counted, by its number less that of the first.
  private let columns: [UInt8]
  /// Whether favourites are skipped that contain none of them in their title.
  private let onlyTitled: Bool
  private let first: Int
  /// The cursor at the current favourite, where there is only one.
  private var only: Int?
  /// Otherwise those that count.
  private var met: [Int] = []

  /// - Returns: nil if there are too many words.
  init?(
    _ phrases: [SearchExpression.Phrase], from first: Int, onlyTitled: Bool,
    _ words: inout IndexWords, _ connection: borrowing Connection
  ) throws(StoreError) {
    columns = phrases.map(\.columns)
    self.onlyTitled = onlyTitled
    self.first = first
    for (index, phrase) in phrases.enumerated() {
      guard
        let spots = try words.spots(
          of: phrase.tokens[0], isPrefix: phrase.isPrefix, most: Self.mostSpots - cursors.count,
          connection)
      else { return nil }
      // Words are numbered phrase by phrase: two phrases may have the same.
      let numbers = words.numbers(of: spots)
      // What a word has in its oldest segment hides nothing.
      let isTitled = onlyTitled || phrase.columns == SearchColumn.title.bit
      var oldest: [Int] = []
      if isTitled {
        for (spot, number) in zip(spots, numbers) {
          if number == oldest.count { oldest.append(spot.age) } else { oldest[number] = spot.age }
        }
      }
      for (spot, number) in zip(spots, numbers) {
        let cursor = try IndexCursor(
          spot, phrase: first + index, word: index << 32 | number,
          isWhole: spot.word.count == phrase.tokens[0].utf8.count + 1,
          onlyTitled: isTitled && oldest[number] == spot.age, connection)
        guard let entry = cursor.entry else { continue }
        heap.append((entry.id, cursors.count))
        cursors.append(cursor)
      }
    }
    for index in (0..<(heap.count / 2)).reversed() { sink(index) }
  }

  /// How many words are followed at once, in all segments.
  private static let mostSpots = 4_000

  /// Moves to the latest favourite that is not above a limit, and returns it.
  mutating func seek(
    _ limit: Int64, _ connection: borrowing Connection
  ) throws(StoreError) -> Int64? {
    if heap.count == 1 { return try seekAlone(limit, connection) }
    var limit = limit
    while let top = heap.first {
      if top.id > limit {
        replaceTop(with: try cursors[top.cursor].seek(limit, connection))
      } else {
        if try isHit(top.id, connection) { return top.id }
        guard top.id > .min else { return nil }
        limit = top.id - 1
      }
    }
    return nil
  }

  /// Does the same for a single cursor.
  private mutating func seekAlone(
    _ limit: Int64, _ connection: borrowing Connection
  ) throws(StoreError) -> Int64? {
    var limit = limit
    let index = heap[0].cursor
    let isAnyPlaceHit = isAnyPlaceHit(index)
    while let id = try cursors[index].seek(limit, connection) {
      only = index
      let isHit = isAnyPlaceHit ? cursors[index].isHeld : try isHit(id, connection)
      if isHit { return id }
      guard id > .min else { break }
      limit = id - 1
    }
    heap = []
    return nil
  }

  /// Passes by what only one of the first two groups has in the leaves that they are at: to ask
  /// them in turn for each favourite takes many times as long.
  ///
  /// Usually one cursor of a group has nearly all favourites: only what it has before the next of
  /// the group's other cursors is passed.
  /// - Parameter limit: the highest favourite that is needed.
  static func passUnshared(_ groups: inout [IndexGroup], upTo limit: Int64) {
    guard let first = groups[0].heap.first?.cursor, let second = groups[1].heap.first?.cursor
    else { return }
    let bound = max(groups[0].next, groups[1].next)
    guard bound < limit else { return }
    let shared = IndexCursor.shared(
      groups[0].cursors[first], groups[1].cursors[second], upTo: limit, above: bound)
    groups[0].passTop(to: shared.one)
    groups[1].passTop(to: shared.other)
  }

  /// The latest favourite of the cursors that are not at the top.
  private var next: Int64 {
    var next = Int64.min
    for place in 1..<3 where place < heap.count { next = max(next, heap[place].id) }
    return next
  }

  private mutating func passTop(to place: Int) {
    let top = heap[0].cursor
    cursors[top].pass(to: place)
    replaceTop(with: cursors[top].entry?.id)
  }

  /// Whether a favourite at the top contains a phrase, after changes that removed the word from it.
  private mutating func isHit(
    _ id: Int64, _ connection: borrowing Connection
  ) throws(StoreError) -> Bool {
    only = nil
    if heap.count > 1, heap[1].id == id || heap.count > 2 && heap[2].id == id {
      met.removeAll(keepingCapacity: true)
      meet(id, at: 0)
      met.sort { (cursors[$0].word, cursors[$0].age) < (cursors[$1].word, cursors[$1].age) }
      var last: Int?
      met.removeAll { index in
        defer { last = cursors[index].word }
        return cursors[index].word == last
      }
      met.removeAll { cursors[$0].entry?.count ?? 0 == 0 }
      for index in met where isClear(index) { return true }
    } else {
      let index = heap[0].cursor
      guard let entry = cursors[index].entry, entry.count > 0 else { return false }
      only = index
      if isClear(index) { return true }
    }
    var counts: [IndexCount] = []
    try count(into: &counts, connection)
    return onlyTitled ? counts.contains(where: \.isInTitle) : !counts.isEmpty
  }

  /// Whether it is clear without a count that a word is in a column where it counts.
  private func isClear(_ index: Int) -> Bool {
    isAnyPlaceHit(index)
      || columns(of: index) & SearchColumn.title.bit != 0 && cursors[index].isInTitle
  }

  /// Whether a word counts in whatever column it is.
  private func isAnyPlaceHit(_ index: Int) -> Bool { !onlyTitled && columns(of: index) == .max }

  /// The columns in which the word of a cursor is counted.
  private func columns(of index: Int) -> UInt8 { columns[cursors[index].phrase - first] }

  /// Finds the cursors that are at a favourite.
  private mutating func meet(_ id: Int64, at place: Int) {
    guard place < heap.count, heap[place].id == id else { return }
    met.append(heap[place].cursor)
    meet(id, at: 2 * place + 1)
    meet(id, at: 2 * place + 2)
  }

  /// Counts the favourites that are not above a limit.
  mutating func countAll(
    upTo limit: Int64, _ connection: borrowing Connection
  ) throws(StoreError) -> Int {
    var (count, limit) = (0, limit)
    while let id = try seek(limit, connection) {
      if let only, isAnyPlaceHit(only) {
        // So are all others that come before the next favourite of another cursor.
        count += try cursors[only].pass(above: next, connection)
        replaceTop(with: cursors[only].entry?.id)
      } else {
        count += 1
      }
      guard id > .min else { break }
      limit = id - 1
    }
    return count
  }

  /// Adds what the current favourite has of each phrase.
  mutating func count(
    into counts: inout [IndexCount], _ connection: borrowing Connection
  ) throws(StoreError) {
    if let only { return try count(only, into: &counts, connection) }
    for index in met { try count(index, into: &counts, connection) }
  }

  private mutating func count(
    _ index: Int, into counts: inout [IndexCount], _ connection: borrowing Connection
  ) throws(StoreError) {
    try cursors[index].count(into: &counts, columns: columns(of: index), connection)
  }

  /// Writes the places of its words in the current favourite: those of each column behind those of
  /// the one before.
  mutating func places(
    into places: inout [Int], _ connection: borrowing Connection
  ) throws(StoreError) {
    places.removeAll(keepingCapacity: true)
    if let only { return try cursors[only].places(into: &places, connection) }
    for index in met { try cursors[index].places(into: &places, connection) }
  }

  /// Puts the next favourite of the cursor at the top in the place of its last; nil for none.
  private mutating func replaceTop(with id: Int64?) {
    if let id {
      heap[0].id = id
    } else {
      let last = heap.removeLast()
      if !heap.isEmpty { heap[0] = last }
    }
    sink(0)
  }

  /// Restores the order of the heap below a place.
  private mutating func sink(_ place: Int) {
    var place = place
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1].id > heap[child].id { child += 1 }
      guard heap[child].id > heap[place].id else { return }
      heap.swapAt(place, child)
      place = child
    }
  }
}
