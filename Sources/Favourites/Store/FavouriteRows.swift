internal import SQLite

/// The rows of a listing, read one after another.
package struct FavouriteRows: ~Copyable {
  private let statement: Statement
  private let ordering: Ordering
  private let counting: ListQuery.Counting
  private let limit: Int64
  private var given: Int64 = 0
  /// The category and the rank of the row before, where rows are counted as they come.
  private var previous: (category: Int64, rank: Int64)
  private var last: Cursor?
  /// What tells how each was found, where that is wanted.
  private let highlighter: Highlighter?
  private let scores: [Int64: Double]
  /// True once there is another row behind the last that was wanted.
  private var hasMore = false

  init(
    statement: consuming Statement, ordering: Ordering, counting: ListQuery.Counting, limit: Int64,
    before: (category: Int64, rank: Int64)?, highlighter: consuming Highlighter? = nil,
    scores: [Int64: Double] = [:]
  ) {
    self.statement = statement
    self.ordering = ordering
    self.counting = counting
    self.limit = limit
    previous = before ?? (0, 0)
    self.highlighter = highlighter
    self.scores = scores
  }

  /// The next favourite; nil at the end of the slice.
  package mutating func next(in store: inout Store) throws(StoreError) -> Favourite? {
    guard try statement.next() else { return nil }
    if given == limit {
      hasMore = true
      return nil
    }
    given += 1
    let rank = try rank(in: &store)
    if given == limit { last = cursor() }
    var favourite = Favourite(
      id: statement.integer(0), uid: UID(bytes: statement.bytes(1)) ?? UID(high: 0, low: 0),
      title: statement.text(2), url: statement.textOrNil(3), note: statement.textOrNil(4),
      category: statement.text(5), rank: rank,
      tagsJSON: statement.textOrNil(6) ?? "[]", metadataJSON: statement.textOrNil(7) ?? "{}",
      createdAt: Timestamp(milliseconds: statement.integer(8)),
      modifiedAt: Timestamp(milliseconds: statement.integer(9)),
      openedAt: statement.integerOrNil(10).map(Timestamp.init(milliseconds:)),
      opened: statement.integer(11))
    try favourite.checkJSON(in: store.path)
    if statement.columnCount > 19 { favourite.sight = LinkSight(column: statement.textOrNil(19)) }
    favourite.hit = highlighter?.hit(favourite, score: scores[favourite.id])
    return favourite
  }

  /// The id of the next favourite, whatever the slice; nil at the end.
  mutating func nextID() throws(StoreError) -> Int64? {
    try statement.next() ? statement.integer(0) : nil
  }

  /// Where the next slice begins; nil when this was the last. To be asked once `next(in:)` gave nil.
  package var nextCursor: Cursor? { hasMore ? last : nil }

  private mutating func rank(in store: inout Store) throws(StoreError) -> Int64 {
    let (category, block) = (statement.integer(12), statement.integer(13))
    let ordinal: Int64
    switch counting {
    case .asTheyCome:
      previous = (category, category == previous.category ? previous.rank + 1 : 1)
      return previous.rank
    case .bySQL: ordinal = statement.integer(14)
    case .byBlock:
      ordinal = try store.ranks.ordinal(
        of: statement.integer(17), in: block, using: store.connection)
    }
    return try store.ranks.count(before: block, in: category, using: store.connection) + ordinal
  }

  private func cursor() -> Cursor {
    let id = statement.integer(0)
    switch ordering.key {
    case .rank, .category:
      return Cursor(
        ordering: ordering, id: id,
        keys: [
          .string(statement.text(15)), .integer(statement.integer(16)),
          .integer(statement.integer(17)),
        ])
    case .title:
      return Cursor(ordering: ordering, id: id, keys: [.string(statement.text(2).nameKey)])
    case .metadata(let name):
      let value = Metadata(stored: statement.textOrNil(7) ?? "{}")[name]
      return Cursor(ordering: ordering, id: id, keys: [value?.sortValue.json ?? .null])
    case .opened:
      let time = statement.integerOrNil(10).map(JSONValue.integer)
      return Cursor(ordering: ordering, id: id, keys: [time ?? .null])
    case .created, .modified, .used, .id, .relevance:
      return Cursor(ordering: ordering, id: id, keys: [.integer(statement.integer(18))])
    }
  }
}

extension Favourite {
  /// Refuses one whose tags or metadata are not JSON, since both are handed on as they stand: another hand wrote
  /// them, and what is printed would be no JSON either.
  func checkJSON(in path: String) throws(StoreError) {
    let fault: String
    if !JSONCheck.isArray(tagsJSON) {
      fault = "tags"
    } else if !JSONCheck.isObject(metadataJSON) {
      fault = "metadata"
    } else {
      return
    }
    throw .unusable(path: path, .damaged("the \(fault) of favourite \(id) cannot be read"))
  }
}
