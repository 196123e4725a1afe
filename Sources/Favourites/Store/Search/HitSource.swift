internal import SQLite

/// A hit, and what it has of each phrase.
struct FoundRow {
  let id: Int64
  /// In the order of phrases and columns. Empty also for a hit that is passed since it lacks a word
  /// in its title.
  let counts: [IndexCount]
}

/// The hits of a query, the latest first: read from the index as it is in the file, or by FTS5.
struct HitSource: ~Copyable {
  private var read: PassingHits?
  private let rows: Statement?
  private let phrases: Int
  /// The average lengths of the columns.
  let usual: [Double]

  /// Whether FTS5 reads them. It does not tell a word from others that begin with it.
  var isOfRows: Bool { read == nil }

  /// All hits.
  ///
  /// - Parameter limit: after how many of them those that lack a word in their title may be passed.
  init(
    _ query: borrowing HitQuery, titledBehind limit: Int?, _ store: borrowing Store
  ) throws(StoreError) {
    if let read = try query.read(store.connection) {
      self.init(read)
    } else {
      try self.init(query, query.counted, titledBehind: limit, store)
    }
  }

  /// The hits that may have all words in their title, up to an id; nil if only FTS5 can read them.
  init?(
    _ query: borrowing HitQuery, titledUpTo id: Int64, _ store: borrowing Store
  ) throws(StoreError) {
    guard let read = try query.read(upTo: id, onlyTitled: true, store.connection) else {
      return nil
    }
    self.init(read)
  }

  /// The hits among a few favourites.
  init(
    _ query: borrowing HitQuery, among ids: [Int64], _ store: borrowing Store
  ) throws(StoreError) {
    try self.init(query, query.counted(among: ids), titledBehind: nil, store)
  }

  private init(_ read: PassingHits) {
    self.read = read
    rows = nil
    phrases = 0
    usual = read.usual
  }

  private init(
    _ query: borrowing HitQuery, _ fragment: Fragment, titledBehind limit: Int?,
    _ store: borrowing Store
  ) throws(StoreError) {
    let averages = try IndexWords.averages(store.connection)
    let rows = try store.connection.query(parts: fragment.sql)
    rows.bind(Int64(limit ?? .max), at: 1)
    rows.bind(query.groups, at: 2)
    fragment.bind(to: rows, from: 3)
    self.rows = consume rows
    phrases = query.expression.forms.count
    usual = averages
  }

  /// The next hit; nil after the last.
  mutating func next(_ connection: borrowing Connection) throws(StoreError) -> FoundRow? {
    if read != nil { return try read?.next(connection) }
    guard let more = try rows?.next(), more else { return nil }
    return FoundRow(id: rows?.integer(0) ?? 0, counts: counts())
  }

  private func counts() -> [IndexCount] {
    let found = rows?.phraseCounts(1) ?? []
    return found.filter { $0.phrase < phrases && $0.column < SearchColumn.count }
      .map(IndexCount.init)
  }
}

extension IndexCount {
  fileprivate init(_ count: PhraseCount) {
    phrase = count.phrase
    column = count.column
    self.count = count.count
    first = count.first
    last = count.last
  }
}
