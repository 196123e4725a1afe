internal import SQLite

/// What became of one thing that was to be restored.
package enum Restoration: Equatable, Sendable {
  /// It is back, in this category and at this rank.
  case restored(id: Int64, title: String, category: String, rank: Int64)
  /// A link like it has taken its place meanwhile.
  case conflict(id: Int64, title: String, with: Int64, category: String)

  /// Whether it is back.
  package var isDone: Bool {
    if case .restored = self { true } else { false }
  }
}

extension Store {
  /// Moves favourites to the trash, with all that they have.
  ///
  /// - Returns: the ids of those that went.
  @discardableResult
  package mutating func remove(_ ids: [Int64]) throws(StoreError) -> [Int64] {
    var names: [Int64: String] = [:]
    var targets: [FavouriteTarget] = []
    for id in unique(ids) {
      guard case .live(let record) = try state(of: id) else { throw .noFavourite(String(id)) }
      let name: String
      if let known = names[record.category] {
        name = known
      } else {
        name = try categoryRecord(record.category)?.name ?? CategoryPath.inbox.text
        names[record.category] = name
      }
      // Its rank is filled in where its place is given up.
      let trashing = Trashing(categoryName: name, rank: 1, deletedAt: changeTime.milliseconds)
      targets.append(FavouriteTarget(id: id, state: .trashed(record, trashing)))
    }
    return try apply(targets, isNew: true)
  }

  /// Puts trashed favourites back where they were: each at its rank, or at the end of a category that
  /// has become shorter. A category that is gone comes back too.
  ///
  /// Goes on past a favourite whose link has come back by another way.
  package mutating func restore(_ ids: [Int64]) throws(StoreError) -> [Restoration] {
    var results: [Restoration] = []
    // Those of one category from the first rank on, so that each finds the ranks before it taken.
    var targets: [FavouriteTarget] = []
    var removedBy: [Int64: Int64] = [:]
    // Two that went in one change were there together before, whatever their links.
    var placed: [[UInt8]: (id: Int64, change: Int64)] = [:]
    for id in unique(ids) {
      guard case .trashed(var record, let trashing) = try state(of: id) else {
        throw .notInTrash(String(id))
      }
      let home = try home(for: record, trashing)
      if let url = record.url {
        let key = Array("\(home.id):".utf8) + LinkKey.normalised(url)
        var other = try favourite(withURL: url, in: home.id)
        if let before = placed[key], before.change != record.change { other = before.id }
        if let other {
          results.append(
            .conflict(id: id, title: record.title, with: other, category: home.name))
          continue
        }
        placed[key] = (id, record.change)
      }
      record.category = home.id
      removedBy[id] = record.change
      results.append(
        .restored(id: id, title: record.title, category: home.name, rank: trashing.rank))
      targets.append(
        FavouriteTarget(id: id, state: .live(record), placing: .rank(trashing.rank)))
    }
    // What went last comes back first, so that each finds the order that it left.
    for change in Set(removedBy.values).sorted(by: >) {
      try apply(targets.filter { removedBy[$0.id] == change }, isNew: true)
    }
    for index in results.indices {
      guard case .restored(let id, let title, let category, _) = results[index] else { continue }
      let rank = try rank(of: id) ?? 1
      results[index] = .restored(id: id, title: title, category: category, rank: rank)
    }
    return results
  }

  /// The category to which a trashed favourite goes back: the one it came from, from the trash if need
  /// be, or one of its name.
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

  /// Brings a trashed category back, or gives the one that has its name now.
  private mutating func revive(_ record: CategoryRecord) throws(StoreError) -> CategoryRecord {
    if let living = try categoryRecord(key: record.key) { return living }
    var record = record
    if let path = try? CategoryPath.parse(record.name), let parent = path.parent,
      let own = path.components.last
    {
      // In the spelling that its parent has now; the key is the same in any.
      record.name = try reviveParent(parent).name + "/" + own
    }
    try apply(.live(record), to: record.id, isNew: true)
    return try categoryRecord(record.id) ?? record
  }

  private mutating func reviveParent(_ path: CategoryPath) throws(StoreError) -> CategoryRecord {
    if let living = try categoryRecord(path) { return living }
    if let trashed = try trashedCategory(path) { return try revive(trashed) }
    return try category(making: path)
  }

  /// The category of this path that went to the trash last.
  func trashedCategory(_ path: CategoryPath) throws(StoreError) -> CategoryRecord? {
    let find = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, 0, created_at, modified_at, change
      FROM trash_category WHERE key = ? ORDER BY deleted_at DESC, id DESC LIMIT 1
      """)
    find.bind(path.sortKey, at: 1)
    return try find.next() ? CategoryRecord(find) : nil
  }

  /// Brings back a category as it went to the trash: with its subcategories and all that went with them.
  /// Onto a name that lives it is merged; one that lives again already gets back what the trash holds of
  /// it and of what stood below it.
  package mutating func restoreCategory(_ path: CategoryPath) throws(StoreError) -> [Restoration] {
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
    let results = try restore(ids)
    // One that was merged into a living category is no more than its name: it has nothing left to give.
    for category in tree {
      if case .trashed = try categoryState(category.id), try !trashHolds(category.id) {
        try apply(.absent, to: category.id, isNew: true)
      }
    }
    return results
  }

  /// The trashed categories below a key, and the one at its root, that one change put into the trash; any
  /// change for nil.
  private func trashedTree(
    under key: String, root: Int64, change: Int64?
  ) throws(StoreError) -> [CategoryRecord] {
    let (from, to) = CategoryRecord.within(key)
    let find = try connection.query(
      """
      SELECT id, uid, name, key, note, schema, 0, created_at, modified_at, change
      FROM trash_category
      WHERE change = ifnull(?1, change) AND (id = ?2 OR (key >= ?3 AND key < ?4)) ORDER BY key
      """)
    find.bind(change, at: 1)
    find.bind(root, at: 2)
    find.bind(from, at: 3)
    find.bind(to, at: 4)
    var tree: [CategoryRecord] = []
    while try find.next() { tree.append(CategoryRecord(find)) }
    return tree
  }

  /// The trashed favourites of a category that one change put into the trash; any change for nil.
  private func trashedMembers(
    of category: Int64, change: Int64?
  ) throws(StoreError) -> [Int64] {
    let find = try connection.query(
      "SELECT id FROM trash WHERE category = ?1 AND change = ifnull(?2, change) ORDER BY rank, id")
    find.bind(category, at: 1)
    find.bind(change, at: 2)
    var ids: [Int64] = []
    while try find.next() { ids.append(find.integer(0)) }
    return ids
  }

  private func trashHolds(_ category: Int64) throws(StoreError) -> Bool {
    let find = try connection.query("SELECT 1 FROM trash WHERE category = ? LIMIT 1")
    find.bind(category, at: 1)
    return try find.next()
  }

  /// Forgets trashed favourites for good: their rows, and every trace of their text in the history.
  ///
  /// - Returns: how many went.
  package mutating func empty(_ ids: [Int64]) throws(StoreError) -> Int {
    for id in ids {
      guard case .trashed(let record, _) = try state(of: id) else { throw .notInTrash(String(id)) }
      try forget(.favourite, id)
      let delete = try connection.query("DELETE FROM trash WHERE id = ?")
      delete.bind(record.id, at: 1)
      try delete.run()
      change?.trashed -= 1
      change?.tally.emptied += 1
    }
    return ids.count
  }

  /// Forgets those trashed categories of which nothing is in the trash any more.
  package mutating func emptyCategories(deletedBefore limit: Timestamp?) throws(StoreError) {
    let find = try connection.query(
      """
      SELECT id FROM trash_category c
      WHERE deleted_at < ? AND NOT EXISTS (SELECT 1 FROM trash t WHERE t.category = c.id)
      """)
    find.bind(limit?.milliseconds ?? .max, at: 1)
    var ids: [Int64] = []
    while try find.next() { ids.append(find.integer(0)) }
    for id in ids {
      try forget(.category, id)
      let delete = try connection.query("DELETE FROM trash_category WHERE id = ?")
      delete.bind(id, at: 1)
      try delete.run()
      change?.tally.categoriesRemoved += 1
    }
  }

  /// Takes what the history says of a thing: what it was before each change, and the words of the command
  /// lines that touched it. That something was emptied stays.
  private mutating func forget(_ kind: ItemKind, _ id: Int64) throws(StoreError) {
    // First of all, so that the command line of this very change is among those.
    try record(kind, id, before: Array("{}".utf8))
    let commands = try connection.query(
      """
      UPDATE change SET command = substr(command, 1, instr(command || ' ', ' ') - 1) || ' …'
      WHERE (number IN (SELECT change FROM change_item WHERE kind = ?1 AND item = ?2)
        OR (?1 = 1
          AND number IN (SELECT change FROM change_item WHERE kind = 3 AND item = ?2))
        OR number = (SELECT number FROM change
          WHERE ?1 = 1 AND last_added >= ?2 AND last_added IS NOT NULL
          ORDER BY last_added LIMIT 1))
        AND command NOT LIKE '% …'
      """)
    commands.bind(kind.rawValue, at: 1)
    commands.bind(id, at: 2)
    try commands.run()
    let images = try connection.query(
      """
      UPDATE change_item SET before = '{}'
      WHERE kind = ? AND item = ? AND before IS NOT NULL
      """)
    images.bind(kind.rawValue, at: 1)
    images.bind(id, at: 2)
    try images.run()
    let final = try connection.query("UPDATE change SET is_final = 1 WHERE number = ?")
    final.bind(changeNumber, at: 1)
    try final.run()
  }
}

extension Restoration {
  /// The favourite it is about.
  package var id: Int64 {
    switch self {
    case .restored(let id, _, _, _), .conflict(let id, _, _, _): id
    }
  }
}
