internal import SQLite

/// Selects and orders favourites of the trash.
package struct TrashQuery: Equatable, Sendable {
  /// Every one of them holds.
  package var filters: [Query]
  /// Nil for the last trashed first.
  package var order: Order?
  /// Whether to reverse the order.
  package var isDescending = false
  package var offset: Int64 = 0
  package var limit: Int64 = .max

  /// Selects what satisfies all of the filters, and without any, all of the trash.
  package init(_ filters: Query...) {
    self.filters = filters
  }

  /// What the trash can be sorted by.
  package enum Order: String, CaseIterable, Sendable {
    /// When it was moved to the trash.
    case deleted
    /// The title, sorted as a name.
    case title
    /// The category it came from, then the rank it had.
    case category
    case id
  }

  /// Whether it is sorted by names.
  var isByName: Bool { order == .title || order == .category }

  /// The order in SQL; for sorting by name, the order in which rows are read.
  var sorting: String {
    let direction = isDescending ? "DESC" : "ASC"
    switch order {
    case nil: return "t.deleted_at DESC, t.id DESC"
    case .deleted: return "t.deleted_at \(direction), t.id \(direction)"
    case .title, .category: return "t.rank \(direction), t.id"
    case .id: return "t.id \(direction)"
    }
  }
}

// Filters as SQL over `trash t`.

extension Store {
  /// The condition on rows of the trash. Makes ready what it needs.
  ///
  /// Throws `StoreError.noChange` if a filter names a change that was never made.
  func condition(_ query: TrashQuery) throws(StoreError) -> Fragment {
    try checkChanges(of: query.filters)
    if query.filters.contains(where: \.needsParts) {
      try prepareForParts()
    }
    var tests: [Fragment] = []
    for filter in query.filters {
      let condition = try filter.condition { (test) throws(StoreError) in
        Condition(test: try self.test(test))
      }
      tests.append(condition.test)
    }
    return tests.isEmpty ? Fragment(sql: "1") : .joined(tests, by: " AND ")
  }

  private func test(_ test: Query.Test) throws(StoreError) -> Fragment {
    switch test {
    case .tag(let tag): return try having(tag)
    case .category(let path): return try cameFrom(path)
    case .date(let field, let bound, let time) where field != .made:
      return field.test(bound, time, in: "t")
    case .part(let text):
      let category = FavouriteSQL.categoryOfTrashed.text
      return Query.Test.holds(text, in: "t") { part in
        Fragment(sql: "favs_holds(?, 1, \(category))", bindings: [part])
      }
    case .ids(let ids):
      return Fragment(
        sql: "t.id BETWEEN ? AND ?",
        bindings: [.integer(ids.lowerBound), .integer(ids.upperBound)])
    case .change(let number):
      return Fragment(sql: "t.change = ?", bindings: [.integer(number)])
    case .state(.opened): return Fragment(sql: "t.opened > 0")
    case .state(.unopened): return Fragment(sql: "t.opened = 0")
    case .state(.has(.field(let field))):
      return Fragment(sql: "t.\(field.rawValue) IS NOT NULL")
    case .state(.lacks(.field(let field))):
      return Fragment(sql: "t.\(field.rawValue) IS NULL")
    // The trash has no index of metadata, and forgets what was seen of a link.
    default: throw test.refusal(of: "the trash")
    }
  }

  private func cameFrom(_ category: CategoryPath) throws(StoreError) -> Fragment {
    let key = category.within("key", isAlone: true)
    // A category that no longer exists is known only by its name.
    let names = try values("SELECT DISTINCT category_name FROM trash").filter { name in
      (try? CategoryPath.parse(name)).map { areSame($0.key, category.key) } ?? false
    }
    return Fragment(sql: "(t.category IN (SELECT id FROM category WHERE ") + key
      + Fragment(sql: " UNION SELECT id FROM trash_category WHERE ") + key
      + Fragment(sql: ") OR t.category_name IN (") + Fragment(listing: names)
      + Fragment(sql: "))")
  }

  private func having(_ tag: TagName) throws(StoreError) -> Fragment {
    // The trash has no index of tags, so find the spellings of the tag there first.
    let names = try values("SELECT DISTINCT j.value FROM trash t CROSS JOIN json_each(t.tags) j")
      .filter { areSame(TagName.key(of: $0), tag.key) }
    return Fragment(sql: "EXISTS (SELECT 1 FROM json_each(t.tags) j WHERE j.value IN (")
      + Fragment(listing: names) + Fragment(sql: "))")
  }

  /// The texts that a query returns.
  private func values(_ sql: StaticString) throws(StoreError) -> [String] {
    let rows = try connection.query(sql)
    var values: [String] = []
    while try rows.next() { values.append(rows.text(0)) }
    return values
  }
}
