internal import SQLite

// The latest hits, read from the index as it is in the file: see `IndexWords`.

extension Store {
  /// What `newest` finds for an expression; nil if it is of another kind, or if the index cannot be
  /// read like that.
  ///
  /// - Parameters:
  ///   - title: makes the same expression in titles only.
  func newestRead(
    _ match: SearchExpression, _ search: PreparedSearch,
    title: (borrowing Store) throws(StoreError) -> SearchExpression?
  ) throws(StoreError) -> (hits: FoundHits, hasMore: Bool)? {
    // FTS5 is quicker at phrases, until they have to be in titles.
    guard match.hasOnlyWords else { return nil }
    return try reading(match) { (store) throws(StoreError) in
      try store.newestRead(match, search, inTitle: title)
    }
  }

  /// The latest hits with all words and phrases in their title, up to an id and a number; nil as
  /// above.
  func titledRead(
    _ match: SearchExpression, _ search: PreparedSearch, upTo id: Int64, most: Int
  ) throws(StoreError) -> ReadHits? {
    try reading(match) { (store) throws(StoreError) in
      guard
        var hits = try IndexHits(match, upTo: id, onlyTitled: true, store.connection)
      else { return nil }
      var found = ReadHits(match, hits.usual, tokens: search.tokens.count)
      while found.count < most, let id = try hits.next(store.connection) {
        let counts = try hits.counts(store.connection)
        if found.isTitled(counts) { found.add(id, counts) }
      }
      return found
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
    _ match: SearchExpression, _ search: PreparedSearch,
    inTitle title: (borrowing Store) throws(StoreError) -> SearchExpression?
  ) throws(StoreError) -> (hits: FoundHits, hasMore: Bool)? {
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
        return (FoundHits(read: [found, rest]), hasMore)
      }
    }
    return (FoundHits(read: [found]), hasMore)
  }
}
