internal import Host
internal import SQLite

// Applies the present rules for names to older data: composes text (NFC), and merges names that are
// now the same. Nothing is lost: the data of both is combined.

extension Store {
  /// Composes all text of a file and merges names that are now the same; then rebuilds what is
  /// derived from names. The full text has to be indexed already.
  mutating func unify() throws(StoreError) {
    // Nothing is recorded, but the caches of a change are useful here too.
    change = PendingChange(
      number: 0, at: Timestamp(milliseconds: 0), command: "",
      uids: UIDGenerator(seed: Randomness.bytes(10)))
    defer {
      change = nil
      derived = DerivedRows()
      words = HashesMet()
      ranks.forget()
    }
    var upgrade = Upgrade()
    try unifyFavourites(&upgrade)
    try unifyTrash(&upgrade)
    let twins = try unifyCategories()
    try writeWords()
    try indexAllNames()
    change = nil
    upgrade.categories = twins.count
    if !twins.isEmpty { try merge(twins) }
    if !upgrade.isEmpty { self.upgrade = upgrade }
  }

  private mutating func unifyFavourites(_ upgrade: inout Upgrade) throws(StoreError) {
    let rows = try connection.query(composed: FavouriteSQL.portion)
    let update = try connection.query(composed: FavouriteSQL.updateTexts)
    var last: Int64 = .min
    while true {
      var records: [FavouriteRecord] = []
      rows.reset()
      rows.bind(last)
      while try rows.next() { records.append(FavouriteRecord(rows)) }
      guard let end = records.last?.id else { return }
      last = end
      for record in records {
        let unified = record.unified()
        guard !record.isWrittenAs(unified) else { continue }
        upgrade.note(record, unified)
        try unindexSearch(record)
        unified.bindTexts(to: update)
        try update.run()
        try indexSearch(placed: unified, DerivedTexts(unified))
      }
    }
  }

  private mutating func unifyTrash(_ upgrade: inout Upgrade) throws(StoreError) {
    let rows = try connection.query(composed: FavouriteSQL.portionOfTrash)
    let update = try connection.query(composed: FavouriteSQL.updateTextsInTrash)
    let rename = try connection.query("UPDATE trash SET category_name = ? WHERE id = ?")
    var last: Int64 = .min
    while true {
      var records: [(record: FavouriteRecord, category: String)] = []
      rows.reset()
      rows.bind(last)
      while try rows.next() {
        records.append((FavouriteRecord(rows), Trashing(rows).categoryName))
      }
      guard let end = records.last?.record.id else { return }
      last = end
      for (record, category) in records {
        if !areSame(category, category.composed) {
          try rename.run(category.composed, record.id)
        }
        let unified = record.unified()
        guard !record.isWrittenAs(unified) else { continue }
        upgrade.note(record, unified)
        unified.bindTexts(to: update)
        try update.run()
      }
    }
  }

  /// Rebuilds what is derived from titles, links, tags and metadata.
  private mutating func indexAllNames() throws(StoreError) {
    try emptyNames()
    let rows = try connection.query(composed: FavouriteSQL.all)
    while try rows.next() {
      let record = FavouriteRecord(rows)
      try indexNames(record, DerivedTexts(record), putsOff: true)
    }
    rows.reset()
    try writeDerived()
    try writeTagCounts()
  }

  /// Fills the indexes of links and uids, which are empty.
  mutating func indexLinksAndUIDs() throws(StoreError) {
    let rows = try connection.query("SELECT id, uid, created_at, url FROM favourite ORDER BY id")
    while try rows.next() {
      let id = rows.integer(0)
      if let uid = UID(bytes: rows.bytes(1)) {
        derived.note(uid: uid, of: id, createdAt: rows.integer(2))
      }
      if let url = rows.textOrNil(3) { derived.note(link: LinkKey.hash(url), of: id) }
      if derived.isFull { try writeDerived() }
    }
    try writeDerived()
  }
}

extension FavouriteRecord {
  /// Whether its texts equal another's byte for byte.
  fileprivate func isWrittenAs(_ other: FavouriteRecord) -> Bool {
    FavouriteColumn.composed.allSatisfy { value($0) == other.value($0) }
  }

  /// Binds the composed texts, then the id.
  fileprivate func bindTexts(to statement: borrowing Statement) {
    bind(FavouriteColumn.composed, to: statement, from: 1)
    statement.bind(id, from: Int32(FavouriteColumn.composed.count) + 1)
  }
}

extension Upgrade {
  /// Counts what was merged in a favourite.
  fileprivate mutating func note(_ before: FavouriteRecord, _ after: FavouriteRecord) {
    func count(_ tags: String?) -> Int { JSONText.strings(tags ?? "[]").count }
    if count(after.tags) < count(before.tags) { tags += 1 }
    guard let old = before.metadata,
      case .object(let object)? = try? JSONValue.parse(Array(old.utf8)),
      !areSame(old, after.metadata)
    else { return }
    let names = Set((Metadata(stored: after.metadata ?? "{}")).entries.map { Array($0.key.utf8) })
    let isRenamed = object.members.contains { !names.contains(Array($0.key.composed.utf8)) }
    if isRenamed || names.count < object.members.count { metadata += 1 }
  }
}
