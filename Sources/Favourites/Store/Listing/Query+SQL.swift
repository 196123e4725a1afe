extension Query {
  /// Compiles it to a condition on the rows of one table.
  ///
  /// - Parameters:
  ///   - index: compiles a part that an index answers as a whole; nil where it cannot.
  ///   - test: compiles a single test, and throws `StoreError.invalid` if the rows do not have what
  ///     it asks for.
  func condition(
    index: (Query) throws(StoreError) -> Condition? = { (_) throws(StoreError) in nil },
    test: (Test) throws(StoreError) -> Condition
  ) throws(StoreError) -> Condition {
    if let found = try index(self) { return found }
    func all(_ parts: [Query]) throws(StoreError) -> [Condition] {
      var conditions: [Condition] = []
      for part in parts { conditions.append(try part.condition(index: index, test: test)) }
      return conditions
    }
    switch self {
    case .all(let parts): return .all(try all(parts))
    case .any(let parts): return .any(try all(parts))
    case .not(let part): return try part.condition(index: index, test: test).opposite
    // Without an index, a word is a part of the text.
    case .text(let term): return try test(.part(term.text))
    case .test(let single): return try test(single)
    }
  }

  /// Whether it needs the functions of `Connection.prepareForParts`.
  var needsParts: Bool {
    tests.contains { test in
      if case .part = test { true } else { false }
    }
  }
}

extension Query.Test {
  /// The refusal of a test that the rows of a table cannot be put to.
  func refusal(of rows: String) -> StoreError {
    .invalid(InvalidValue(field: "filter", reason: "cannot be used on \(rows)"))
  }

  /// Whether a row contains a text: in its title, URL, note or category name, a tag, or a value of
  /// its metadata.
  ///
  /// - Parameters:
  ///   - table: the alias of its table.
  ///   - category: whether the name of its category contains the text, as it is sought.
  static func holds(
    _ word: String, in table: String, category: (Binding) -> Fragment
  ) -> Fragment {
    let part = Binding.text(PartFolding().folded(part: word))
    return Fragment(
      sql: """
        (favs_holds(?, 3, \(table).title, \(table).url, \(table).note, \(table).tags,
          \(table).metadata)
        """, bindings: [part]) + Fragment(sql: " OR ") + category(part) + Fragment(sql: ")")
  }
}

extension Query.DateField {
  /// A comparison with the column that has it, in a table named by its alias. What was never opened
  /// has no such time, and matches neither side.
  func test(_ bound: Query.DateBound, _ time: Timestamp, in table: String) -> Fragment {
    let compared = compared("\(table).\(column)", bound, time)
    guard self == .opened else { return compared }
    return Fragment(sql: "ifnull(") + compared + Fragment(sql: ", 0)")
  }

  /// A comparison with a column.
  func compared(
    _ column: String, _ bound: Query.DateBound, _ time: Timestamp
  ) -> Fragment {
    Fragment(sql: "\(column) \(bound.rawValue) ?", bindings: [.integer(time.milliseconds)])
  }

  /// The column that has it.
  var column: String {
    switch self {
    case .created: "created_at"
    case .modified: "modified_at"
    case .opened: "opened_at"
    case .deleted: "deleted_at"
    case .made: "at"
    }
  }
}

extension CategoryPath {
  /// Whether the key in a column is that of the category, or of one below it: they form one range.
  ///
  /// - Parameter isAlone: whether an index may lead to the range.
  func within(_ column: String, isAlone: Bool) -> Fragment {
    Fragment(
      sql: isAlone
        ? "\(column) >= ? AND \(column) < ?" : "(+\(column) >= ? AND +\(column) < ?)",
      bindings: [.text(sortKey), .text(CategoryRecord.within(sortKey).to)])
  }
}
