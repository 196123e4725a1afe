internal import Host
internal import SQLite

extension Store {
  /// Copies whatever is readable in a file, however damaged, into a new one, which gets its name
  /// only when it is complete. The damaged file is read page by page without SQLite and never
  /// written to; its history is not copied.
  /// - Throws: `.host` with `isExists` if the name of the new file is taken; `.unusable` if the
  ///   damaged file contains neither favourites nor categories, and then nothing is made.
  package static func salvage(
    _ source: String, into target: String, command: String, meter: StoreMeter = StoreMeter()
  ) throws(StoreError) -> Salvaged {
    guard !isCompanionName(target) else { throw .companionName(path: target) }
    return try translating {
      let (rows, isPending) = try SalvageSource.reading(
        Directory.resolve(source), named: source, beside: target, meter: meter
      ) { (file) in (try SalvagedRows.read(file.path, named: source), file.isPending) }
      try Directory.createPrivate(Directory.above(target))
      let place = try resolve(target)
      let gate = try takeGate(path: place, named: target, meter: meter)
      let draft = try StagedFile(for: place)
      try build(draft.path, meter)
      var store = try open(
        draft.path, named: target, access: .readWrite, isWriting: true, meter: meter)
      store.gate = consume gate
      // No other process sees this file yet, and it is synced as a whole before any does.
      try store.connection.execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF")
      try store.connection.holdChangedPages(upToMebibytes: heldSalvaging)
      var found = try store.change(ChangeRequest(command: command)) {
        (store) throws(StoreError) in try store.keep(rows)
      }.result
      found.isPending = isPending
      _ = consume store
      try setAsideJournal(of: place)
      try draft.name()
      return found
    }
  }

  /// How much of the new file is held in memory, in MiB.
  private static let heldSalvaging = 32

  /// Copies whatever is readable in a file, as part of a change.
  mutating func salvage(from path: String) throws(StoreError) -> Salvaged {
    let rows = try translating { try SalvagedRows.read(path, named: path) }
    return try keep(rows)
  }

  /// Saves what was found. The trash comes last, with one change for each that filled it: things
  /// removed together are restored together.
  private mutating func keep(_ rows: SalvagedRows) throws(StoreError) -> Salvaged {
    var keeping = Keeping()
    keeping.found.lostRows = rows.lostRows
    keeping.found.damagedPages = rows.damagedPages
    for category in rows.allCategories().sorted(by: Self.isBefore) {
      try keep(category, &keeping)
    }
    for number in rows.ordered() {
      if let thing = rows.favourite(number) { try keep(thing, &keeping) }
    }
    try keepTrash(rows, &keeping)
    try count(&keeping.found)
    return keeping.found
  }

  /// The state while rows are being saved.
  private struct Keeping {
    var found = Salvaged()
    /// The new ids of categories, by their old ones.
    var categories: [Int64: Int64] = [:]
    var uids: Set<UID> = []
  }

  /// Orders parents before their children.
  private static func isBefore(
    _ first: SalvagedRows.Category, _ second: SalvagedRows.Category
  ) -> Bool {
    let (one, other) = (first.path?.sortKey ?? "", second.path?.sortKey ?? "")
    guard !one.utf8.elementsEqual(other.utf8) else { return first.id < second.id }
    return one.utf8.lexicographicallyPrecedes(other.utf8)
  }

  private mutating func keep(
    _ category: SalvagedRows.Category, _ keeping: inout Keeping
  ) throws(StoreError) {
    let path = category.path ?? Self.home(ofLost: category.id)
    note(category, &keeping)
    if let there = try categoryRecord(path) {
      // Two categories that now have the same name become one.
      if !category.isNameMended { keeping.found.mendedNames += 1 }
      keeping.categories[category.id] = there.id
      var other = there
      (other.note, other.schema) = (category.note, category.schema)
      try apply(.live(there.unitedAtAnyRate(with: other)), to: there.id, isNew: false)
      return
    }
    var record = try record(category, path: spelled(path), &keeping)
    record = try make(record)
    keeping.categories[category.id] = record.id
  }

  /// A new row for a salvaged category.
  private mutating func record(
    _ category: SalvagedRows.Category, path: CategoryPath, id: Int64 = 0, _ keeping: inout Keeping
  ) throws(StoreError) -> CategoryRecord {
    var record = CategoryRecord(
      id: id, uid: uid(category.uid, &keeping), path: path, at: category.createdAt,
      change: changeNumber)
    record.modifiedAt = category.modifiedAt
    record.note = category.note
    record.schema = category.schema
    return record
  }

  private func note(_ category: SalvagedRows.Category, _ keeping: inout Keeping) {
    if category.isNameMended { keeping.found.mendedNames += 1 }
    keeping.found.mendedTexts += category.mending.texts
    keeping.found.lostDetails += category.mending.details
  }

  /// A uid that nothing else has: the old one if valid.
  private mutating func uid(_ uid: UID?, _ keeping: inout Keeping) -> UID {
    if let uid, keeping.uids.insert(uid).inserted { return uid }
    keeping.found.newUIDs += 1
    return newUID()
  }

  /// A new row for a salvaged favourite.
  private mutating func record(
    _ thing: SalvagedRows.Thing, id: Int64, category: Int64, _ keeping: inout Keeping
  ) -> FavouriteRecord {
    var record = thing.record
    record.id = id
    record.category = category
    record.change = changeNumber
    record.uid = uid(thing.hasUID ? record.uid : nil, &keeping)
    keeping.found.mendedTexts += thing.mending.texts
    keeping.found.lostDetails += thing.mending.details
    return record
  }

  private mutating func keep(
    _ thing: SalvagedRows.Thing, _ keeping: inout Keeping
  ) throws(StoreError) {
    let old = thing.record.category
    if keeping.categories[old] == nil {
      keeping.categories[old] = try category(making: Self.home(ofLost: old)).id
      keeping.found.mendedNames += 1
    }
    let home = keeping.categories[old] ?? 0
    let new = record(thing, id: 0, category: home, &keeping)
    do throws(StoreError) {
      let id = try insert(new)
      try append(id, to: home)
      change?.tally.added += 1
      let first = change?.added?.lowerBound ?? id
      change?.added = first...id
    } catch .sqlite(let error) where error.code.primary == .constraint {
      keeping.found.lostRows += 1
    }
  }

  /// The category for the contents of one whose name is lost.
  private static func home(ofLost category: Int64) -> CategoryPath {
    (try? CategoryPath.parse("salvaged/\(category)")) ?? .inbox
  }

  private mutating func keepTrash(
    _ rows: SalvagedRows, _ keeping: inout Keeping
  ) throws(StoreError) {
    let categories = rows.allTrashedCategories().sorted { $0.id < $1.id }
    var lost: Set<Int64> = []
    var groups: [Int64: [Int]] = [:]
    for number in rows.trashed() {
      guard let record = rows.trashed(number)?.record else { continue }
      groups[record.change, default: []].append(number)
      if keeping.categories[record.category] == nil { lost.insert(record.category) }
    }
    // Categories that no longer exist get unique ids too.
    for old in lost.union(categories.map(\.id)).sorted() {
      keeping.categories[old] = try reserveIDs(1, "category").lowerBound
    }
    let categoryGroups = Dictionary(grouping: categories, by: \.change)
    for change in Set(groups.keys).union(categoryGroups.keys).sorted() {
      try beginAnother(self.change?.command ?? "")
      try keepTrash(groups[change] ?? [], of: rows, &keeping)
      for category in categoryGroups[change] ?? [] {
        guard let id = keeping.categories[category.id], let deletedAt = category.deletedAt else {
          continue
        }
        note(category, &keeping)
        let path = category.path ?? Self.home(ofLost: category.id)
        let new = try record(category, path: path, id: id, &keeping)
        try apply(.trashed(new, deletedAt: deletedAt), to: id, isNew: true)
      }
    }
  }

  /// Saves the favourites that one change moved to the trash, in portions.
  private mutating func keepTrash(
    _ numbers: [Int], of rows: SalvagedRows, _ keeping: inout Keeping
  ) throws(StoreError) {
    guard !numbers.isEmpty else { return }
    let ids = try reserveIDs(Int64(numbers.count), "favourite")
    change?.added = ids
    var targets: [FavouriteTarget] = []
    for (id, number) in zip(ids, numbers) {
      guard let thing = rows.trashed(number), let trashing = thing.trashing else { continue }
      let home = keeping.categories[thing.record.category] ?? 0
      let new = record(thing, id: id, category: home, &keeping)
      targets.append(FavouriteTarget(id: id, state: .trashed(new, trashing)))
      guard targets.count == 1_000 || id == ids.upperBound else { continue }
      try apply(targets, isNew: true)
      targets = []
    }
    if !targets.isEmpty { try apply(targets, isNew: true) }
  }

  /// Reserves ids that SQLite will give to nothing else, now or later.
  private func reserveIDs(
    _ count: Int64, _ table: String
  ) throws(StoreError) -> ClosedRange<Int64> {
    let find = try connection.query("SELECT seq FROM sqlite_sequence WHERE name = ?", table)
    let isThere = try find.next()
    let last = isThere ? find.integer(0) : 0
    find.reset()
    let write =
      isThere
      ? try connection.query("UPDATE sqlite_sequence SET seq = ?1 WHERE name = ?2")
      : try connection.query("INSERT INTO sqlite_sequence(seq, name) VALUES(?1, ?2)")
    try write.run(last + count, table)
    return last + 1...last + count
  }

  /// Counts the things in the resulting file.
  private mutating func count(_ found: inout Salvaged) throws(StoreError) {
    let rows = try connection.query(
      """
      SELECT (SELECT count(*) FROM favourite), (SELECT count(*) FROM trash),
        (SELECT count(*) FROM category), (SELECT count(*) FROM trash_category)
      """)
    guard try rows.next() else { return }
    found.favourites = Int(rows.integer(0))
    found.trashed = Int(rows.integer(1))
    found.categories = Int(rows.integer(2))
    found.trashedCategories = Int(rows.integer(3))
  }
}
