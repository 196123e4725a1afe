internal import SQLite

// Rebuilds derived data. Data entered by users stays as it is.

extension Store {
  /// Rebuilds all derived data: indexes, counts, keys, and ranks if any are missing. It must come
  /// first in a change: a full-text index that was used earlier in the transaction keeps what it
  /// has read.
  package mutating func repair() throws(StoreError) {
    try resetSearch()
    try repairSequences()
    try repairCategories()
    try repairRanks()
    try emptyNames()
    try translating {
      try connection.execute("DELETE FROM sight WHERE rowid IN (\(Self.untrueSights))")
    }
    words = HashesMet()
    let rows = try connection.query(composed: FavouriteSQL.all)
    while try rows.next() {
      let record = FavouriteRecord(rows)
      let texts = DerivedTexts(record)
      try indexNames(record, texts, putsOff: true)
      try indexSearch(placed: record, texts)
    }
    rows.reset()
    try writeDerived()
    try writeWords()
    try writeTagCounts()
    try translating {
      try connection.execute(
        """
        UPDATE category SET count = 0;
        UPDATE category SET count = f.number
          FROM (SELECT category, count(*) AS number FROM favourite GROUP BY category) f
          WHERE f.category = category.id;
        INSERT INTO totals(id, favourites, trashed)
          VALUES(1, (SELECT count(*) FROM favourite), (SELECT count(*) FROM trash))
          ON CONFLICT(id) DO UPDATE
            SET favourites = excluded.favourites, trashed = excluded.trashed;
        """)
    }
    change?.tally.repairs += 1
  }

  /// Empties the full-text index. If its tables lack the rows that FTS5 reads first, it cannot be
  /// opened, and so not be emptied: these are first set directly to those of an empty index.
  private func resetSearch() throws(StoreError) {
    try translating {
      // 4 is FTS5's format version since SQLite 3.8.11; row 1 holds the sizes, and row 10 the
      // structure.
      try connection.executeUndefended(
        """
        DELETE FROM search_data; DELETE FROM search_idx; DELETE FROM search_config;
        INSERT INTO search_config(k, v) VALUES('version', 4);
        INSERT INTO search_data(id, block) VALUES(1, x''), (10, x'00000000000000');
        """)
      try connection.execute("INSERT INTO search(search) VALUES('delete-all'); DELETE FROM word")
    }
  }

  /// Makes sure that SQLite gives no id twice.
  private func repairSequences() throws(StoreError) {
    let rows = try connection.query(
      parts: """
        SELECT name, last FROM (\(Self.lastIDs)) WHERE noted < last OR noted > \(Int64.max / 2)
        """)
    var wrong: [(name: String, last: Int64)] = []
    while try rows.next() { wrong.append((rows.text(0), rows.integer(1))) }
    let delete = try connection.query("DELETE FROM sqlite_sequence WHERE name = ?")
    let insert = try connection.query("INSERT INTO sqlite_sequence(name, seq) VALUES(?, ?)")
    for sequence in wrong {
      try delete.run(sequence.name)
      try insert.run(sequence.name, sequence.last)
    }
  }

  /// Gives categories the keys that match their names, and makes missing parents.
  private mutating func repairCategories() throws(StoreError) {
    let trashed = try connection.query(
      "UPDATE trash_category SET key = ? WHERE id = ?")
    for category in try misnamed("trash_category") {
      try trashed.run(category.path.sortKey, category.id)
    }
    // Keys may be swapped: all are moved out of the way first. A category whose name another has
    // too keeps its key.
    let wrong = try misnamed("category")
    let update = try connection.query("UPDATE OR IGNORE category SET key = ? WHERE id = ?")
    for category in wrong {
      try update.run("\u{1}\(category.id)", category.id)
    }
    for category in wrong {
      for key in [category.path.sortKey, category.key] {
        try update.run(key, category.id)
        if connection.changes > 0 { break }
      }
    }
    let orphans = try orphans()
    change?.categories = [:]
    for orphan in orphans { _ = try reviveParent(orphan.parent) }
  }

  /// Rebuilds all ranks if any are missing: readable ones keep their order, followed by the others,
  /// in what is left of theirs.
  private mutating func repairRanks() throws(StoreError) {
    guard let check = Self.derived.first(where: { $0.check == .ranks }),
      try first(check.sql) != nil
    else { return }
    let rows = try connection.query(
      """
      SELECT f.id, f.category FROM favourite f
      LEFT JOIN place p ON p.favourite = f.id
      LEFT JOIN block b ON b.id = p.block AND b.category = f.category
      ORDER BY f.category, b.key IS NULL, b.key, p.block IS NULL, p.block, p.position, f.id
      """)
    var order: [(id: Int64, category: Int64)] = []
    while try rows.next() { order.append((rows.integer(0), rows.integer(1))) }
    rows.reset()
    try translating { try connection.execute("DELETE FROM place; DELETE FROM block") }
    ranks.forget()
    change?.tails = [:]
    for each in order { try append(each.id, to: each.category) }
    try writeTails()
    // That counted them as new; the counts are rebuilt at the end.
    change?.counts = [:]
  }
}
