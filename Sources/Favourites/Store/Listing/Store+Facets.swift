internal import SQLite

/// One value of a facet, and the number of matching favourites that have it.
package struct FacetCount: Equatable, Sendable {
  /// A category's path, a tag, a year, or a value of metadata.
  package let value: String
  package let count: Int64

  package init(value: String, count: Int64) {
    self.value = value
    self.count = count
  }
}

/// What favourites can be counted by.
package enum Facet: Hashable, Sendable {
  case category
  case tag
  /// The values of metadata of this name.
  case metadata(String)

  /// Parses a name from the command line: anything but the two above is a name of metadata.
  package init(_ name: String) {
    switch name {
    case "category": self = .category
    case "tag", "tags": self = .tag
    default: self = .metadata(name)
    }
  }
}

extension Store {
  /// Counts the favourites of a selection by a facet, the most frequent value first.
  package mutating func counts(
    by facet: Facet, of selection: Selection
  ) throws(StoreError) -> [FacetCount] {
    try counts(by: [facet], of: selection)[0]
  }

  /// Counts the favourites of a selection by several facets, each with the most frequent value
  /// first.
  ///
  /// Categories and tags are counted in one pass: reading the favourites is most of the cost.
  package mutating func counts(
    by facets: [Facet], of selection: Selection
  ) throws(StoreError) -> [[FacetCount]] {
    try checkCategories(of: selection)
    let ids = try idQuery(selection)
    var kept: (categories: [FacetCount], tags: [FacetCount])?
    if facets.contains(.category) || facets.contains(.tag) {
      kept = try countsOfRows(among: ids, withTags: facets.contains(.tag))
    }
    var counts: [[FacetCount]] = []
    for facet in facets {
      switch facet {
      case .category: counts.append(kept?.categories ?? [])
      case .tag: counts.append(kept?.tags ?? [])
      case .metadata(let name): counts.append(try self.counts(byMetadata: name, among: ids))
      }
    }
    return counts
  }

  private func countsOfRows(
    among ids: Fragment, withTags: Bool
  ) throws(StoreError) -> (categories: [FacetCount], tags: [FacetCount]) {
    let counts = try FacetRows.counts(among: ids, in: try favouriteRows(), connection)
    let tags = withTags ? try unified(JSONText.counts(in: counts.tags)) : []
    return (try named(counts.categories), tags)
  }

  private func named(_ counts: IDCounts) throws(StoreError) -> [FacetCount] {
    let rows = try connection.query("SELECT id, name FROM category ORDER BY key")
    var named: [FacetCount] = []
    while try rows.next() {
      let count = counts.count(of: rows.integer(0))
      if count > 0 { named.append(FacetCount(value: rows.text(1), count: count)) }
    }
    return Self.frequentFirst(named)
  }

  /// Combines the counts of tags that differ only in case.
  private func unified(_ counts: ByteCounts) throws(StoreError) -> [FacetCount] {
    let rows = try connection.query("SELECT key, name FROM tag ORDER BY key, name")
    var unified: [FacetCount] = []
    var last: String?
    while try rows.next() {
      let count = counts.count(of: Array(rows.text(1).utf8))
      guard count > 0 else { continue }
      let key = rows.text(0)
      if areSame(key, last), let first = unified.popLast() {
        unified.append(FacetCount(value: first.value, count: first.count + count))
      } else {
        unified.append(FacetCount(value: rows.text(1), count: count))
      }
      last = key
    }
    return Self.frequentFirst(unified)
  }

  /// Sorts the most frequent first; ties keep their order.
  private static func frequentFirst(_ counts: [FacetCount]) -> [FacetCount] {
    counts.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }

  /// A metadata value as it is spelled, from its `json_each` row and the favourite.
  private static func spelling(of value: String, in favourite: String) -> String {
    // A path cannot name every key.
    """
    CASE \(value).type WHEN 'object' THEN json_extract(\(value).value, '$.value')
      WHEN 'text' THEN \(value).value
      ELSE ifnull(\(favourite).metadata -> \(value).fullkey, \(value).value) END
    """
  }

  private func counts(
    byMetadata name: String, among ids: Fragment
  ) throws(StoreError) -> [FacetCount] {
    let fragment =
      Fragment(
        sql: """
          SELECT min(CAST(\(Self.spelling(of: "j", in: "f")) AS TEXT)), count(*) AS n,
            CASE j.type WHEN 'object' THEN json_extract(j.value, '$.value') ELSE j.value END AS v
          FROM (
          """) + ids
      + Fragment(
        sql: """
          ) s CROSS JOIN favourite f ON f.id = s.id CROSS JOIN json_each(f.metadata) j
          WHERE j.key IN (
          """) + (try spellings(ofKey: name))
      + Fragment(sql: ") GROUP BY v ORDER BY n DESC, v")
    let rows = try connection.query(fragment)
    var counts: [FacetCount] = []
    // A text in another case is the same, and so is a number that elsewhere is a text.
    var places: [String: Int] = [:]
    while try rows.next() {
      let (value, count) = (rows.text(0), rows.integer(1))
      let key = value.foldedName
      if let place = places[key] {
        counts[place] = FacetCount(
          value: counts[place].value, count: counts[place].count + count)
      } else {
        places[key] = counts.count
        counts.append(FacetCount(value: value, count: count))
      }
    }
    return Self.frequentFirst(counts)
  }

  /// The spellings of a metadata name in favourites, as SQL values.
  private func spellings(ofKey name: String) throws(StoreError) -> Fragment {
    let rows = try connection.query(
      """
      SELECT DISTINCT j.key FROM attribute a CROSS JOIN favourite f ON f.id = a.favourite
      CROSS JOIN json_each(f.metadata) j WHERE a.name = ?
      """, name.foldedName)
    var names: [String] = []
    while try rows.next() {
      if rows.text(0).isSameName(as: name) { names.append(rows.text(0)) }
    }
    return Fragment(
      sql: names.map { _ in "?" }.joined(separator: ","), bindings: names.map(Binding.text))
  }
}
