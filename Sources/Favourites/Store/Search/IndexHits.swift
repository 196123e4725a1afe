internal import SQLite

/// Favourites that are listed, followed from the latest on.
private struct ListedIDs {
  /// The oldest first.
  let ids: [Int64]
  /// How many are left.
  private var left: Int

  init(_ ids: [Int64]) {
    self.ids = ids
    left = ids.count
  }

  /// Moves to the latest that is not above a limit, and returns it.
  mutating func seek(_ limit: Int64) -> Int64? {
    // Usually it is near.
    var step = 1
    while step < left, ids[left - step] > limit { step *= 2 }
    let from = max(0, left - step)
    left = ids[from..<left].partitionPoint { $0 > limit }
    return left == 0 ? nil : ids[left - 1]
  }
}

/// The favourites that an expression finds, the latest first.
struct IndexHits {
  /// Phrases of which a favourite needs one; or a single phrase of several words, of which it needs
  /// all in a row.
  private struct Part {
    let groups: Range<Int>
    /// The number of its first phrase.
    let phrase: Int
    let columns: UInt8
  }

  private var groups: [IndexGroup] = []
  private var parts: [Part] = []
  /// The favourites among which they have to be; nil for all.
  private var listed: ListedIDs?
  private var limit: Int64?
  /// The places of the words of each group, for phrases of several words.
  private var places: [[Int]] = []
  /// What the current favourite has of such phrases.
  private var runs: [IndexCount] = []
  /// The average lengths of the columns.
  let usual: [Double]

  /// - Parameters:
  ///   - listed: the favourites among which they have to be, the oldest first; nil for all.
  ///   - limit: the highest id to find.
  ///   - onlyTitled: whether only favourites are needed that have each word or phrase in their
  ///     title; others may be among them.
  /// - Returns: nil if the expression or the index is of another kind.
  init?(
    _ expression: SearchExpression, among listed: [Int64]? = nil, upTo limit: Int64 = .max,
    onlyTitled: Bool = false,
    _ connection: borrowing Connection
  ) throws(StoreError) {
    guard let phrases = expression.phrases, !phrases.isEmpty,
      phrases.joined().count == expression.forms.count,
      var words = try IndexWords(connection)
    else { return nil }
    usual = words.usual
    self.listed = listed.map(ListedIDs.init)
    self.limit = limit
    var first = 0
    for part in phrases {
      let start = groups.count
      let mayBeTitled = part.contains { $0.columns & SearchColumn.title.bit != 0 }
      // Whether the words of a phrase are in a row, and in which columns, is seen where a favourite
      // has all of them; but what has them in its title is read more quickly.
      let titled = SearchColumn.title.bit
      let columns = part[0].columns == titled ? titled : .max
      let lists =
        part[0].tokens.count == 1
        ? [part] : part[0].tokens.map { [SearchExpression.Phrase(tokens: [$0], columns: columns)] }
      for list in lists {
        guard
          let group = try IndexGroup(
            list, from: first, onlyTitled: onlyTitled && mayBeTitled, &words, connection)
        else { return nil }
        groups.append(group)
      }
      parts.append(Part(groups: start..<groups.count, phrase: first, columns: part[0].columns))
      first += part.count
    }
    places = groups.map { _ in [] }
  }

  /// Moves to the next favourite, and returns it; nil after the last.
  mutating func next(_ connection: borrowing Connection) throws(StoreError) -> Int64? {
    while let id = try nextWithAll(connection) {
      guard parts.count < groups.count else { return id }
      var isHit = true
      runs.removeAll(keepingCapacity: true)
      for part in parts where isHit && part.groups.count > 1 {
        isHit = try findRuns(of: part, connection)
      }
      if isHit { return id }
    }
    return nil
  }

  /// Moves to the next favourite that has a word of each group.
  private mutating func nextWithAll(
    _ connection: borrowing Connection
  ) throws(StoreError) -> Int64? {
    guard var id = limit else { return nil }
    limit = nil
    let isListed = listed != nil
    var (turn, agreed) = (0, 0)
    while agreed < groups.count {
      if isListed {
        // Few are, so that most else is passed by.
        guard let found = listed?.seek(id) else { return nil }
        if found != id { agreed = 0 }
        id = found
      } else if turn == 0, groups.count > 1 {
        IndexGroup.passUnshared(&groups, upTo: id)
      }
      guard let found = try groups[turn].seek(id, connection) else { return nil }
      agreed = found == id ? agreed + 1 : isListed ? 0 : 1
      id = found
      turn = turn + 1 == groups.count ? 0 : turn + 1
    }
    if id > .min { limit = id - 1 }
    return id
  }

  /// Finds where the words of a phrase are in a row in the current favourite; false for nowhere.
  private mutating func findRuns(
    of part: Part, _ connection: borrowing Connection
  ) throws(StoreError) -> Bool {
    for index in part.groups { try groups[index].places(into: &places[index], connection) }
    var found = false
    for place in places[part.groups.lowerBound] {
      let column = place >> 40
      guard isRun(from: place, part.groups), part.columns >> column & 1 == 1 else { continue }
      found = true
      if runs.last?.phrase != part.phrase || runs.last?.column != column {
        runs.append(IndexCount(phrase: part.phrase, column: column))
      }
      runs[runs.count - 1].add(place & ((1 << 40) - 1))
    }
    return found
  }

  /// Whether the words of the other groups are at the places that follow.
  private func isRun(from place: Int, _ groups: Range<Int>) -> Bool {
    for index in groups.lowerBound + 1..<groups.upperBound {
      let next = place + index - groups.lowerBound
      // Mostly there are one or two, which are found sooner one by one.
      let isThere =
        places[index].count <= 8 ? places[index].contains(next) : places[index].sortedContains(next)
      guard isThere else { return false }
    }
    return true
  }

  /// Counts the favourites that are left, up to a bound.
  mutating func countAll(
    upTo bound: Int = .max, _ connection: borrowing Connection
  ) throws(StoreError) -> Int {
    if bound == .max, groups.count == 1, listed == nil, let limit {
      return try groups[0].countAll(upTo: limit, connection)
    }
    var count = 0
    while count < bound, try next(connection) != nil { count += 1 }
    return count
  }

  /// What the current favourite has of each phrase, in the order of phrases and columns, once for
  /// each word.
  mutating func counts(_ connection: borrowing Connection) throws(StoreError) -> [IndexCount] {
    var counts = runs
    for part in parts where part.groups.count == 1 {
      try groups[part.groups.lowerBound].count(into: &counts, connection)
    }
    if counts.count > 1 {
      counts.sort { ($0.phrase, $0.column) < ($1.phrase, $1.column) }
    }
    return counts
  }
}
