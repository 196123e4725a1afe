internal import SQLite

/// The rows of a listing, read one by one.
package struct FavouriteRows: ~Copyable {
  private let statement: Statement
  private let ordering: Ordering
  private let counting: ListQuery.Counting
  private let limit: Int64
  private var given: Int64 = 0
  /// The category and rank of the previous row, where rows are counted as they come.
  private var previous: (category: Int64, rank: Int64)
  private var last: Cursor?
  /// The ids around the end of the slice, if the order is that of a list in memory.
  private let around: (shown: [Int64], coming: [Int64])?
  /// Finds why each favourite matched, if requested.
  private let highlighter: Highlighter?
  private let scores: ValuesByID<Double>
  /// The ranks, if they are known.
  private let ranks: ValuesByID<Int64>
  /// Whether there is another row after the last one of the slice.
  private var hasMore = false

  init(
    statement: consuming Statement, ordering: Ordering, counting: ListQuery.Counting, limit: Int64,
    before: (category: Int64, rank: Int64)?, around: (shown: [Int64], coming: [Int64])? = nil,
    highlighter: consuming Highlighter? = nil, scores: ValuesByID<Double> = ValuesByID(),
    ranks: ValuesByID<Int64> = ValuesByID()
  ) {
    self.statement = statement
    self.ordering = ordering
    self.counting = counting
    self.limit = limit
    previous = before ?? (0, 0)
    self.around = around
    self.highlighter = highlighter
    self.scores = scores
    self.ranks = ranks
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
      FavouriteRecord(statement), category: statement.text(Column.categoryName), rank: rank,
      deletedAt: nil)
    try favourite.checkJSON(in: store.path)
    if statement.columnCount > Column.sight {
      favourite.sight = LinkSight(column: statement.textOrNil(Column.sight))
    }
    favourite.hit = highlighter?.hit(favourite, score: scores[favourite.id])
    return favourite
  }

  /// The id of the next favourite, ignoring the slice; nil at the end.
  mutating func nextID() throws(StoreError) -> Int64? {
    try statement.next() ? statement.integer(0) : nil
  }

  /// The start of the next slice; nil if this was the last. Read it after `next(in:)` has returned
  /// nil.
  package func nextCursor(in store: borrowing Store) throws(StoreError) -> Cursor? {
    guard hasMore, var cursor = last else { return nil }
    cursor.surroundings = try store.surroundings(of: cursor, around)
    return cursor
  }

  /// The places of the columns after those of the favourite: see `ListQuery`.
  private enum Column {
    static var categoryName: Int32 { FavouriteColumn.count }
    static var block: Int32 { categoryName + 1 }
    static var ordinal: Int32 { categoryName + 2 }
    static var categoryKey: Int32 { categoryName + 3 }
    static var blockKey: Int32 { categoryName + 4 }
    static var position: Int32 { categoryName + 5 }
    static var sortValue: Int32 { categoryName + 6 }
    static var sight: Int32 { categoryName + 7 }
  }

  private mutating func rank(in store: inout Store) throws(StoreError) -> Int64 {
    let category = statement.integer(FavouriteColumn.category.rawValue)
    let block = statement.integer(Column.block)
    let ordinal: Int64
    switch counting {
    case .asTheyCome:
      previous = (category, category == previous.category ? previous.rank + 1 : 1)
      return previous.rank
    case .bySQL: ordinal = statement.integer(Column.ordinal)
    case .known: return ranks[statement.integer(0)] ?? 0
    case .not: return 0
    case .byBlock:
      ordinal = try store.ranks.ordinal(
        of: statement.integer(Column.position), in: block, using: store.connection)
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
          .string(statement.text(Column.categoryKey)), .integer(statement.integer(Column.blockKey)),
          .integer(statement.integer(Column.position)),
        ])
    case .title:
      return Cursor(
        ordering: ordering, id: id,
        keys: [.string(statement.text(FavouriteColumn.title.rawValue).nameKey)])
    case .metadata(let name):
      let value = Metadata(stored: statement.textOrNil(FavouriteColumn.metadata.rawValue) ?? "{}")[
        name]
      return Cursor(ordering: ordering, id: id, keys: [value?.sortValue.json ?? .null])
    case .column, .relevance:
      let value = statement.integerOrNil(Column.sortValue).map(JSONValue.integer)
      return Cursor(ordering: ordering, id: id, keys: [value ?? .null])
    }
  }
}

extension Favourite {
  /// Refuses a favourite whose tags or metadata are not JSON, which favs never writes: both are
  /// passed on unparsed, and the output would be invalid JSON too.
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
