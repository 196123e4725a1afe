internal import SQLite

/// The outcome of restoring one favourite.
package enum Restoration: Equatable, Sendable {
  /// Restored to this category at this rank.
  case restored(id: Int64, title: String, category: String, rank: Int64)
  /// Restored under another title, beside one with the same link.
  case renamed(id: Int64, title: String, from: String, category: String)
  /// Merged into the one with the same link.
  case merged(id: Int64, title: String, into: Int64, category: String)
  /// Still in the trash: one with the same link has taken its place.
  case conflict(id: Int64, title: String, with: Int64, category: String)

  /// Whether it is no longer in the trash.
  package var isDone: Bool {
    if case .conflict = self { false } else { true }
  }

  /// The live favourite: itself, or the one that it was merged into.
  package var living: Int64? {
    switch self {
    case .restored(let id, _, _, _), .renamed(let id, _, _, _): id
    case .merged(_, _, let into, _): into
    case .conflict: nil
    }
  }
}

/// What to do with a favourite whose link its category has again.
package enum RestoreConflict: String, CaseIterable, Sendable {
  /// Leave it in the trash.
  case skip
  /// Restore it under another title.
  case rename
  /// Add its data to the other favourite.
  case merge
  /// Restore nothing at all.
  case fail
}

extension Store {
  /// Moves favourites to the trash, with all their data.
  ///
  /// - Returns: the ids of the favourites moved.
  @discardableResult
  package mutating func remove(_ ids: [Int64]) throws(StoreError) -> [Int64] {
    var names: [Int64: String] = [:]
    var targets: [FavouriteTarget] = []
    for id in ids.unique() {
      guard case .live(let record) = try state(of: id) else { throw try missing(id) }
      let name: String
      if let known = names[record.category] {
        name = known
      } else {
        name = try categoryRecord(record.category)?.name ?? CategoryPath.inbox.text
        names[record.category] = name
      }
      // Its rank is filled in when it leaves its place.
      let trashing = Trashing(categoryName: name, rank: 1, deletedAt: changeTime.milliseconds)
      targets.append(FavouriteTarget(id: id, state: .trashed(record, trashing)))
    }
    return try apply(targets, isNew: true)
  }

  /// Restores trashed favourites to their places: each at its rank, or at the end of a category
  /// that has become shorter. A missing category is restored too, and merged into the one that has
  /// its name by now, if any.
  ///
  /// - Parameter conflicts: what to do with a favourite whose link its category has again.
  package mutating func restore(
    _ ids: [Int64], conflicts: RestoreConflict = .skip
  ) throws(StoreError) -> [Restoration] {
    var results: [Restoration] = []
    // Favourites of one category go by rank, so that each finds the ranks before it filled.
    var targets: [FavouriteTarget] = []
    var removedBy: [Int64: Int64] = [:]
    var titles = TitlesToCome()
    var left: Set<Int64> = []
    // Two removed by the same change were there together before, whatever their links.
    var placed: [[UInt8]: (id: Int64, change: Int64)] = [:]
    for id in ids.unique() {
      guard case .trashed(var record, let trashing) = try state(of: id) else {
        throw .notInTrash(String(id))
      }
      let home = try home(for: record, trashing)
      var other: Int64?
      if let url = record.url {
        let key = Array("\(home.id):".utf8) + LinkKey.normalised(url)
        other = try favourite(withURL: url, in: home.id)
        if let before = placed[key], before.change != record.change { other = before.id }
        if other == nil || conflicts == .rename { placed[key] = (id, record.change) }
      }
      if let other {
        switch conflicts {
        case .skip:
          results.append(
            .conflict(id: id, title: record.title, with: other, category: home.name))
          continue
        case .fail: throw .restoreConflict(id: id, with: other, category: home.name)
        case .merge:
          // The other may be one of those being restored.
          try settle(&targets, removedBy)
          guard try absorb(record, into: other) else {
            results.append(
              .conflict(id: id, title: record.title, with: other, category: home.name))
            continue
          }
          results.append(
            .merged(id: id, title: record.title, into: other, category: home.name))
          if home.id != record.category { left.insert(record.category) }
          continue
        case .rename:
          let title = try freeTitle(like: record.title, in: home.id, besides: &titles)
          results.append(
            .renamed(id: id, title: title, from: record.title, category: home.name))
          record.title = title
        }
      } else {
        results.append(
          .restored(id: id, title: record.title, category: home.name, rank: trashing.rank))
      }
      if home.id != record.category { left.insert(record.category) }
      record.category = home.id
      removedBy[id] = record.change
      titles.note(record.title, in: home.id)
      targets.append(
        FavouriteTarget(id: id, state: .live(record), placing: .rank(trashing.rank)))
    }
    try settle(&targets, removedBy)
    for id in left.sorted() { try settle(category: id) }
    for index in results.indices {
      guard case .restored(let id, let title, let category, _) = results[index] else { continue }
      let rank = try rank(of: id) ?? 1
      results[index] = .restored(id: id, title: title, category: category, rank: rank)
    }
    return results
  }

  /// Restores the collected favourites, the last removed first, so that each finds the order that
  /// it left.
  private mutating func settle(
    _ targets: inout [FavouriteTarget], _ removedBy: [Int64: Int64]
  ) throws(StoreError) {
    let groups = Dictionary(grouping: targets) { removedBy[$0.id] ?? 0 }
    for (_, group) in groups.sorted(by: { $0.key > $1.key }) { try apply(group, isNew: true) }
    targets = []
  }

  /// Merges a trashed favourite into another; undo brings it back.
  ///
  /// - Returns: false if both together exceed what one may hold; then nothing was done.
  private mutating func absorb(
    _ record: FavouriteRecord, into id: Int64
  ) throws(StoreError) -> Bool {
    guard case .live(let before) = try state(of: id) else { throw try missing(id) }
    guard let living = before.united(with: record) else { return false }
    try apply(
      [
        FavouriteTarget(id: living.id, state: .live(living)),
        FavouriteTarget(id: record.id, state: .absent),
      ], isNew: true)
    change?.tally.removed -= 1
    change?.tally.merged += 1
    return true
  }

  /// A title with the first free number appended: one that no favourite in a category has, and none
  /// about to be restored to it.
  private func freeTitle(
    like title: String, in category: Int64, besides titles: inout TitlesToCome
  ) throws(StoreError) -> String {
    let find = try connection.query(
      """
      SELECT 1 FROM title t JOIN favourite f ON f.id = t.favourite
      WHERE t.key = ? AND f.category = ? LIMIT 1
      """)
    var number = titles.nextNumber(behind: title, in: category)
    while true {
      let suffix = " (\(number))"
      let stem = title.cut(toBytes: Limits.titleBytes - suffix.utf8.count)
      find.reset()
      find.bind((stem + suffix).nameKey, category)
      let isTaken = try find.next() || titles.has(stem + suffix, in: category)
      number += 1
      guard isTaken else {
        titles.setNext(number, behind: title, in: category)
        return stem + suffix
      }
    }
  }

  /// The category that a trashed favourite returns to: the one it came from, from the trash if
  /// necessary, or one with its name.
  private mutating func home(
    for record: FavouriteRecord, _ trashing: Trashing
  ) throws(StoreError) -> CategoryRecord {
    switch try categoryState(record.category) {
    case .live(let category): return category
    case .trashed(let category, _): return try revive(category)
    case .absent:
      guard let path = try? CategoryPath.parse(trashing.categoryName) else {
        return try category(making: .inbox)
      }
      return try category(making: path)
    }
  }

  /// Restores a trashed category, or returns the live one with its name.
  mutating func revive(_ record: CategoryRecord) throws(StoreError) -> CategoryRecord {
    if let living = try categoryRecord(key: record.key) { return living }
    var record = record
    if let path = try? CategoryPath.parse(record.name), let parent = path.parent,
      let own = path.components.last
    {
      // With the present spelling of its parent; the key is the same in any spelling.
      record.name = try reviveParent(parent).name + "/" + own
    }
    try apply(.live(record), to: record.id, isNew: true)
    return try categoryRecord(record.id) ?? record
  }

  mutating func reviveParent(_ path: CategoryPath) throws(StoreError) -> CategoryRecord {
    if let living = try categoryRecord(path) { return living }
    if let trashed = try trashedCategory(path) { return try revive(trashed) }
    return try category(making: path)
  }

  /// The most recently trashed category with this path.
  func trashedCategory(_ path: CategoryPath) throws(StoreError) -> CategoryRecord? {
    let find = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, 0, created_at, modified_at, change
      FROM trash_category WHERE key = ? ORDER BY deleted_at DESC, id DESC LIMIT 1
      """, path.sortKey)
    return try find.next() ? CategoryRecord(find) : nil
  }

  /// Restores a category as it was when it went to the trash: with its subcategories and all
  /// favourites that went with them. If its name is in use, the two are merged; if it is live again
  /// already, restores whatever the trash holds from it and from its subcategories.
  package mutating func restoreCategory(
    _ path: CategoryPath, conflicts: RestoreConflict = .skip
  ) throws(StoreError) -> [Restoration] {
    var tree: [CategoryRecord] = []
    var ids: [Int64] = []
    if let record = try trashedCategory(path) {
      tree = try trashedTree(under: record.key, root: record.id, change: record.change)
      for category in tree { ids += try trashedMembers(of: category.id, change: record.change) }
    } else if let living = try categoryRecord(path) {
      tree = try trashedTree(under: living.key, root: living.id, change: nil)
      for id in [living.id] + tree.map(\.id) { ids += try trashedMembers(of: id, change: nil) }
    }
    guard !tree.isEmpty || !ids.isEmpty else { throw .notInTrash(path.text) }
    for category in tree { _ = try revive(category) }
    let results = try restore(ids, conflicts: conflicts)
    for category in tree { try settle(category: category.id) }
    return results
  }

  /// Merges a trashed category into the live one that has its name. Its empty name stays in the
  /// trash while favourites there need it.
  private mutating func settle(category id: Int64) throws(StoreError) {
    guard case .trashed(var category, let deletedAt) = try categoryState(id),
      let living = try categoryRecord(key: category.key)
    else { return }
    try unite(living.id, with: category)
    guard try trashHolds(id) else { return try apply(.absent, to: id, isNew: true) }
    (category.note, category.schema) = (nil, nil)
    // As part of the change that put it there, so that what is left can be restored with it.
    try apply(.trashed(category, deletedAt: deletedAt), to: id, isNew: false)
  }

  /// The trashed categories below a key, and the one at its root, that one change moved to the
  /// trash; nil for any change.
  private func trashedTree(
    under key: String, root: Int64, change: Int64?
  ) throws(StoreError) -> [CategoryRecord] {
    let (from, to) = CategoryRecord.within(key)
    let find = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, 0, created_at, modified_at, change
      FROM trash_category
      WHERE change = ifnull(?1, change) AND (id = ?2 OR (key >= ?3 AND key < ?4)) ORDER BY key
      """, change, root, from, to)
    var tree: [CategoryRecord] = []
    while try find.next() { tree.append(CategoryRecord(find)) }
    return tree
  }

  /// The trashed favourites of a category that one change moved to the trash; nil for any change.
  private func trashedMembers(
    of category: Int64, change: Int64?
  ) throws(StoreError) -> [Int64] {
    return try connection.integers(
      "SELECT id FROM trash WHERE category = ?1 AND change = ifnull(?2, change) ORDER BY rank, id",
      category, change)
  }

  private func trashHolds(_ category: Int64) throws(StoreError) -> Bool {
    return try connection.query("SELECT 1 FROM trash WHERE category = ? LIMIT 1", category).next()
  }
}
