internal import SQLite

extension Store {
  /// The number of favourites that an expression finds, read from the index as it is in the file;
  /// nil if that is better left to FTS5.
  func countRead(_ match: SearchExpression) throws(StoreError) -> Int? {
    guard match.hasOnlyWords, mayRead(match) else { return nil }
    do throws(StoreError) {
      guard var hits = try IndexHits(match, connection) else { return nil }
      return try hits.countAll(connection)
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
