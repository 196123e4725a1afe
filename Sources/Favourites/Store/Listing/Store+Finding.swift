internal import SQLite

extension Store {
  /// The favourite that a reference names.
  package mutating func find(_ word: String) throws(StoreError) -> Int64 {
    let found = try findAll([word])
    guard found.count == 1 else { throw .ambiguous(word, try candidates(found)) }
    return found[0]
  }

  /// The favourites that references name, without duplicates, in order; ids may be ranges.
  package mutating func findAll(_ words: [String]) throws(StoreError) -> [Int64] {
    var ids: [Int64] = []
    var ranges = RangeSet()
    for word in words { ids += try matches(word, &ranges) }
    return ids.unique()
  }

  private mutating func matches(
    _ word: String, _ ranges: inout RangeSet
  ) throws(StoreError) -> [Int64] {
    switch Reference(word) {
    case .ids(let range):
      let ids = try self.ids(in: range, of: .live, &ranges)
      if !ids.isEmpty { return try sure(ids, word, isRanked: true) }
      // A book may be called 1984.
      return [try named(word)]
    case .rank(let path, let rank):
      guard let category = try categoryRecord(path) else {
        return [try named(word, otherwise: .noCategory(path.text))]
      }
      guard let id = try favourite(at: rank, in: category.id) else { return [try named(word)] }
      return try sure([id], word, isRanked: false)
    case .name(let name): return [try named(name)]
    }
  }

  /// The favourites that a word names by their ids or a rank, unless it is also the title of
  /// another.
  ///
  /// - Parameter isRanked: whether candidates are told by their ranks.
  private mutating func sure(
    _ ids: [Int64], _ word: String, isRanked: Bool
  ) throws(StoreError) -> [Int64] {
    let titled = try idsByTitle(word).filter { !ids.contains($0) }
    guard titled.isEmpty else {
      throw .ambiguous(word, try candidates(Array(ids.prefix(9)) + titled, isRanked: isRanked))
    }
    return ids
  }

  private enum Home { case live, trash }

  /// The ids of a range; for a part that an earlier range covered, only its first, so that
  /// overlapping ranges cost no more than one of them.
  private func ids(
    in range: ClosedRange<Int64>, of home: Home, _ ranges: inout RangeSet
  ) throws(StoreError) -> [Int64] {
    let parts = ranges.add(range)
    var ids: [Int64] = []
    for (part, isNew) in parts {
      let rows =
        switch home {
        case .live:
          try connection.query(
            "SELECT id FROM favourite WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?")
        case .trash:
          try connection.query("SELECT id FROM trash WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?")
        }
      rows.bind(part.lowerBound, part.upperBound, isNew ? -1 : 1)
      while try rows.next() { ids.append(rows.integer(0)) }
    }
    return ids
  }

  /// The favourite at a rank; nil if the category is shorter.
  mutating func favourite(at rank: Int64, in category: Int64) throws(StoreError) -> Int64? {
    guard let spot = try spot(of: rank, in: category) else { return nil }
    let isInFirstHalf = spot.ordinal <= spot.count / 2
    let id = try connection.integer(
      isInFirstHalf
        ? "SELECT favourite FROM place WHERE block = ? ORDER BY position LIMIT 1 OFFSET ?"
        : "SELECT favourite FROM place WHERE block = ? ORDER BY position DESC LIMIT 1 OFFSET ?",
      spot.block, isInFirstHalf ? spot.ordinal - 1 : spot.count - spot.ordinal)
    if let id { ranks.keep(rank, of: id) }
    return id
  }

  /// The place of a rank; nil beyond the end of the category. The second one of a category reads
  /// all its blocks, for all that follow.
  private mutating func spot(of rank: Int64, in category: Int64) throws(StoreError) -> Spot? {
    forgetOldRanks()
    try writeTails()
    guard ranks.meets(again: category) else { return try locate(rank, in: category) }
    let blocks = try ranks.blocks(of: category, using: connection)
    let index = blocks.partitionPoint { $0.before + $0.count >= rank }
    guard index < blocks.count else { return nil }
    let block = blocks[index]
    return Spot(
      block: block.id, key: block.key, count: block.count, ordinal: rank - block.before)
  }

  private mutating func named(
    _ name: String, otherwise error: StoreError? = nil
  ) throws(StoreError) -> Int64 {
    var ids = try idsByUID(name)
    let linked = try favourites(linkedTo: name).map(\.id)
    for id in try linked + idsByTitle(name) where !ids.contains(id) { ids.append(id) }
    guard let first = ids.first else {
      if let error { throw error }
      throw try missing(name)
    }
    guard ids.count == 1 else { throw .ambiguous(name, try candidates(ids)) }
    mentions.append(first)
    return first
  }

  /// The error for an id that no live favourite has: it may be in the trash.
  package mutating func missing(_ id: Int64) throws(StoreError) -> StoreError {
    try missing(String(id))
  }

  /// The error for a reference to nothing live: what it names may be in the trash.
  private mutating func missing(_ word: String) throws(StoreError) -> StoreError {
    var ids: [Int64] = []
    if case .ids(let range) = Reference(word) {
      var ranges = RangeSet()
      ids = try self.ids(in: range, of: .trash, &ranges)
    }
    if ids.isEmpty { ids = try trashedIDs(named: word) }
    return ids.isEmpty ? .noFavourite(word) : .inTrash(word, try candidates(ids))
  }

  private func idsByUID(_ name: String) throws(StoreError) -> [Int64] {
    guard let prefix = UID.Prefix(text: name) else { return [] }
    return try favourites(withUIDs: prefix, most: 20)
  }

  /// The favourites that have a link, and how each has it written.
  private func favourites(linkedTo link: String) throws(StoreError) -> [(id: Int64, url: String)] {
    let rows = try connection.query(
      """
      SELECT f.id, f.url FROM link l JOIN favourite f ON f.id = l.favourite
      WHERE l.key = ? LIMIT 20
      """, LinkKey.indexKey(of: link))
    var found: [(id: Int64, url: String)] = []
    while try rows.next() {
      let url = rows.text(1)
      if LinkKey.areEqual(url, link) { found.append((rows.integer(0), url)) }
    }
    return found
  }

  /// The link of a favourite that a pasted link leads to, or into: it differs in the fragment, in
  /// parameters, `www.` and the like. Nil if the text is no link, or there is none.
  package func link(like text: String) throws(StoreError) -> String? {
    for variant in LinkKey.variants(of: WrittenLink.bare(text)) {
      if let found = try favourites(linkedTo: variant).first { return found.url }
    }
    return nil
  }

  /// Favourites with exactly this title; if there are none, those whose title is the same name.
  private func idsByTitle(_ name: String) throws(StoreError) -> [Int64] {
    let rows = try connection.query(
      """
      SELECT f.id, f.title = ?1 FROM title t JOIN favourite f ON f.id = t.favourite
      WHERE t.key = ?2 ORDER BY f.id LIMIT 200
      """, name.composed, name.nameKey)
    var exact: [Int64] = []
    var loose: [Int64] = []
    while try rows.next() {
      if rows.integer(1) != 0 {
        exact.append(rows.integer(0))
      } else {
        loose.append(rows.integer(0))
      }
    }
    return exact.isEmpty ? loose : exact
  }

  private mutating func candidates(
    _ ids: [Int64], isRanked: Bool = false
  ) throws(StoreError) -> [StoreError.Candidate] {
    var candidates: [StoreError.Candidate] = []
    for id in ids.prefix(10) {
      guard let record = try state(of: id).record else { continue }
      let category = try categoryRecord(record.category)?.name ?? ""
      candidates.append(
        StoreError.Candidate(
          id: id, title: record.title, category: category, rank: isRanked ? try rank(of: id) : nil))
    }
    return candidates
  }

  /// The trashed favourites that references name, without duplicates: ids and ranges, uids, URLs or
  /// titles.
  package mutating func findTrashed(_ words: [String]) throws(StoreError) -> [Int64] {
    var ids: [Int64] = []
    var ranges = RangeSet()
    for word in words { ids += try trashedMatches(word, &ranges) }
    return ids.unique()
  }

  private mutating func trashedMatches(
    _ word: String, _ ranges: inout RangeSet
  ) throws(StoreError) -> [Int64] {
    if case .ids(let range) = Reference(word) {
      let ids = try self.ids(in: range, of: .trash, &ranges)
      if !ids.isEmpty { return ids }
    }
    let ids = try trashedIDs(named: word)
    guard let first = ids.first else { throw .notInTrash(word) }
    guard ids.count == 1 else { throw .ambiguous(word, try candidates(ids)) }
    mentions.append(first)
    return [first]
  }

  /// The trashed favourites that a uid, a link or a title names; the trash has no index of these.
  private func trashedIDs(named word: String) throws(StoreError) -> [Int64] {
    let prefix = UID.Prefix(text: word)
    let link = LinkKey.normalised(word)
    let rows = try connection.query(
      "SELECT id, title, url, uid BETWEEN ?1 AND ?2 FROM trash ORDER BY id",
      prefix?.lower.bytes ?? [], prefix?.upper.bytes ?? [])
    var exact: [Int64] = []
    var loose: [Int64] = []
    while try rows.next(), exact.count < 20 {
      let title = rows.text(1)
      let isLink = rows.textOrNil(2).map { LinkKey.normalised($0) == link } ?? false
      if isLink || rows.integer(3) != 0 || areSame(title, word.composed) {
        exact.append(rows.integer(0))
      } else if loose.count < 20, title.isSameName(as: word) {
        loose.append(rows.integer(0))
      }
    }
    return exact.isEmpty ? loose : exact
  }

  /// The favourite that a reference names, among live ones, otherwise in the trash.
  package mutating func findAnywhere(_ word: String) throws(StoreError) -> Int64 {
    do throws(StoreError) {
      return try find(word)
    } catch let error where error.isMissing {
      let ids: [Int64]
      do throws(StoreError) {
        ids = try findTrashed([word])
      } catch .notInTrash {
        throw .noFavourite(word)
      }
      guard ids.count == 1 else { throw .ambiguous(word, try candidates(ids)) }
      return ids[0]
    }
  }

  /// The favourites that a reference names, whether they still exist or not.
  package mutating func findEver(_ word: String) throws(StoreError) -> [Int64] {
    do throws(StoreError) {
      return try findAll([word])
    } catch {
      guard error.isNotFound, case .favourite(let id) = try findSubject(word) else { throw error }
      return [id]
    }
  }

  /// The favourite or category whose history a reference asks for, whether it still exists or not:
  /// a favourite, live or in the trash; otherwise such a category; otherwise the id of a favourite
  /// that only has history left. A trailing slash means a category.
  package mutating func findSubject(_ word: String) throws(StoreError) -> TouchedItem {
    if word.utf8.last == UInt8(ascii: "/"),
      let path = try? CategoryPath.parse(String(word.dropLast()))
    {
      if let living = try categoryRecord(path) { return .category(living.id) }
      if let trashed = try trashedCategory(path) { return .category(trashed.id) }
    }
    do throws(StoreError) {
      return .favourite(try findAnywhere(word))
    } catch {
      guard error.isNotFound else { throw error }
      if let path = try? CategoryPath.parse(word) {
        if let living = try categoryRecord(path) { return .category(living.id) }
        if let trashed = try trashedCategory(path) { return .category(trashed.id) }
      }
      if case .ids(let range) = Reference(word), range.count == 1,
        try !life(of: range.lowerBound).isEmpty
      {
        return .favourite(range.lowerBound)
      }
      throw error
    }
  }

  /// A favourite for output, live or in the trash.
  package mutating func favourite(_ id: Int64) throws(StoreError) -> Favourite? {
    var favourite: Favourite
    switch try state(of: id) {
    case .absent: return nil
    case .live(let record):
      let category = try categoryRecord(record.category)?.name ?? ""
      favourite = Favourite(
        record, category: category, rank: try rank(of: id) ?? 0, deletedAt: nil)
    case .trashed(let record, let trashing):
      let category = try categoryState(record.category).record?.name ?? trashing.categoryName
      favourite = Favourite(
        record, category: category, rank: trashing.rank,
        deletedAt: Timestamp(milliseconds: trashing.deletedAt))
    }
    try favourite.checkJSON(in: path)
    if tellsSights { favourite.sight = try sight(of: id) }
    return favourite
  }
}
