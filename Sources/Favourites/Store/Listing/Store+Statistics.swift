internal import SQLite

extension Store {
  /// Counts all favourites, or those in a selection.
  ///
  /// For all favourites, it only reads stored counts and ranges of indexes; a selection is read
  /// once.
  package mutating func statistics(
    of selection: Selection, _ times: Statistics.Times
  ) throws(StoreError) -> Statistics {
    var statistics = Statistics()
    statistics.favourites = try count(selection)
    guard statistics.favourites >= 0 else { throw .damage("a count of favourites below 0") }
    statistics.categories = try categoryShares(of: selection)
    statistics.tags = try tagCounts(of: selection)
    statistics.links = try linkStates(of: selection)
    if selection.isEmpty {
      try countByIndexes(into: &statistics, times)
    } else {
      try countByRows(selection, into: &statistics, times)
    }
    return statistics
  }

  /// Each category with favourites in it or below it, in tree order.
  package mutating func categoryShares(
    of selection: Selection
  ) throws(StoreError) -> [Statistics.CategoryShare] {
    guard selection.isEmpty else { return try shares(try counts(by: .category, of: selection)) }
    return try categories().filter { $0.total > 0 }.map {
      Statistics.CategoryShare(name: $0.name, count: $0.count, total: $0.total)
    }
  }

  /// Each tag in use, the most frequent first.
  package mutating func tagCounts(of selection: Selection) throws(StoreError) -> [FacetCount] {
    guard selection.isEmpty else { return try counts(by: .tag, of: selection) }
    return try tags().map { FacetCount(value: $0.name, count: $0.count) }
      .sorted { $0.count > $1.count }
  }

  /// The states of links that were checked, in the order of `LinkState`.
  private mutating func linkStates(of selection: Selection) throws(StoreError) -> [FacetCount] {
    guard try connection.integer("SELECT EXISTS(SELECT 1 FROM sight)") != 0 else { return [] }
    let rows = try connection.query(
      selection.isEmpty
        ? Fragment(sql: "SELECT state, count(*) FROM sight GROUP BY state")
        : Fragment(sql: "SELECT g.state, count(*) FROM (") + (try idQuery(selection))
          + Fragment(sql: ") s CROSS JOIN sight g ON g.favourite = s.id GROUP BY g.state"))
    var counts: [LinkState: Int64] = [:]
    while try rows.next() {
      if let state = LinkState(number: rows.integer(0)) { counts[state] = rows.integer(1) }
    }
    return LinkState.allCases.compactMap { state in
      counts[state].map { FacetCount(value: state.rawValue, count: $0) }
    }
  }

  /// The hosts of links, the most frequent first. Reads every matching favourite.
  package mutating func hosts(of selection: Selection) throws(StoreError) -> [FacetCount] {
    let fragment =
      Fragment(sql: "SELECT f.url FROM (") + (try idQuery(selection))
      + Fragment(sql: ") s CROSS JOIN favourite f ON f.id = s.id WHERE f.url IS NOT NULL")
    let rows = try connection.query(fragment)
    var counts: [String: Int64] = [:]
    while try rows.next() {
      if let host = LinkHost.shown(rows.text(0)) { counts[host, default: 0] += 1 }
    }
    return counts.map { FacetCount(value: $0, count: $1) }
      .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
  }

  /// The number of favourites moved to the trash before a time.
  package func trashCount(before limit: Timestamp) throws(StoreError) -> Int64 {
    return try connection.integer(
      "SELECT count(*) FROM trash WHERE deleted_at < ?", limit.milliseconds) ?? 0
  }

  /// The number of changes in the history.
  package func changeCount() throws(StoreError) -> Int64 {
    return try connection.integer("SELECT ifnull(max(number), 0) FROM change") ?? 0
  }

  // MARK: All favourites

  private func countByIndexes(
    into statistics: inout Statistics, _ times: Statistics.Times
  ) throws(StoreError) {
    let added = try connection.query(parts: Self.addedCount)
    for (index, month) in times.months.enumerated() {
      let end = index + 1 < times.starts.count ? times.starts[index + 1] : times.end
      added.bind(times.starts[index].milliseconds, end.milliseconds)
      let count = try added.next() ? added.integer(0) : 0
      added.reset()
      statistics.months.append(Statistics.MonthCount(month: month, count: count))
    }
    added.bind(times.end.milliseconds, Int64.max)
    statistics.later = try added.next() ? added.integer(0) : 0
    added.reset()
    statistics.earlier =
      statistics.favourites - statistics.later
      - statistics.months.reduce(0) { $0 + $1.count }
    let ever = try connection.query("SELECT count(*) FROM favourite WHERE opened > 0")
    statistics.opened.ever = try ever.next() ? ever.integer(0) : 0
    statistics.opened.today = try openedCount(since: times.today, until: times.tomorrow)
    statistics.opened.week = try openedCount(since: times.week, until: times.tomorrow)
    let used = try connection.query(
      """
      SELECT f.id, f.title, c.name, f.opened FROM favourite f
      CROSS JOIN category c ON c.id = f.category
      WHERE f.opened > 0 ORDER BY f.opened DESC, f.id DESC LIMIT ?
      """, Int64(Statistics.mostUsedCount))
    try read(used, into: &statistics)
  }

  /// Counts what was added from one time on and before another.
  static let addedCount =
    "SELECT "
    + DatePart.parts(by: .createdAt, of: "f").map { part in
      "(SELECT count(*) FROM favourite f WHERE \(part.test) AND \(part.date) >= ?1 "
        + "AND \(part.date) < ?2)"
    }.joined(separator: " + ")

  private func openedCount(
    since start: Timestamp, until end: Timestamp
  ) throws(StoreError) -> Int64 {
    return try connection.integer(
      "SELECT count(*) FROM favourite WHERE opened_at >= ? AND opened_at < ?", start.milliseconds,
      end.milliseconds) ?? 0
  }

  private func read(
    _ used: borrowing Statement, into statistics: inout Statistics
  ) throws(StoreError) {
    while try used.next() {
      statistics.mostUsed.append(
        Statistics.UsedFavourite(
          id: used.integer(0), title: used.text(1), category: used.text(2),
          opened: used.integer(3)))
    }
  }

  // MARK: A selection

  /// The categories of counted favourites and all their ancestors, with totals.
  private func shares(_ counts: [FacetCount]) throws(StoreError) -> [Statistics.CategoryShare] {
    let counts = Dictionary(counts.map { ($0.value, $0.count) }) { $0 + $1 }
    let rows = try connection.query("SELECT name, key FROM category ORDER BY key")
    var (names, keys): ([String], [String]) = ([], [])
    while try rows.next() {
      names.append(rows.text(0))
      keys.append(rows.text(1))
    }
    let own = names.map { counts[$0] ?? 0 }
    let totals = Self.totals(keys: keys, counts: own)
    return names.indices.filter { totals[$0] > 0 }.map {
      Statistics.CategoryShare(name: names[$0], count: own[$0], total: totals[$0])
    }
  }

  private mutating func countByRows(
    _ selection: Selection, into statistics: inout Statistics, _ times: Statistics.Times
  ) throws(StoreError) {
    let ids = try idQuery(selection)
    let all =
      Fragment(sql: "SELECT f.created_at, f.opened, f.opened_at FROM (") + ids
      + Fragment(sql: ") s CROSS JOIN favourite f ON f.id = s.id")
    let rows = try connection.query(all)
    var counts = [Int64](repeating: 0, count: times.months.count)
    while try rows.next() {
      let created = rows.integer(0)
      if created >= times.end.milliseconds {
        statistics.later += 1
      } else if let month = times.starts.lastIndex(where: { $0.milliseconds <= created }) {
        counts[month] += 1
      } else {
        statistics.earlier += 1
      }
      if rows.integer(1) > 0 { statistics.opened.ever += 1 }
      guard let at = rows.integerOrNil(2), at < times.tomorrow.milliseconds else { continue }
      if at >= times.today.milliseconds { statistics.opened.today += 1 }
      if at >= times.week.milliseconds { statistics.opened.week += 1 }
    }
    statistics.months = zip(times.months, counts).map {
      Statistics.MonthCount(month: $0, count: $1)
    }
    let most =
      Fragment(sql: "SELECT f.id, f.title, c.name, f.opened FROM (") + ids
      + Fragment(
        sql: """
          ) s CROSS JOIN favourite f ON f.id = s.id CROSS JOIN category c ON c.id = f.category
          WHERE f.opened > 0 ORDER BY f.opened DESC, f.id DESC LIMIT \(Statistics.mostUsedCount)
          """)
    let used = try connection.query(most)
    try read(used, into: &statistics)
  }
}
