internal import SQLite

extension Store {
  /// Whether anything matches an expression.
  func hasHits(_ expression: SearchExpression) throws(StoreError) -> Bool {
    try hits(expression, upTo: 1) > 0
  }

  /// The number of favourites that match an expression, counted up to a bound.
  func hits(
    _ expression: SearchExpression, upTo bound: Int = .max
  ) throws(StoreError) -> Int {
    if let count = try countRead(expression, upTo: bound) { return count }
    let count = try connection.integer(
      "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)", expression.text,
      bound)
    return Int(count ?? 0)
  }

  /// The same, read from the index as it is in the file; nil if that is better left to FTS5.
  func countRead(
    _ match: SearchExpression, upTo bound: Int = .max
  ) throws(StoreError) -> Int? {
    guard match.hasOnlyWords, mayRead(match) else { return nil }
    do throws(StoreError) {
      guard var hits = try IndexHits(match, connection) else { return nil }
      return try hits.countAll(upTo: bound, connection)
    } catch .sqlite(let error) where error.isOfIndex {
      // FTS5 judges whether it is damaged.
      return nil
    }
  }

  /// Whether the index as it is in the file has all of an expression, and is not too slow for it.
  func mayRead(_ match: SearchExpression) -> Bool {
    // FTS5 keeps what a change has written in memory.
    guard readsIndex, change == nil, let phrases = match.phrases?.joined() else { return false }
    return phrases.count <= (phrases.contains(where: \.isPrefix) ? 80 : 12)
  }
}
