internal import SQLite

/// One value of a facet, and how many of the favourites meant have it.
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
package enum Facet: Equatable, Sendable {
  case category
  case tag
  /// The values of metadata of this name.
  case metadata(String)

  /// Reads a name of the command line: anything but the two above is a name of metadata.
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
    let ids = try idQuery(selection)
    let fragment: Fragment
    switch facet {
    case .category:
      fragment =
        Fragment(sql: "SELECT c.name, count(*) AS n FROM (") + ids
        + Fragment(
          sql: """
            ) s CROSS JOIN favourite f ON f.id = s.id CROSS JOIN category c ON c.id = f.category
            GROUP BY c.id ORDER BY n DESC, c.key
            """)
    case .tag:
      fragment =
        Fragment(sql: "SELECT min(t.name), count(*) AS n FROM (") + ids
        + Fragment(
          sql: """
            ) s CROSS JOIN favourite f ON f.id = s.id CROSS JOIN json_each(f.tags) j
            CROSS JOIN tag t ON t.name = j.value
            GROUP BY t.key ORDER BY n DESC, t.key
            """)
    case .metadata(let name):
      fragment =
        Fragment(
          sql: """
            SELECT min(CAST(\(Selection.spelling(of: "j", in: "f")) AS TEXT)), count(*) AS n,
              CASE j.type WHEN 'object' THEN json_extract(j.value, '$.value') ELSE j.value END AS v
            FROM (
            """) + ids
        + Fragment(
          sql: """
            ) s CROSS JOIN favourite f ON f.id = s.id CROSS JOIN json_each(f.metadata) j
            WHERE j.key IN (
            """) + (try spellings(ofKey: name))
        + Fragment(sql: ") GROUP BY v ORDER BY n DESC, v")
    }
    let rows = try connection.query(parts: fragment.sql)
    fragment.bind(to: rows)
    var counts: [FacetCount] = []
    while try rows.next() {
      counts.append(FacetCount(value: rows.text(0), count: rows.integer(1)))
    }
    return counts
  }

  /// The spellings that a name of metadata has in favourites, as values of SQL.
  private func spellings(ofKey name: String) throws(StoreError) -> Fragment {
    let rows = try connection.query(
      """
      SELECT DISTINCT j.key FROM attribute a CROSS JOIN favourite f ON f.id = a.favourite
      CROSS JOIN json_each(f.metadata) j WHERE a.name = ?
      """)
    rows.bind(name.foldedName, at: 1)
    var names: [String] = []
    while try rows.next() {
      if rows.text(0).isSameName(as: name) { names.append(rows.text(0)) }
    }
    return Fragment(
      sql: names.map { _ in "?" }.joined(separator: ","), bindings: names.map(Binding.text))
  }
}
