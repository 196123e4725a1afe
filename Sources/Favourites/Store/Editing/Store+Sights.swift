internal import SQLite

/// A link to be checked, and what is known about it.
package struct KnownLink: Equatable, Sendable {
  package let id: Int64
  package let url: String
  package let title: String
  package let createdAt: Timestamp
  /// Whether it has metadata called `description`.
  package let isDescribed: Bool
  /// The last result; nil if it was never checked.
  package let sight: LinkSight?
}

// Results of checking links. They are written outside the history: none of it is a change that
// could be undone.

extension Store {
  /// The favourites that have a link: those never checked first, then the least recently checked.
  ///
  /// - Parameters:
  ///   - ids: only these; nil for all.
  ///   - before: only those not checked since.
  package func idsToCheck(
    _ ids: [Int64]? = nil, before: Timestamp? = nil
  ) throws(StoreError) -> [Int64] {
    let chosen = ids.map(Set.init)
    var found: [(time: Int64, id: Int64)] = []
    let rows = try connection.query(
      """
      SELECT f.id, s.checked_at FROM favourite f LEFT JOIN sight s ON s.favourite = f.id
      WHERE f.url IS NOT NULL
      """)
    while try rows.next() {
      let (id, time) = (rows.integer(0), rows.integerOrNil(1))
      if let before, let time, time >= before.milliseconds { continue }
      if chosen?.contains(id) ?? true { found.append((time ?? .min, id)) }
    }
    found.sort { ($0.time, $0.id) < ($1.time, $1.id) }
    return found.map(\.id)
  }

  /// Groups favourites that share a link: the first of each group, with the later ones.
  package func twins(among ids: [Int64]) throws(StoreError) -> [Int64: [Int64]] {
    var places: [Int64: Int] = [:]
    for (place, id) in ids.enumerated() { places[id] = place }
    var twins: [Int64: [Int64]] = [:]
    for group in try linkGroups(sameLinks(in: Set(ids)), by: LinkKey.normalised) {
      let sorted = group.ids.sorted { (places[$0] ?? 0) < (places[$1] ?? 0) }
      twins[sorted[0]] = Array(sorted.dropFirst())
    }
    return twins
  }

  /// Links of favourites, in the order of their ids here; those without a link are left out.
  package func links(of ids: [Int64]) throws(StoreError) -> [KnownLink] {
    var links: [KnownLink] = []
    let rows = try connection.query(
      parts: """
        SELECT f.id, f.url, f.title, f.created_at,
          EXISTS (SELECT 1 FROM attribute a WHERE a.name = 'description' AND a.favourite = f.id),
          (SELECT \(LinkSight.column) FROM sight s WHERE s.favourite = f.id)
        FROM json_each(?) d CROSS JOIN favourite f ON f.id = d.value WHERE f.url IS NOT NULL
        """)
    rows.bind(ids.idList)
    while try rows.next() {
      links.append(
        KnownLink(
          id: rows.integer(0), url: rows.text(1), title: rows.text(2),
          createdAt: Timestamp(milliseconds: rows.integer(3)),
          isDescribed: rows.integer(4) == 1, sight: LinkSight(column: rows.textOrNil(5))))
    }
    return links
  }

  /// The last result of checking a favourite's link.
  func sight(of id: Int64) throws(StoreError) -> LinkSight? {
    let rows = try connection.query(
      parts: "SELECT \(LinkSight.column) FROM sight s WHERE s.favourite = ?")
    rows.bind(id)
    return try rows.next() ? LinkSight(column: rows.textOrNil(0)) : nil
  }

  /// Saves the results of checking links, for all favourites that have them, in one short
  /// transaction outside the history. Skips a link that no favourite has any more.
  package mutating func keep(
    _ sights: [(url: String, sight: LinkSight)]
  ) throws(StoreError) {
    try transaction(isLarge: false) { (store) throws(StoreError) in
      for (url, sight) in sights { try store.write(sight, ofURL: url) }
      try store.commit(
        seenBy: { () throws(StoreError) in
          guard let last = sights.last else { return false }
          return try store.isKept(last.url, last.sight)
        }, orElse: { .unconfirmedSights($0) })
    }
  }

  private func isKept(_ url: String, _ sight: LinkSight) throws(StoreError) -> Bool {
    for id in try holders(of: url) where try self.sight(of: id)?.checkedAt == sight.checkedAt {
      return true
    }
    return false
  }

  private func write(_ sight: LinkSight, ofURL url: String) throws(StoreError) {
    for id in try holders(of: url) { try write(sight, of: id) }
  }

  private func write(_ sight: LinkSight, of id: Int64) throws(StoreError) {
    try connection.run(
      """
      INSERT OR REPLACE INTO sight(favourite, state, status, reason, checked_at, failed_at,
        failures, final_url, moved_to, etag)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, id, sight.state.number, sight.status.map(Int64.init), sight.reason,
      sight.checkedAt.milliseconds, sight.failedAt?.milliseconds, sight.failures, sight.finalURL,
      sight.movedTo, sight.etag)
  }
}

/// A favourite whose page has moved to another address.
package struct PageMove: Equatable, Sendable {
  package let id: Int64
  /// The link that was requested.
  package let url: String
  package let sight: LinkSight

  package init(id: Int64, url: String, sight: LinkSight) {
    (self.id, self.url, self.sight) = (id, url, sight)
  }
}

/// The outcome of a relink.
package enum Relinking: Equatable, Sendable {
  /// It has the new address.
  case relinked(Int64)
  /// It was left unchanged: another favourite has that address.
  case kept(Int64, by: Int64)
}

extension Store {
  /// Gives favourites whose pages have moved the new address. A title that only stood in for the
  /// link follows it; skips a favourite whose link has changed since.
  package mutating func relink(_ moves: [PageMove]) throws(StoreError) -> [Relinking] {
    var results: [Relinking] = []
    for move in moves {
      guard let target = move.sight.movedTo, case .live(let record) = try state(of: move.id),
        let url = record.url, LinkKey.areEqual(url, move.url)
      else { continue }
      if let other = try holders(of: target).first(where: { $0 != move.id }) {
        results.append(.kept(move.id, by: other))
        continue
      }
      var patch = Patch()
      patch.url = target
      if Draft.isStandIn(record.title, for: url) { patch.title = Draft.title(fromURL: target) }
      try edit([move.id], patch)
      // It was reached at this address.
      var sight = move.sight
      (sight.state, sight.movedTo, sight.etag) = (.alive, nil, nil)
      try write(sight, of: move.id)
      results.append(.relinked(move.id))
    }
    return results
  }

  /// The favourites that have a link, in any category.
  private func holders(of url: String) throws(StoreError) -> [Int64] {
    let find = try connection.query(
      """
      SELECT f.id, f.url FROM link l CROSS JOIN favourite f ON f.id = l.favourite
      WHERE l.key = ? ORDER BY f.id
      """, LinkKey.indexKey(of: url))
    var ids: [Int64] = []
    while try find.next() { if LinkKey.areEqual(find.text(1), url) { ids.append(find.integer(0)) } }
    return ids
  }
}

extension LinkSight {
  /// All of a row of `sight s`, in one column.
  static let column = """
    json_array(s.state, s.status, s.reason, s.checked_at, s.failed_at, s.failures, s.final_url,
      s.moved_to, s.etag)
    """

  /// Reads such a column; nil if it is null or was altered by another program.
  init?(column: String?) {
    guard let column, case .array(let values)? = try? JSONValue.parse(Array(column.utf8)),
      values.count == 9, case .integer(let number) = values[0],
      let state = LinkState(number: number), case .integer(let time) = values[3]
    else { return nil }
    self.init(state, at: Timestamp(milliseconds: time))
    if case .integer(let status) = values[1] { self.status = Int(clamping: status) }
    if case .string(let text) = values[2] { reason = text }
    if case .integer(let time) = values[4] { failedAt = Timestamp(milliseconds: time) }
    if case .integer(let count) = values[5] { failures = count }
    if case .string(let text) = values[6] { finalURL = text }
    if case .string(let text) = values[7] { movedTo = text }
    if case .string(let text) = values[8] { etag = text }
  }
}
