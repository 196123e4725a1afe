internal import SQLite

extension Selection {
  /// Whether words are searched for, so that what is found can be listed by relevance.
  package var isRanked: Bool { search?.match != nil }

  /// The conditions of the selection, except those on categories.
  func allConditions() throws(StoreError) -> [Condition] {
    try (conditionsBesidesSearch() + searchConditions).united
  }

  /// The conditions without those of a search.
  func conditionsBesidesSearch() throws(StoreError) -> [Condition] {
    var conditions: [Condition] = []
    for filter in otherFilters { conditions.append(try filter.ofFavourites()) }
    if pattern != nil { conditions.append(Condition(test: Self.matches)) }
    return conditions
  }

  private var searchConditions: [Condition] {
    guard let search else { return [] }
    guard let match = search.match else { return search.conditions }
    return [SearchCompiler.found(match)] + search.conditions
  }

  /// Tests whether a category is one of those selected; nil if all are.
  var categoryTest: Fragment? {
    let tests = categories.map { $0.within("c.key", isAlone: categories.count == 1) }
    switch tests.count {
    case 0: return nil
    case 1: return tests[0]
    default: return Fragment(sql: "(") + .joined(tests, by: " OR ") + Fragment(sql: ")")
    }
  }

  /// Whether it needs the functions of `Connection.prepareForParts`.
  var needsParts: Bool {
    search?.isUnindexed == true || search?.conditions.isEmpty == false
      || filters.contains(where: \.needsParts)
  }

  /// Whether a row's title, URL, note or a tag matches the regular expression that was registered.
  private static let matches = Fragment(
    sql: """
      (favs_matches(f.title) OR favs_matches(f.url) OR favs_matches(f.note)
        OR EXISTS (SELECT 1 FROM json_each(f.tags) j WHERE favs_matches(j.value)))
      """)
}
