internal import SQLite

// How a favourite is found by its uid.
//
// A uid of version 7 begins with the time at which it was made, which mostly is the date of
// creation: then the index of that date leads to it, and no other is needed. `uid` has the rest:
//
// - those whose date of creation is another than the time in their uid, and
// - those that share their date of creation with others, as of an import without dates, so that
//   only one has to be looked at.
//
// One that is alone with its date again, since the others went, may stay there.

extension Store {
  /// Writes the entries that some new favourites need, and those that their dates made others need.
  /// Their rows are there already.
  func writeUIDs(_ rows: DerivedRows) throws(StoreError) {
    var rest = rows.uids[...]
    while let first = rest.first {
      let group = rest.prefix { $0.createdAt == first.createdAt }
      rest = rest.dropFirst(group.count)
      let sharing = try favourites(createdAt: first.createdAt, most: group.count + 1)
      for new in group where sharing.count > 1 || new.uid.milliseconds != new.createdAt {
        try noteUID(new.uid, of: new.favourite)
      }
      guard sharing.count > 1 else { continue }
      let known = Set(group.map(\.favourite))
      let others = sharing.filter { !known.contains($0) }
      // One was alone so far. Several have their entries already, or still get them when all
      // entries are made anew.
      if others.count == 1, let uid = try uid(of: others[0]) { try noteUID(uid, of: others[0]) }
    }
  }

  private func noteUID(_ uid: UID, of favourite: Int64) throws(StoreError) {
    try connection.run(
      "INSERT OR IGNORE INTO uid(key, favourite) VALUES(?, ?)", uid.indexKey, favourite)
  }

  /// Removes the entry of a live favourite, if it has one.
  func unindexUID(_ record: FavouriteRecord) throws(StoreError) {
    try connection.run(
      "DELETE FROM uid WHERE key = ? AND favourite = ?", record.uid.indexKey, record.id)
  }

  /// The live favourite with a uid; nil if there is none.
  mutating func favourite(withUID uid: UID) throws(StoreError) -> Int64? {
    if derived.mayHold(uid: uid) { try writeDerived() }
    return try written(withUID: uid)
  }

  /// The same, when nothing is put off.
  func written(withUID uid: UID) throws(StoreError) -> Int64? {
    if let id = try indexed(withUIDs: uid...uid, most: 1).first { return id }
    return try dated(withUID: uid)
  }

  /// The favourite with a uid that is alone with the date in it.
  func dated(withUID uid: UID) throws(StoreError) -> Int64? {
    let dated = try favourites(createdAt: uid.milliseconds, most: 2)
    guard dated.count == 1, try self.uid(of: dated[0]) == uid else { return nil }
    return dated[0]
  }

  /// The live favourites whose uids have a beginning.
  ///
  /// - Parameter most: how many are wanted.
  func favourites(withUIDs prefix: UID.Prefix, most: Int) throws(StoreError) -> [Int64] {
    let range = prefix.lower...prefix.upper
    if prefix.lower == prefix.upper { return try written(withUID: prefix.lower).map { [$0] } ?? [] }
    var ids = try indexed(withUIDs: range, most: most)
    let dated = try connection.integers(
      """
      SELECT id FROM favourite
      WHERE created_at BETWEEN ? AND ? AND edited_at IS NULL AND uid BETWEEN ?3 AND ?4
      UNION ALL
      SELECT id FROM favourite
      WHERE created_at BETWEEN ?1 AND ?2 AND edited_at IS NOT NULL AND uid BETWEEN ?3 AND ?4
      LIMIT ?5
      """, range.lowerBound.milliseconds, range.upperBound.milliseconds, range.lowerBound.bytes,
      range.upperBound.bytes, most)
    for id in dated where ids.count < most && !ids.contains(id) { ids.append(id) }
    return ids
  }

  /// Those that have an entry.
  private func indexed(
    withUIDs uids: ClosedRange<UID>, most: Int
  ) throws(StoreError) -> [Int64] {
    try connection.integers(
      """
      SELECT f.id FROM uid u CROSS JOIN favourite f ON f.id = u.favourite
      WHERE u.key BETWEEN ? AND ? AND f.uid BETWEEN ? AND ? LIMIT ?
      """, uids.lowerBound.indexKey, uids.upperBound.indexKey, uids.lowerBound.bytes,
      uids.upperBound.bytes, most)
  }

  /// Some of the favourites with a date of creation.
  func favourites(createdAt time: Int64, most: Int) throws(StoreError) -> [Int64] {
    try connection.integers(
      """
      SELECT id FROM favourite WHERE created_at = ?1 AND edited_at IS NULL
      UNION ALL
      SELECT id FROM favourite WHERE created_at = ?1 AND edited_at IS NOT NULL
      LIMIT ?2
      """, time, most)
  }

  private func uid(of id: Int64) throws(StoreError) -> UID? {
    let rows = try connection.query("SELECT uid FROM favourite WHERE id = ?", id)
    return try rows.next() ? UID(bytes: rows.bytes(0)) : nil
  }
}
