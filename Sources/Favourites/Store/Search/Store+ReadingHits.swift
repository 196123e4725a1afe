internal import SQLite

// The latest hits, read from the index as it is in the file: see `IndexWords`.

extension Store {
  /// What `newest` finds for an expression; nil if it is of another kind, or if the index cannot be
  /// read like that.
  ///
  /// - Parameters:
  ///   - title: makes the same expression in titles only.
  ///   - wanted: how many hits are needed in order. The scores of others may be too high, but lower
  ///     than theirs.
  func newestRead(
    _ match: SearchExpression, _ search: PreparedSearch, upTo wanted: Int,
    title: (borrowing Store) throws(StoreError) -> SearchExpression?
  ) throws(StoreError) -> (hits: [Hit], hasMore: Bool)? {
    // FTS5 is quicker at phrases, until they have to be in titles.
    guard match.hasOnlyWords else { return nil }
    return try reading(match) { (store) throws(StoreError) in
      try store.newestRead(match, search, upTo: wanted, inTitle: title)
    }
  }

  /// The latest hits with all words and phrases in their title, up to an id and a number; nil as
  /// above.
  func titledRead(
    _ match: SearchExpression, _ search: PreparedSearch, upTo id: Int64, most: Int
  ) throws(StoreError) -> [Hit]? {
    try reading(match) { (store) throws(StoreError) in
      guard
        var hits = try IndexHits(match, upTo: id, onlyTitled: true, store.connection)
      else { return nil }
      var found = ReadHits(match, hits.usual, tokens: search.tokens.count)
      while found.count < most, let id = try hits.next(store.connection) {
        let counts = try hits.counts(store.connection)
        if found.isTitled(counts) { found.add(id, counts) }
      }
      return try store.scored([found], upTo: .max)
    }
  }

  /// The number of favourites that an expression finds; nil as above.
  func countRead(_ match: SearchExpression) throws(StoreError) -> Int? {
    guard match.hasOnlyWords else { return nil }
    return try reading(match) { (store) throws(StoreError) in
      guard var hits = try IndexHits(match, store.connection) else { return nil }
      return try hits.countAll(store.connection)
    }
  }

  /// What a closure reads of the index for an expression; nil if it is better left to FTS5.
  private func reading<Value>(
    _ match: SearchExpression, _ body: (borrowing Store) throws(StoreError) -> Value?
  ) throws(StoreError) -> Value? {
    // FTS5 keeps what a change has written in memory.
    guard readsIndex, change == nil, let phrases = match.phrases?.joined() else { return nil }
    guard phrases.count <= (phrases.contains(where: \.isPrefix) ? 80 : 12) else { return nil }
    do throws(StoreError) {
      return try body(self)
    } catch .sqlite(let error) where error.isOfIndex {
      // FTS5 judges whether it is damaged.
      return nil
    }
  }

  private func newestRead(
    _ match: SearchExpression, _ search: PreparedSearch, upTo wanted: Int,
    inTitle title: (borrowing Store) throws(StoreError) -> SearchExpression?
  ) throws(StoreError) -> (hits: [Hit], hasMore: Bool)? {
    guard var hits = try IndexHits(match, connection) else { return nil }
    var found = ReadHits(match, hits.usual, tokens: search.tokens.count)
    while found.count < Self.rankedLimit, let id = try hits.next(connection) {
      found.add(id, try hits.counts(connection))
    }
    var next = found.count == Self.rankedLimit ? try hits.next(connection) : nil
    let hasMore = next != nil
    if hasMore, search.titleMatch != nil {
      if search.hasTitlesInPass {
        var titled = found.titled
        while titled < Self.rankedLimit, let id = next {
          let counts = try hits.counts(connection)
          if found.isTitled(counts) {
            found.add(id, counts)
            titled += 1
          }
          next = try hits.next(connection)
        }
      } else {
        guard let expression = try title(self),
          var others = try IndexHits(expression, connection)
        else { return nil }
        let known = Set(found.ids)
        var rest = ReadHits(expression, hits.usual, tokens: search.tokens.count)
        var left = Self.rankedLimit
        while left > 0, let id = try others.next(connection) {
          left -= 1
          if !known.contains(id) { rest.add(id, try others.counts(connection)) }
        }
        return (try scored([found, rest], upTo: wanted), hasMore)
      }
    }
    return (try scored([found], upTo: wanted), hasMore)
  }

  /// The hits with their scores.
  ///
  /// The lengths of a favourite's columns are on a page of their own for each of most favourites,
  /// so they are read only if it could be among the best. A column is at least as long as up to the
  /// last hit in it.
  private func scored(_ lists: [ReadHits], upTo wanted: Int) throws(StoreError) -> [Hit] {
    let most = wanted > Self.comparedLimit ? .max : Self.comparedLimit
    var lists = lists
    var hits: [(hit: Hit, list: Int, index: Int)] = []
    for list in lists.indices {
      for index in 0..<lists[list].count {
        hits.append((lists[list].bounded(index), list, index))
      }
    }
    if hits.count > most { hits.sort { $0.hit.score > $1.hit.score } }
    let find = try connection.query("SELECT sz FROM search_docsize WHERE id = ?")
    // The best scores so far, ascending.
    var best: [Double] = []
    for place in hits.indices {
      let (hit, list, index) = hits[place]
      // Sums are rounded.
      if best.count == most, hit.score * (1 + 1e-9) < best[0] { break }
      find.reset()
      find.bind(hit.id)
      guard try find.next() else { throw IndexWords.fault }
      let score = try lists[list].score(index, lengths: find.bytes(0))
      hits[place].hit.score = score
      guard most < .max else { continue }
      best.insert(score, at: best.partitionPoint { $0 >= score })
      if best.count > most { best.removeFirst() }
    }
    find.reset()
    return hits.map(\.hit)
  }
}

/// Hits of an expression, and what is needed for their scores.
private struct ReadHits {
  private(set) var ids: [Int64] = []
  private(set) var titled = 0
  private var counts: [IndexCount] = []
  /// For each hit, where its counts end.
  private var ends: [Int] = []
  private let forms: [(weight: Double, group: Int)]
  private let usual: [Double]
  /// The groups of phrases that count.
  private let groups: Set<Int>
  /// The number of words that were typed; nil if a hit in a title may be unknown.
  private let tokens: Int?
  private var best = [Double](repeating: 0, count: 256)

  init(_ expression: SearchExpression, _ usual: [Double], tokens: Int) {
    forms = expression.forms
    self.usual = usual
    groups = Set(forms.filter { $0.weight > 0 }.map(\.group))
    let areWhole = expression.phrases?.joined().allSatisfy {
      $0.columns & SearchExpression.Phrase.title != 0 || $0.columns == SearchExpression.place
    }
    self.tokens = areWhole == true ? tokens : nil
  }

  var count: Int { ids.count }

  mutating func add(_ id: Int64, _ counts: [IndexCount]) {
    ids.append(id)
    self.counts += counts
    ends.append(self.counts.count)
    if isTitled(counts) { titled += 1 }
  }

  /// Whether each group of phrases has a hit in the title.
  func isTitled(_ counts: [IndexCount]) -> Bool {
    var left = groups
    for count in counts where count.column == 0 && forms[count.phrase].weight > 0 {
      left.remove(forms[count.phrase].group)
    }
    return left.isEmpty
  }

  private func counts(_ index: Int) -> ArraySlice<IndexCount> {
    counts[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// A hit with the highest score that it could have.
  mutating func bounded(_ index: Int) -> Hit {
    let counts = counts(index)
    var lengths = usual.map { _ in 0.0 }
    var (isInTitle, isFirst) = (false, false)
    for count in counts {
      lengths[count.column] = max(lengths[count.column], Double(count.last + 1))
      guard count.column == 0 else { continue }
      isInTitle = true
      if count.first == 0 { isFirst = true }
    }
    var hit = Hit(id: ids[index], score: score(counts, lengths), isTitled: false)
    // A title like what was typed begins with its word, or at least contains its words.
    if let tokens { hit.mayBeLike = tokens == 1 ? isFirst : isInTitle }
    return hit
  }

  /// The score of a hit: see `favs_fts5_score`, of which this is the same.
  ///
  /// - Parameter lengths: those of its columns as FTS5 stores them.
  mutating func score(_ index: Int, lengths: [UInt8]) throws(StoreError) -> Double {
    var place = 0
    let all = usual.map { _ in
      Double(Int32(truncatingIfNeeded: IndexLeaf.number(lengths, &place, lengths.count)))
    }
    guard place <= lengths.count else { throw IndexWords.fault }
    return score(counts(index), all)
  }

  private mutating func score(_ counts: ArraySlice<IndexCount>, _ lengths: [Double]) -> Double {
    var score = 0.0
    var index = counts.startIndex
    for count in counts { best[forms[count.phrase].group & 0xFF] = 0 }
    while index < counts.endIndex {
      let phrase = counts[index].phrase
      var frequency = 0.0
      while index < counts.endIndex, counts[index].phrase == phrase {
        let column = counts[index].column
        let weight =
          SearchExpression.weights[column] / (0.5 + 0.5 * lengths[column] / usual[column])
        for _ in 0..<counts[index].count { frequency += weight }
        index += 1
      }
      let (form, group) = (forms[phrase].weight, forms[phrase].group & 0xFF)
      let value = form * frequency * 2.2 / (frequency + 1.2)
      if value > best[group] {
        score += value - best[group]
        best[group] = value
      }
    }
    return score
  }
}
