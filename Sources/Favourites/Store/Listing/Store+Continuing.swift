internal import SQLite

// Where a listing goes on behind a cursor.
//
// By rank and by relevance there is no value that keeps a favourite's place: positions are
// renumbered to make room, and the scores of hits change with the texts of others. What lasts is
// the order of those that nobody touches. So a cursor has the ids around its place, and the
// listing goes on at the nearest that the history has nothing about since.

extension Store {
  /// The favourites around the last one of a page: by rank, those in its category; in a list in
  /// memory, those around it there. Nil for orders in which a value keeps its place.
  func surroundings(
    of cursor: Cursor, _ around: (shown: [Int64], coming: [Int64])?
  ) throws(StoreError) -> Cursor.Surroundings? {
    if let around {
      return Cursor.Surroundings(
        change: try changeCount(), shown: around.shown, coming: around.coming)
    }
    guard cursor.ordering.isByRank else { return nil }
    return Cursor.Surroundings(
      change: try changeCount(), shown: try neighbours(of: cursor, cursor.step.opposite),
      coming: try neighbours(of: cursor, cursor.step))
  }

  private func neighbours(
    of cursor: Cursor, _ step: Cursor.Step
  ) throws(StoreError) -> [Int64] {
    let (sign, direction) = (step.sign, step.direction)
    let (block, position) = (cursor.keys[1].whole ?? 0, cursor.keys[2].whole ?? 0)
    return try connection.integers(
      Fragment(
        sql: """
          SELECT p.favourite FROM category c
          CROSS JOIN block b ON b.category = c.id CROSS JOIN place p ON p.block = b.id
          WHERE c.key = ? AND b.key \(sign)= ? AND (b.key \(sign) ? OR p.position \(sign) ?)
          ORDER BY b.key \(direction), p.position \(direction) LIMIT \(Cursor.Surroundings.most)
          """,
        bindings: [
          .text(cursor.keys[0].text ?? ""), .integer(block), .integer(block), .integer(position),
        ]))
  }

  /// A cursor by rank with the present numbers of its place.
  func refreshed(_ cursor: Cursor) throws(StoreError) -> Cursor {
    guard cursor.ordering.isByRank, let key = cursor.keys[0].text else { return cursor }
    if let own = try place(of: cursor.id, in: key), own.block == cursor.keys[1].whole,
      own.position == cursor.keys[2].whole
    {
      return cursor
    }
    let found = try anchor(of: cursor) { (id) throws(StoreError) in try place(of: id, in: key) }
    guard let (place, isComing) = found else { return cursor }
    // Rows begin behind the cursor, and positions are whole numbers.
    let position = isComing ? place.position &- cursor.step.rawValue : place.position
    return Cursor(
      ordering: cursor.ordering, id: cursor.id,
      keys: [.string(key), .integer(place.block), .integer(position)])
  }

  /// The numbers of a favourite's place, if it is in the category with this key.
  private func place(
    of favourite: Int64, in category: String
  ) throws(StoreError) -> (block: Int64, position: Int64)? {
    let find = try connection.query(
      """
      SELECT b.key, p.position, c.key FROM place p
      CROSS JOIN block b ON b.id = p.block CROSS JOIN category c ON c.id = b.category
      WHERE p.favourite = ?
      """, favourite)
    guard try find.next(), find.text(2).utf8.elementsEqual(category.utf8) else { return nil }
    return (find.integer(0), find.integer(1))
  }

  /// The place of the nearest favourite by which that of a cursor is found: of one that nothing
  /// happened to, if there is any; and whether that one is still to be shown.
  private func anchor<Place>(
    of cursor: Cursor, at place: (Int64) throws(StoreError) -> Place?
  ) throws(StoreError) -> (place: Place, isComing: Bool)? {
    var touched: (place: Place, isComing: Bool)?
    for (id, isComing) in cursor.anchors {
      guard let place = try place(id) else { continue }
      guard let change = cursor.surroundings?.change,
        try wasTouched(.favourite, id, since: change)
      else { return (place, isComing) }
      if touched == nil { touched = (place, isComing) }
    }
    return touched
  }
}

// MARK: Results of a search

extension Store {
  /// Lists the results of a search, the best first.
  mutating func rowsByRelevance(
    _ selection: Selection, _ ordering: Ordering, _ slice: Slice
  ) throws(StoreError) -> FavouriteRows {
    var (start, limit) = slice.span { Int(clamping: ($0.keys[0].whole ?? 0) + 1) }
    var hits: RankedHits
    if case .run(_, let cursor?) = slice {
      // It is sought among all that are ranked, since hits may have come or gone before it.
      let wanted = Self.end(of: start, limit)
      hits = try rankedHits(selection, atLeast: wanted.map { max($0, Self.rankedLimit) })
      let last = hits.ids.last ?? .min
      if hits.isBehindRanked(cursor), last >= cursor.id {
        hits = try rankedHits(selection, atLeast: nil)
      }
      start = try place(behind: cursor, among: hits) ?? start
    } else {
      hits = try rankedHits(selection, atLeast: Self.end(of: start, limit))
    }
    let end = Self.end(of: start, limit)
    if hits.hasMore, let end, hits.ids.count < end {
      hits = try rankedHits(selection, atLeast: end)
    }
    let scores = ValuesByID(Array(hits.scores.dropFirst(start).prefix(limit)))
    return try given(
      hits.ids, from: start, limit: limit, ordering, highlighter: try highlighter(selection),
      scores: scores, ranks: hits.ranks)
  }

  /// How many hits have to be known for a page and what surrounds its end; nil for all.
  private static func end(of start: Int, _ limit: Int) -> Int? {
    let (shown, isWhole) = start.addingReportingOverflow(limit)
    let (end, isBeyond) = shown.addingReportingOverflow(Cursor.Surroundings.most)
    return isWhole || isBeyond ? nil : end
  }

  /// The place in a list of hits from which it goes on behind a cursor; nil if nothing is known of
  /// it but its number.
  private func place(
    behind cursor: Cursor, among hits: RankedHits
  ) throws(StoreError) -> Int? {
    if hits.isBehindRanked(cursor) {
      return hits.ids[hits.scores.count...].firstIndex { $0 < cursor.id } ?? hits.ids.count
    }
    let found = try anchor(of: cursor) { (id) throws(StoreError) in hits.ids.firstIndex(of: id) }
    return found.map { $0.isComing ? $0.place : $0.place + 1 }
  }
}

extension RankedHits {
  /// Whether a cursor is behind the ranked hits, where they are in the order of their ids.
  fileprivate func isBehindRanked(_ cursor: Cursor) -> Bool {
    hasMore && cursor.keys[0].whole.map { $0 >= scores.count } ?? false
  }
}

extension Cursor {
  /// The direction of a listing by rank within a category.
  fileprivate enum Step: Int64 {
    case up = 1
    case down = -1

    var opposite: Step { self == .up ? .down : .up }
    /// How a place further on compares, in SQL.
    var sign: String { self == .up ? ">" : "<" }
    /// The direction in SQL.
    var direction: String { self == .up ? "ASC" : "DESC" }
  }

  /// The direction in which it goes on within a category: by category, ranks are never reversed.
  fileprivate var step: Step { ordering == Ordering(.rank, isDescending: true) ? .down : .up }
}
