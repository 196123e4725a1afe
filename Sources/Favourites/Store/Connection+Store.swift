internal import SQLite

// The library's functions throw `StoreError`; these bring SQLite's errors over, in one place.

extension Connection {
  /// A statement of a call site, compiled once.
  func query(_ sql: StaticString) throws(StoreError) -> Statement {
    do {
      return try statement(sql)
    } catch {
      throw .sqlite(error)
    }
  }

  /// The same for one that is put together of constants.
  func query(composed sql: ComposedSQL) throws(StoreError) -> Statement {
    do {
      return try statement(composed: sql)
    } catch {
      throw .sqlite(error)
    }
  }

  /// A statement made of parts.
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

  /// A number of the order of favourites that is reckoned with: a position or a key.
  /// - Throws: damage, where it is farther from zero than favs ever puts one: no sum of such numbers overflows.
  func place(_ column: Int32) throws(StoreError) -> Int64 {
    let value = integer(column)
    guard (-RankLayout.farthest...RankLayout.farthest).contains(value) else {
      throw .damage("a place in the order is out of bounds: \(value)")
    }
    return value
  }

  /// A number of favourites that is reckoned with.
  /// - Throws: damage, where it is less than zero or more than there can be.
  func count(_ column: Int32) throws(StoreError) -> Int64 {
    let value = integer(column)
    guard (0...RankLayout.most).contains(value) else {
      throw .damage("a count of favourites is out of bounds: \(value)")
    }
    return value
  }

  /// Runs to the end and is ready to run again.
  func run() throws(StoreError) {
    do {
      try execute()
    } catch {
      throw .sqlite(error)
    }
  }
}
