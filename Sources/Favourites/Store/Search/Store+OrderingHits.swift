internal import SQLite

/// A favourite that was found, and how well it matches.
struct Hit {
  let id: Int64
  /// Its score; the highest that it could have until that is computed.
  var score: Double
  /// How alike its title is to what was typed, for which its score is still to be multiplied.
  var likeness: LikenessBounds
  /// Where it is in `FoundHits`.
  let place: (list: Int, index: Int)
  var rank: Int64 = 0

  /// The highest score that it could have in the end.
  var bound: Double { score * likeness.most.factor }
}

/// What was found, before it is in order.
struct FoundHits {
  var hits: [Hit] = []
  /// What their scores are computed from.
  var lists: [ReadHits] = []

  init(_ lists: [ReadHits]) {
    for list in lists { add(list) }
  }

  mutating func add(_ list: ReadHits) {
    lists.append(list)
    for index in 0..<list.count {
      hits.append(lists[lists.count - 1].bounded(index, list: lists.count - 1))
    }
  }
}

extension Store {
  /// Up to which place ties are ordered by rank.
  private static let tiesLimit = 60
  /// How many of the best hits are ordered among each other where their scores are the same.
  private static let tiedLimit = 100

  /// Sorts the best first: by score, which is higher if the title is like what was typed; then by
  /// rank, then the latest first.
  ///
  /// The lengths of a favourite's columns are on a page of their own for each of most favourites,
  /// and so is its title. So both are read only where the favourite could be among the first.
  ///
  /// - Parameters:
  ///   - titled: the favourites whose title is the same in letters as what was typed, if known.
  ///   - wanted: how many are needed in order. The scores of others may be too high, but are lower
  ///     than theirs.
  /// - Returns: the ranks of those that were compared by rank.
  mutating func order(
    _ found: inout FoundHits, _ search: PreparedSearch, titled: [Int64]?, upTo wanted: Int
  ) throws(StoreError) -> ValuesByID<Int64> {
    guard !found.hits.isEmpty else { return ValuesByID() }
    var titled = titled
    let typed = search.tokens.count
    let tokenizer = try tokenizer()
    let lengths = try connection.query("SELECT lengths FROM place WHERE favourite = ?")
    let titles = try connection.query("SELECT title FROM favourite WHERE id = ?")
    if found.hits.count > wanted { found.hits.sort { ($0.bound, $0.id) > ($1.bound, $1.id) } }
    // The best scores so far, ascending.
    var best: [Double] = []
    for place in found.hits.indices {
      // Sums are rounded.
      let isDone = best.count == wanted && found.hits[place].bound * (1 + 1e-9) < best[0]
      if isDone { break }
      var hit = found.hits[place]
      lengths.reset()
      lengths.bind(hit.id)
      guard try lengths.next() else { throw IndexWords.fault }
      let length: Int
      (hit.score, length) = try found.lists[hit.place.list].score(
        hit.place.index, lengths: lengths.bytes(0))
      try hit.likeness.learn(length: length, typed: typed) { () throws(StoreError) in
        if titled == nil { titled = try idsTitled(search) }
        return titled?.contains(hit.id) == true
      }
      if !hit.likeness.areEqual, best.count < wanted || hit.bound >= best[0] {
        titles.reset()
        titles.bind(hit.id)
        if try titles.next() {
          let tokens = tokenizer.tokens(of: SearchText.prepared(titles.text(0))).map(\.text)
          hit.likeness.learn(Likeness(of: tokens, to: search.tokens))
        }
      }
      hit.score = hit.bound
      hit.likeness = .known(.none)
      found.hits[place] = hit
      guard wanted < found.hits.count else { continue }
      best.insert(hit.score, at: best.partitionPoint { $0 >= hit.score })
      if best.count > wanted { best.removeFirst() }
    }
    lengths.reset()
    titles.reset()
    found.hits.sort { ($0.score, $0.id) > ($1.score, $1.id) }
    return try orderTies(&found.hits, upTo: wanted)
  }

  /// Orders hits of the same score by their ranks.
  ///
  /// - Returns: the ranks that had to be known for it.
  private mutating func orderTies(
    _ hits: inout [Hit], upTo wanted: Int
  ) throws(StoreError) -> ValuesByID<Int64> {
    var ranks: [(id: Int64, value: Int64)] = []
    let best = min(hits.count, Self.tiedLimit)
    var start = 0
    while start < best {
      var end = start + 1
      while end < best, hits[end].score == hits[start].score { end += 1 }
      if end - start > 1, start < min(wanted, Self.tiesLimit) {
        try rank(&hits[start..<end], upTo: wanted - start, &ranks)
      }
      start = end
    }
    return ValuesByID(ranks)
  }

  /// Sorts hits by rank, the first of them; those that follow are not needed in order.
  private mutating func rank(
    _ hits: inout ArraySlice<Hit>, upTo wanted: Int,
    _ ranks: inout [(id: Int64, value: Int64)]
  ) throws(StoreError) {
    if hits.count > wanted {
      // Counting within a block is most of the work: a favourite comes after all blocks before its
      // own.
      for index in hits.indices { hits[index].rank = try least(rankOf: hits[index].id) }
      hits.sort { $0.rank < $1.rank }
    }
    // The ranks of the best so far, ascending.
    var best: [Int64] = []
    for index in hits.indices {
      if best.count == wanted, hits[index].rank > best[wanted - 1] { break }
      let rank = try rank(of: hits[index].id) ?? 0
      hits[index].rank = rank
      ranks.append((hits[index].id, rank))
      guard hits.count > wanted else { continue }
      best.insert(rank, at: best.partitionPoint { $0 >= rank })
      if best.count > wanted { best.removeLast() }
    }
    hits.sort { ($0.rank, $1.id) < ($1.rank, $0.id) }
  }

  /// The rank of the first favourite of the same block.
  private mutating func least(rankOf favourite: Int64) throws(StoreError) -> Int64 {
    forgetOldRanks()
    try writeTails()
    let find = try connection.query(
      """
      SELECT b.id, b.category FROM place p JOIN block b ON b.id = p.block WHERE p.favourite = ?
      """, favourite)
    guard try find.next() else { return 0 }
    return try ranks.count(before: find.integer(0), in: find.integer(1), using: connection) + 1
  }
}
