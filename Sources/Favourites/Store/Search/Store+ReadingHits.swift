internal import SQLite

// The latest hits, read from the index as it is in the file: see `IndexWords`.

extension Store {
  /// What `newest` finds for a query; nil if the index cannot be read like that.
  func newestRead(
    _ query: borrowing HitQuery, _ search: PreparedSearch,
    title: (borrowing Store) throws(StoreError) -> HitQuery?
  ) throws(StoreError) -> (hits: FoundHits, hasMore: Bool)? {
    // FTS5 is quicker at phrases, until they have to be in titles.
    guard query.expression.hasOnlyWords, mayRead(query.expression) else { return nil }
    return try reading { () throws(StoreError) in
      guard var hits = try query.read(connection) else { return nil }
      var found = ReadHits(query.expression, hits.usual, tokens: search.tokens.count)
      while found.count < Self.rankedLimit, let (id, counts) = try hits.next(connection) {
        found.add(id, counts)
      }
      guard found.count == Self.rankedLimit, var next = try hits.next(connection) else {
        return (FoundHits(read: [found]), false)
      }
      guard search.titleMatch != nil else { return (FoundHits(read: [found]), true) }
      if search.hasTitlesInPass {
        var titled = found.titled
        while titled < Self.rankedLimit {
          if found.isTitled(next.counts) {
            found.add(next.id, next.counts)
            titled += 1
          }
          guard let another = try hits.next(connection) else { break }
          next = another
        }
        return (FoundHits(read: [found]), true)
      }
      guard let query = try title(self), var others = try query.read(connection) else { return nil }
      let known = Set(found.ids)
      var rest = ReadHits(query.expression, hits.usual, tokens: search.tokens.count)
      var left = Self.rankedLimit
      while left > 0, let (id, counts) = try others.next(connection) {
        left -= 1
        if !known.contains(id) { rest.add(id, counts) }
      }
      return (FoundHits(read: [found, rest]), true)
    }
  }

  /// The latest hits with all words and phrases in their title, up to an id and a number; nil as
  /// above.
  func titledRead(
    _ query: borrowing HitQuery, _ search: PreparedSearch, upTo id: Int64, most: Int
  ) throws(StoreError) -> ReadHits? {
    guard mayRead(query.expression) else { return nil }
    return try reading { () throws(StoreError) in
      guard var hits = try query.read(upTo: id, onlyTitled: true, connection) else { return nil }
      var found = ReadHits(query.expression, hits.usual, tokens: search.tokens.count)
      while found.count < most, let (id, counts) = try hits.next(connection) {
        if found.isTitled(counts) { found.add(id, counts) }
      }
      return found
    }
  }

  /// The number of favourites that an expression finds; nil as above.
  func countRead(_ match: SearchExpression) throws(StoreError) -> Int? {
    guard match.hasOnlyWords, mayRead(match) else { return nil }
    return try reading { () throws(StoreError) in
      guard var hits = try IndexHits(match, connection) else { return nil }
      return try hits.countAll(connection)
    }
  }

  /// Whether an expression is not better left to FTS5.
  private func mayRead(_ match: SearchExpression) -> Bool {
    // FTS5 keeps what a change has written in memory.
    guard readsIndex, change == nil, let phrases = match.phrases?.joined() else { return false }
    return phrases.count <= (phrases.contains(where: \.isPrefix) ? 80 : 12)
  }

  /// What a closure reads of the index; nil also if something in the index is out of order.
  private func reading<Value>(
    _ body: () throws(StoreError) -> Value?
  ) throws(StoreError) -> Value? {
    do throws(StoreError) {
      return try body()
    } catch .sqlite(let error) where error.isOfIndex {
      // FTS5 judges whether it is damaged.
      return nil
    }
  }
}
