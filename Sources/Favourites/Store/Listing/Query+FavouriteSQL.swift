internal import SQLite

// Filters as SQL over `favourite f` and `category c`.

extension Query {
  /// The condition on favourites.
  func ofFavourites() throws(StoreError) -> Condition {
    try condition { (test) throws(StoreError) in try test.ofFavourites() }
  }
}

extension Query.Test {
  /// The condition on favourites.
  func ofFavourites() throws(StoreError) -> Condition {
    switch self {
    case .tag(let tag): return Self.having(tag)
    case .category(let path):
      return Condition(
        test: Fragment(sql: "(") + path.within("c.key", isAlone: true) + Fragment(sql: ")"))
    case .metadata(let condition): return Self.comparing(condition)
    case .date(let field, let bound, let time): return try dated(field, bound, time)
    case .state(let state): return try stated(state)
    case .part(let text):
      // Names are looked at once, so that no category has to be looked up for a row that is passed;
      // and where none has the part, which is usual, not even the row's is read.
      let named = "FROM category WHERE favs_holds(?, 1, name)"
      return Condition(
        test: Self.holds(text, in: "f") { part in
          Fragment(
            sql: "EXISTS (SELECT 1 \(named)) AND f.category IN (SELECT id \(named))",
            bindings: [part, part])
        })
    case .ids(let ids):
      return Condition(
        test: Fragment(
          sql: "f.id BETWEEN ? AND ?",
          bindings: [.integer(ids.lowerBound), .integer(ids.upperBound)]), isOfID: true)
    case .change(let number): return Self.touched(by: number)
    }
  }

  private static func having(_ tag: TagName) -> Condition {
    let which = Fragment(
      sql: "(SELECT id FROM tag WHERE key = ?)", bindings: [.text(tag.key)])
    return Condition(
      test: Fragment(
        sql: "EXISTS (SELECT 1 FROM tagging g WHERE g.favourite = f.id AND g.tag IN ") + which
        + Fragment(sql: ")"),
      candidates: Fragment(sql: "SELECT favourite FROM tagging WHERE tag IN ") + which,
      findsLive: true, isOfID: true, hasWords: true)
  }

  private static func comparing(_ condition: MetadataCondition) -> Condition {
    guard condition.relation == .notEqual else { return among(condition.favourites) }
    // Another value, or none at all.
    return Condition(
      test: Fragment(sql: "f.id NOT IN (") + condition.favourites + Fragment(sql: ")"),
      isOfID: true)
  }

  private func dated(
    _ field: Query.DateField, _ bound: Query.DateBound, _ time: Timestamp
  ) throws(StoreError) -> Condition {
    guard field != .deleted, field != .made else { throw refusal(of: "favourites") }
    return DateSpan(field: field, limits: [DateSpan.Limit(bound: bound, time: time)]).condition
  }

  private func stated(_ state: Query.State) throws(StoreError) -> Condition {
    switch state {
    case .opened:
      return Condition(
        test: Fragment(sql: "(f.opened > 0)"),
        candidates: Fragment(sql: "SELECT id AS favourite FROM favourite WHERE opened > 0"),
        findsLive: true)
    case .unopened: return Condition(test: Fragment(sql: "(f.opened = 0)"))
    case .seen(let state): return Self.seen(state)
    case .has(let trait): return Self.having(trait)
    case .lacks(let trait): return Self.having(trait).opposite
    case .undoable: throw refusal(of: "favourites")
    }
  }

  private static func having(_ trait: Query.Trait) -> Condition {
    switch trait {
    case .field(let field):
      Condition(
        test: Fragment(sql: "f.\(field.rawValue) IS NOT NULL"),
        candidates: table(of: field).map { Fragment(sql: "SELECT favourite FROM \($0)") },
        findsLive: true)
    case .metadata(let name):
      among(
        Fragment(
          sql: "SELECT a.favourite FROM attribute a WHERE a.name = ?",
          bindings: [.text(name.foldedName)]))
    }
  }

  /// The table with a row for each favourite that has a field.
  private static func table(of field: Query.Trait.Field) -> String? {
    switch field {
    case .url: "link"
    case .tags: "tagging"
    case .note: nil
    }
  }

  /// The condition that a query of derived rows finds a favourite.
  private static func among(_ favourites: Fragment) -> Condition {
    Condition(
      test: Fragment(sql: "f.id IN (") + favourites + Fragment(sql: ")"), candidates: favourites,
      findsLive: true, isOfID: true)
  }

  private static func touched(by change: Int64) -> Condition {
    let ids = Fragment(
      sql: """
        SELECT item AS favourite FROM change_item WHERE change = ? AND kind = 1
        UNION ALL
        SELECT id FROM favourite WHERE id BETWEEN (SELECT first_added FROM change WHERE number = ?)
          AND (SELECT last_added FROM change WHERE number = ?)
        """, bindings: [.integer(change), .integer(change), .integer(change)])
    return Condition(
      test: Fragment(sql: "f.id IN (") + ids + Fragment(sql: ")"), candidates: ids)
  }

  /// Whether the last result of a favourite's link is this state.
  private static func seen(_ state: LinkState) -> Condition {
    Condition(
      test: Fragment(
        sql: "EXISTS (SELECT 1 FROM sight s WHERE s.favourite = f.id AND +s.state = ?)",
        bindings: [.integer(state.number)]),
      candidates: Fragment(
        sql: "SELECT favourite FROM sight WHERE state = ?", bindings: [.integer(state.number)]))
  }
}
