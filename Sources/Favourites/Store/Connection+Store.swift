internal import SQLite

// The library's functions throw `StoreError`; these convert SQLite's errors in one place.

extension Connection {
  /// Prepares a statement of a call site, compiled once.
  func query(_ sql: StaticString) throws(StoreError) -> Statement {
    do {
      return try statement(sql)
    } catch {
      throw .sqlite(error)
    }
  }

  /// Like `query(_:)`, for a statement composed of constants.
  func query(composed sql: ComposedSQL) throws(StoreError) -> Statement {
    do {
      return try statement(composed: sql)
    } catch {
      throw .sqlite(error)
    }
  }

  /// Prepares a statement made of parts.
  func query(parts sql: String) throws(StoreError) -> Statement {
    do {
      return try prepare(sql)
    } catch {
      throw .sqlite(error)
    }
  }
}

extension Statement {
  /// Moves to the next row; false when there is none.
  func next() throws(StoreError) -> Bool {
    do {
      return try step()
    } catch {
      throw .sqlite(error)
    }
  }

  /// A position or key in the order of favourites, safe to calculate with.
  /// - Throws: damage if it is farther from zero than favs ever writes: no sum of such numbers overflows.
  func place(_ column: Int32) throws(StoreError) -> Int64 {
    let value = integer(column)
    guard (-RankLayout.farthest...RankLayout.farthest).contains(value) else {
      throw .damage("a place in the order is out of bounds: \(value)")
    }
    return value
  }

  /// A number of favourites, safe to calculate with.
  /// - Throws: damage if it is negative or greater than possible.
  func count(_ column: Int32) throws(StoreError) -> Int64 {
    let value = integer(column)
    guard (0...RankLayout.most).contains(value) else {
      throw .damage("a count of favourites is out of bounds: \(value)")
    }
    return value
  }

  /// Runs to the end and resets, ready to run again.
  func run() throws(StoreError) {
    do {
      try execute()
    } catch {
      throw .sqlite(error)
    }
  }
}
