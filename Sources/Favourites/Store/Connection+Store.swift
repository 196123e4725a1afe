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

// The same with values, in the order of the parameters. A statement may have more parameters than
// values.

extension Connection {
  /// A statement of a call site, before its first row.
  func query<each Value: Bindable>(
    _ sql: StaticString, _ values: repeat each Value
  ) throws(StoreError) -> Statement {
    let statement = try query(sql)
    statement.bind(repeat each values)
    return statement
  }

  /// One that is put together of constants, before its first row.
  func query<each Value: Bindable>(
    composed sql: ComposedSQL, _ values: repeat each Value
  ) throws(StoreError) -> Statement {
    let statement = try query(composed: sql)
    statement.bind(repeat each values)
    return statement
  }

  /// One made of parts, before its first row.
  func query(_ fragment: Fragment) throws(StoreError) -> Statement {
    let statement = try query(parts: fragment.sql)
    fragment.bind(to: statement)
    return statement
  }

  /// Runs a statement of a call site to its end.
  func run<each Value: Bindable>(
    _ sql: StaticString, _ values: repeat each Value
  ) throws(StoreError) {
    try query(sql, repeat each values).run()
  }

  /// The whole numbers in the first column of all rows.
  func integers<each Value: Bindable>(
    _ sql: StaticString, _ values: repeat each Value
  ) throws(StoreError) -> [Int64] {
    try query(sql, repeat each values).integers()
  }

  /// The same of a statement made of parts.
  func integers(_ fragment: Fragment) throws(StoreError) -> [Int64] {
    try query(fragment).integers()
  }

  /// The whole number in the first column of the first row; nil where there is no row.
  func integer<each Value: Bindable>(
    _ sql: StaticString, _ values: repeat each Value
  ) throws(StoreError) -> Int64? {
    let row = try query(sql, repeat each values)
    return try row.next() ? row.integer(0) : nil
  }

  /// The same of a statement made of parts.
  func integer(_ fragment: Fragment) throws(StoreError) -> Int64? {
    let row = try query(fragment)
    return try row.next() ? row.integer(0) : nil
  }
}

extension Statement {
  /// The whole numbers in the first column of all rows.
  fileprivate func integers() throws(StoreError) -> [Int64] {
    var numbers: [Int64] = []
    while try next() { numbers.append(integer(0)) }
    return numbers
  }

  /// Gives parameters values, in their order, from the first on or from another.
  func bind<each Value: Bindable>(_ values: repeat each Value, from first: Int32 = 1) {
    var position = first
    for value in repeat each values {
      value.bind(to: self, at: position)
      position += 1
    }
  }

  /// Gives its parameters values, in their order, and runs to the end. It is ready to run again
  /// then.
  func run<each Value: Bindable>(_ values: repeat each Value) throws(StoreError) {
    bind(repeat each values)
    try run()
  }

  /// Moves to the next row; false when there is none.
  func next() throws(StoreError) -> Bool {
    do {
      return try step()
    } catch {
      throw .sqlite(error)
    }
  }

  /// A position or key in the order of favourites, safe to calculate with.
  /// - Throws: damage if it is farther from zero than favs ever writes: no sum of such numbers
  ///   overflows.
  func orderNumber(_ column: Int32) throws(StoreError) -> Int64 {
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
