internal import SQLite

// Data derived from a favourite's row, written with it in the same transaction.

extension Store {
  /// Writes everything derived from a new row.
  ///
  /// - Parameters:
  ///   - texts: the texts derived from it, if already computed.
  ///   - putsOff: true to defer everything but the index until `writeDerived()`, or until there is
  ///     much of it.
  mutating func index(
    _ record: FavouriteRecord, _ texts: DerivedTexts? = nil, putsOff: Bool = false
  ) throws(StoreError) {
    let texts = texts ?? DerivedTexts(record)
    try indexNames(record, texts, putsOff: putsOff)
    try indexSearch(record, texts)
  }

  /// Like `index(_:_:putsOff:)`, without the full text.
  mutating func indexNames(
    _ record: FavouriteRecord, _ texts: DerivedTexts, putsOff: Bool
  ) throws(StoreError) {
    derived.note(title: texts.titleKey, of: record.id)
    if let hash = texts.linkHash { derived.note(link: hash, of: record.id) }
    derived.note(uid: record.uid, of: record.id, createdAt: record.createdAt)
    try noteTags(record)
    derived.note(metadata: record.metadata, of: record.id)
    if putsOff { derived.remember(record.uid, texts) }
    if !putsOff || derived.isFull { try writeDerived() }
  }

  /// Removes all that `indexNames(_:_:putsOff:)` wrote.
  mutating func emptyNames() throws(StoreError) {
    try translating {
      try connection.execute(
        """
        DELETE FROM tagging; DELETE FROM tag; DELETE FROM attribute; DELETE FROM link;
        DELETE FROM uid; DELETE FROM title
        """)
    }
    change?.tagIDs = [:]
  }

  /// Writes the deferred rows.
  mutating func writeDerived() throws(StoreError) {
    guard !derived.isEmpty else { return }
    var rows = derived
    derived = DerivedRows()
    rows.sort()
    try writeTitles(rows)
    try writeLinks(rows)
    try writeUIDs(rows)
    try writeTaggings(rows)
    try writeAttributes(rows)
  }

  private func writeTitles(_ rows: DerivedRows) throws(StoreError) {
    let insert = try connection.query("INSERT INTO title(key, favourite) VALUES(?, ?)")
    for title in rows.titles { try insert.run(title.key, title.favourite) }
  }

  private func writeLinks(_ rows: DerivedRows) throws(StoreError) {
    guard !rows.links.isEmpty else { return }
    let insert = try connection.query("INSERT INTO link(key, favourite) VALUES(?, ?)")
    for link in rows.links { try insert.run(link.key, link.favourite) }
  }

  private mutating func writeTaggings(_ rows: DerivedRows) throws(StoreError) {
    guard !rows.taggings.isEmpty else { return }
    // A tag that another program wrote twice is one tag.
    let insert = try connection.query(
      "INSERT OR IGNORE INTO tagging(tag, favourite) VALUES(?, ?)")
    for tagging in rows.taggings {
      try insert.run(tagging.tag, tagging.favourite)
      change?.tagCounts[tagging.tag, default: 0] += Int64(connection.changes)
    }
  }

  private func writeAttributes(_ rows: DerivedRows) throws(StoreError) {
    guard !rows.attributes.isEmpty else { return }
    let insert = try connection.query(
      "INSERT INTO attribute(name, value, favourite, text) VALUES(?, ?, ?, ?)")
    for attribute in rows.attributes {
      try insert.run(attribute.name, attribute.value, attribute.favourite, attribute.text)
    }
  }

  /// Removes everything derived from a row that is removed.
  mutating func unindex(_ record: FavouriteRecord) throws(StoreError) {
    try unindexTitle(record)
    try unindexLink(record)
    try unindexUID(record)
    try unindexTags(record)
    try unindexMetadata(record)
    try unindexSearch(record)
  }

  /// Updates derived data after a row has changed; data that did not change is left alone.
  mutating func reindex(_ old: FavouriteRecord, as new: FavouriteRecord) throws(StoreError) {
    if !areSame(old.title, new.title) {
      try unindexTitle(old)
      derived.note(title: new.title.nameKey, of: new.id)
    }
    if !areSame(old.url, new.url) {
      try unindexLink(old)
      if let url = new.url { derived.note(link: LinkKey.hash(url), of: new.id) }
    }
    if old.uid != new.uid || old.createdAt != new.createdAt {
      try unindexUID(old)
      derived.note(uid: new.uid, of: new.id, createdAt: new.createdAt)
    }
    if !areSame(old.tags, new.tags) {
      try unindexTags(old)
      try noteTags(new)
    }
    if !areSame(old.metadata, new.metadata) {
      try unindexMetadata(old)
      derived.note(metadata: new.metadata, of: new.id)
    }
    try writeDerived()
    let isFoundTheSame =
      old.category == new.category && areSame(old.title, new.title) && areSame(old.url, new.url)
      && areSame(old.note, new.note) && areSame(old.tags, new.tags)
      && areSame(old.metadata, new.metadata)
    if !isFoundTheSame {
      try unindexSearch(old)
      try indexSearch(placed: new, DerivedTexts(new))
    }
  }

  private func unindexTitle(_ record: FavouriteRecord) throws(StoreError) {
    try connection.run(
      "DELETE FROM title WHERE key = ? AND favourite = ?", record.title.nameKey, record.id)
  }

  private func unindexLink(_ record: FavouriteRecord) throws(StoreError) {
    guard let url = record.url else { return }
    try connection.run(
      "DELETE FROM link WHERE key = ? AND favourite = ?", LinkKey.indexKey(of: url), record.id)
    // The last result was for the old link.
    try connection.run("DELETE FROM sight WHERE favourite = ?", record.id)
  }

  private mutating func noteTags(_ record: FavouriteRecord) throws(StoreError) {
    guard let tags = record.tags else { return }
    for name in JSONText.strings(tags) { derived.note(tag: try tagID(of: name), of: record.id) }
  }

  private mutating func unindexTags(_ record: FavouriteRecord) throws(StoreError) {
    guard let tags = record.tags else { return }
    for name in JSONText.strings(tags) {
      let tag = try tagID(of: name)
      try connection.run("DELETE FROM tagging WHERE tag = ? AND favourite = ?", tag, record.id)
      change?.tagCounts[tag, default: 0] -= Int64(connection.changes)
    }
  }

  /// The id of a tag in exactly this spelling; made if it does not exist.
  private mutating func tagID(of name: String) throws(StoreError) -> Int64 {
    let spelling = ByteKey(name)
    if let known = change?.tagIDs[spelling] { return known }
    let key = TagName.key(of: name)
    let find = try connection.query("SELECT id FROM tag WHERE key = ? AND name = ?", key, name)
    let id: Int64
    if try find.next() {
      id = find.integer(0)
    } else {
      try connection.run("INSERT INTO tag(key, name, count) VALUES(?, ?, 0)", key, name)
      id = connection.lastRowID
    }
    change?.tagIDs[spelling] = id
    return id
  }

  /// Updates the counts of tags; a tag that is no longer used is deleted.
  mutating func writeTagCounts() throws(StoreError) {
    guard let counts = change?.tagCounts, !counts.isEmpty else { return }
    let update = try connection.query("UPDATE tag SET count = count + ? WHERE id = ?")
    let delete = try connection.query("DELETE FROM tag WHERE id = ? AND count = 0")
    for (tag, count) in counts {
      try update.run(count, tag)
      guard count <= 0 else { continue }
      try delete.run(tag)
    }
    change?.tagCounts = [:]
    change?.tagIDs = [:]
  }

  private func unindexMetadata(_ record: FavouriteRecord) throws(StoreError) {
    guard let metadata = record.metadata.map(Metadata.init(stored:)) else { return }
    let delete = try connection.query(
      "DELETE FROM attribute WHERE name = ? AND value = ? AND favourite = ?")
    for entry in metadata.entries {
      try delete.run(entry.key.foldedName, entry.value.sortValue, record.id)
    }
  }
}
