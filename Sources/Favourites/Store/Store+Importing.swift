internal import SQLite

/// Where the favourites of an import came to stand, so that they can be put in the order of their ranks.
package struct ImportOrder: Sendable {
  private(set) var ranked: [Int64: [(rank: Int64, id: Int64)]] = [:]
  private(set) var disordered: Set<Int64> = []

  package init() {}

  mutating func note(_ id: Int64, rank: Int64, in category: Int64) {
    if let last = ranked[category]?.last, last.rank > rank { disordered.insert(category) }
    ranked[category, default: []].append((rank, id))
  }
}

extension Store {
  /// Takes over a favourite from a file, with its uid, dates and counts.
  ///
  /// The same uid, or the same link in the same category, makes it a duplicate; one whose uid is in the
  /// trash is left there, unless both are wanted. What comes without a uid is a duplicate too of a link that was
  /// in any category before, and, having no link, of one with the same title and no link in its category.
  package mutating func take(
    _ draft: Draft, duplicates: Duplicates, order: inout ImportOrder
  ) throws(StoreError) -> Addition {
    var draft = draft
    let rank = draft.rank
    draft.rank = nil
    if let uid = draft.uid {
      if let id = try favourite(withUID: uid) {
        switch duplicates {
        case .update: return try overwrite(id, with: draft)
        case .allow: draft.uid = nil
        case .skip, .refuse: return .skipped(id)
        }
      } else if let id = try trashed(withUID: uid) {
        guard duplicates == .allow else { return .skipped(id) }
        draft.uid = nil
      }
    } else if duplicates != .allow, let id = try known(draft) {
      guard duplicates == .update else { return .skipped(id) }
      return try update(id, with: draft)
    }
    let addition = try add(draft, duplicates: draft.url == nil ? .allow : duplicates)
    if case .added(let id) = addition, let rank {
      let category = try category(making: draft.category ?? .inbox)
      order.note(id, rank: rank, in: category.id)
    }
    return addition
  }

  /// Puts the favourites that an import added in the order of their ranks, where the file was in another.
  package mutating func settle(_ order: ImportOrder) throws(StoreError) {
    for category in order.disordered.sorted() {
      guard let entries = order.ranked[category] else { continue }
      for entry in entries { try displace(entry.id, from: category) }
      for entry in entries.sorted(by: { ($0.rank, $0.id) < ($1.rank, $1.id) }) {
        try append(entry.id, to: category)
      }
    }
  }

  /// Makes a category for a folder of a foreign file, and gives it the folder's note where it has none.
  package mutating func takeCategory(_ path: CategoryPath, note: String?) throws(StoreError) {
    let note = try checking { () throws(InvalidValue) in try Draft.checkedNote(note) }
    try takeCategory(path, note: note, schema: nil)
  }

  /// The favourite that something without a uid is already, best one in its own category.
  private mutating func known(_ draft: Draft) throws(StoreError) -> Int64? {
    let path = draft.category ?? .inbox
    let made = change?.categories[Array(path.key.utf8)]?.id
    let home = if let made { made } else { try categoryRecord(path)?.id }
    guard let url = try checking({ () throws(InvalidValue) in try Draft.checkedURL(draft.url) })
    else {
      guard let home, let title = draft.title else { return nil }
      return try favourite(withTitle: title.trimmed, andNoURLIn: home)
    }
    // A folder may hold what another holds too: only what was there before counts elsewhere.
    let firstNew = change?.added?.lowerBound ?? .max
    var elsewhere: Int64?
    for spelling in LinkKey.spellings(url) {
      let find = try connection.query(
        """
        SELECT f.id, f.url, f.category FROM link l JOIN favourite f ON f.id = l.favourite
        WHERE l.hash = ? ORDER BY f.id
        """)
      find.bind(LinkKey.hash(spelling), at: 1)
      while try find.next() {
        guard LinkKey.areEqual(find.text(1), spelling) else { continue }
        let id = find.integer(0)
        if find.integer(2) == home { return id }
        if id < firstNew, elsewhere == nil { elsewhere = id }
      }
    }
    return elsewhere
  }

  private func favourite(
    withTitle title: String, andNoURLIn category: Int64
  ) throws(StoreError) -> Int64? {
    let find = try connection.query(
      """
      SELECT id, title FROM favourite
      WHERE title = ? COLLATE NOCASE AND category = ? AND url IS NULL ORDER BY id
      """)
    find.bind(title, at: 1)
    find.bind(category, at: 2)
    while try find.next() {
      if find.text(1).utf8.elementsEqual(title.utf8) { return find.integer(0) }
    }
    return nil
  }

  private mutating func overwrite(_ id: Int64, with draft: Draft) throws(StoreError) -> Addition {
    var patch = Patch()
    patch.title = draft.title
    patch.url = draft.url
    patch.note = draft.note
    patch.clearsTags = true
    patch.addedTags = draft.tags
    patch.clearsMetadata = true
    patch.values = draft.values
    let isChanged = try !edit([id], patch).isEmpty
    let isMoved = try putOff(id, category: draft.category, rank: nil)
    return isChanged || isMoved ? .updated(id) : .skipped(id)
  }

  func favourite(withUID uid: UID) throws(StoreError) -> Int64? {
    let find = try connection.query("SELECT id FROM favourite WHERE uid = ?")
    find.bind(uid.bytes, at: 1)
    return try find.next() ? find.integer(0) : nil
  }

  func trashed(withUID uid: UID) throws(StoreError) -> Int64? {
    let find = try connection.query("SELECT id FROM trash WHERE uid = ?")
    find.bind(uid.bytes, at: 1)
    return try find.next() ? find.integer(0) : nil
  }
}
