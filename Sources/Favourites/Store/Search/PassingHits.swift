internal import SQLite

/// The hits of an expression that pass a test besides, the latest first.
struct PassingHits {
  private var hits: IndexHits
  /// As SQL over `f.id`; nil if all pass.
  private let test: Fragment?
  /// Those that were read ahead and pass, the next one last.
  private var ahead: [FoundRow] = []

  init(_ hits: IndexHits, _ test: Fragment?) {
    self.hits = hits
    self.test = test
  }

  /// The average lengths of the columns.
  var usual: [Double] { hits.usual }

  /// How many are tested at once.
  private static let most = 500

  /// The next hit; nil after the last.
  mutating func next(_ connection: borrowing Connection) throws(StoreError) -> FoundRow? {
    guard let test else {
      guard let id = try hits.next(connection) else { return nil }
      return FoundRow(id: id, counts: try hits.counts(connection))
    }
    while ahead.isEmpty {
      while ahead.count < Self.most, let id = try hits.next(connection) {
        ahead.append(FoundRow(id: id, counts: try hits.counts(connection)))
      }
      guard !ahead.isEmpty else { return nil }
      let rows = try connection.query(
        Fragment(
          sql: "SELECT f.id FROM (SELECT value AS id FROM json_each(?)) f WHERE ",
          bindings: [.text(ahead.map(\.id).idList)]) + test)
      var passing: Set<Int64> = []
      while try rows.next() { passing.insert(rows.integer(0)) }
      ahead.removeAll { !passing.contains($0.id) }
      ahead.reverse()
    }
    return ahead.removeLast()
  }

  /// Counts the hits that are left.
  mutating func countAll(_ connection: borrowing Connection) throws(StoreError) -> Int {
    if test == nil { return try hits.countAll(connection) }
    var count = 0
    while try next(connection) != nil { count += 1 }
    return count
  }
}
