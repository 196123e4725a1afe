internal import SQLite

// The library's functions throw `StoreError`; these three bring SQLite's errors over, in one place.

extension Connection {
  /// A statement of a call site, compiled once.
  func query(_ sql: StaticString) throws(StoreError) -> Statement {
    do {
      return try statement(sql)
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

  /// Runs to the end and is ready to run again.
  func run() throws(StoreError) {
    do {
      try execute()
    } catch {
      throw .sqlite(error)
    }
  }
}
