internal import SQLite

extension Store {
  /// Makes favourites what they are to become, and records what they were.
  ///
  /// The one way in which a favourite that exists changes: edits, moves, the trash, undo and redo all
  /// come down to it. Ranks are meant as they are to be afterwards: whatever leaves its place leaves first,
  /// then all that arrives is placed from the first rank to the last.
  /// - Parameter isNew: true for a change that a person made, whose number and date the favourites
  ///   then carry; false for undo and redo, which bring the old ones back.
  /// - Returns: the ids of those that changed.
  @discardableResult
  mutating func apply(_ targets: [FavouriteTarget], isNew: Bool) throws(StoreError) -> [Int64] {
    try writeDerived()
    let isSettled = isNew ? try areInPlace(targets) : false
    var steps: [Step] = []
    var ranks = RanksBefore()
    for var target in targets {
      if isSettled { target.placing = .unchanged }
      if let step = try plan(target, isNew: isNew, &ranks) { steps.append(step) }
    }
    for step in steps where step.leaves {
      guard case .live(let record) = step.before else { continue }
      try displace(step.id, from: record.category)
    }
    for step in steps {
      try record(.favourite, step.id, before: step.image)
      try write(step)
    }
    // The sort is stable for equal ranks, since the place in the list is its last key.
    let arrivals = steps.indices.filter { steps[$0].arrives }
      .sorted {
        (steps[$0].category, steps[$0].rank, $0) < (steps[$1].category, steps[$1].rank, $1)
      }
    for index in arrivals {
      let step = steps[index]
      if step.rank == .max {
        try append(step.id, to: step.category)
      } else {
        try place(step.id, in: step.category, at: step.rank)
      }
    }
    return steps.map(\.id)
  }

  /// True when every favourite that is to be moved stands where it is to stand already.
  private mutating func areInPlace(_ targets: [FavouriteTarget]) throws(StoreError) -> Bool {
    for target in targets {
      guard case .rank(let wanted) = target.placing else { continue }
      guard case .live(let old) = try state(of: target.id), case .live(let new) = target.state,
        old.category == new.category, try rank(of: target.id) == wanted
      else { return false }
    }
    return true
  }

  /// What is to be done to one favourite.
  private struct Step {
    let id: Int64
    let before: FavouriteState
    let after: FavouriteState
    /// What it was, for the history; nil where it was not there.
    let image: [UInt8]?
    let leaves: Bool
    let arrives: Bool
    /// Where it arrives.
    var category: Int64 = 0
    var rank: Int64 = .max
  }

  private mutating func plan(
    _ target: FavouriteTarget, isNew: Bool, _ ranks: inout RanksBefore
  ) throws(StoreError) -> Step? {
    let before = try state(of: target.id)
    var after = target.state
    var (leaves, arrives) = (false, false)
    var category: Int64 = 0
    var rank = Int64.max
    if case .rank(let wanted) = target.placing { rank = wanted }
    switch (before, after) {
    case (.live(let old), .live(let new)):
      category = new.category
      leaves = old.category != new.category || target.placing != .unchanged
      arrives = leaves
    case (_, .live(let new)):
      category = new.category
      arrives = true
    case (.live, _): leaves = true
    default: break
    }
    var rankBefore: Int64?
    if leaves, case .live(let old) = before {
      rankBefore = try ranks.rank(of: target.id, in: old.category, of: &self)
    }
    if case .trashed(let record, var trashing) = after, let rankBefore, isNew {
      trashing.rank = rankBefore
      after = .trashed(record, trashing)
    }
    let difference = FavouriteImage.difference(
      from: before, to: after, rank: leaves ? rankBefore : nil)
    guard difference != nil else { return nil }
    // An opening is no change of the favourite: neither its date nor the last change that touched it is other.
    if isNew, !target.isOpening {
      after = touched(after, isEdit: before.isLive && after.isLive)
    }
    let image: [UInt8]? =
      if case .absent = before {
        nil
      } else {
        FavouriteImage.difference(from: before, to: after, rank: leaves ? rankBefore : nil)
      }
    if target.isOpening {
      change?.tally.opened += 1
    } else {
      count(before, after)
    }
    return Step(
      id: target.id, before: before, after: after, image: image, leaves: leaves, arrives: arrives,
      category: category, rank: rank)
  }

  private func touched(_ state: FavouriteState, isEdit: Bool) -> FavouriteState {
    switch state {
    case .absent: return .absent
    case .live(var record):
      record.change = changeNumber
      if isEdit { record.modifiedAt = changeTime.milliseconds }
      return .live(record)
    case .trashed(var record, let trashing):
      record.change = changeNumber
      return .trashed(record, trashing)
    }
  }

  private mutating func count(_ before: FavouriteState, _ after: FavouriteState) {
    switch (before, after) {
    case (.absent, _): change?.tally.added += 1
    case (_, .absent): change?.tally.removed += 1
    case (.live, .live): change?.tally.edited += 1
    case (.live, .trashed): change?.tally.trashed += 1
    case (.trashed, .live): change?.tally.restored += 1
    case (.trashed, .trashed): change?.tally.edited += 1
    }
  }

  private mutating func write(_ step: Step) throws(StoreError) {
    switch (step.before, step.after) {
    case (.live(let old), .live(let new)):
      try update(new)
      try reindex(old, as: new)
    default:
      switch step.before {
      case .absent: break
      case .live(let old):
        try unindex(old)
        try delete(step.id, from: "DELETE FROM favourite WHERE id = ?")
      case .trashed:
        try delete(step.id, from: "DELETE FROM trash WHERE id = ?")
        change?.trashed -= 1
      }
      switch step.after {
      case .absent: break
      case .live(let new): _ = try insert(new)
      case .trashed(let new, let trashing):
        try insert(new, trashing)
        change?.trashed += 1
      }
    }
  }

  private func delete(_ id: Int64, from sql: StaticString) throws(StoreError) {
    let delete = try connection.query(sql)
    delete.bind(id, at: 1)
    try delete.run()
  }

  private func update(_ record: FavouriteRecord) throws(StoreError) {
    let update = try connection.query(composed: FavouriteSQL.update)
    record.bind(to: update, from: 1)
    update.bind(record.id, at: FavouriteColumn.count)
    try update.run()
  }

  /// Writes a new row and what is derived from it; id 0 asks for the next one. Gives the id.
  ///
  /// - Parameters: as those of `index(_:_:putsOff:)`.
  mutating func insert(
    _ record: FavouriteRecord, _ texts: DerivedTexts? = nil, putsOff: Bool = false
  ) throws(StoreError) -> Int64 {
    let insert = try connection.query(composed: FavouriteSQL.insert)
    if record.id == 0 { insert.bindNull(at: 1) } else { insert.bind(record.id, at: 1) }
    record.bind(to: insert, from: 2)
    try insert.run()
    var written = record
    written.id = connection.lastRowID
    try index(written, texts, putsOff: putsOff)
    return written.id
  }

  private func insert(_ record: FavouriteRecord, _ trashing: Trashing) throws(StoreError) {
    let insert = try connection.query(composed: FavouriteSQL.insertIntoTrash)
    insert.bind(record.id, at: 1)
    record.bind(to: insert, from: 2)
    trashing.bind(to: insert, from: FavouriteColumn.count + 1)
    try insert.run()
  }

  /// Where a favourite is now, and what it holds there.
  func state(of id: Int64) throws(StoreError) -> FavouriteState {
    let live = try connection.query(composed: FavouriteSQL.byID)
    live.bind(id, at: 1)
    if try live.next() { return .live(FavouriteRecord(live)) }
    let trash = try connection.query(composed: FavouriteSQL.inTrashByID)
    trash.bind(id, at: 1)
    guard try trash.next() else { return .absent }
    return .trashed(FavouriteRecord(trash), Trashing(trash))
  }

  /// Writes the totals and the categories' counts that were put off.
  mutating func writeCounts() throws(StoreError) {
    guard let change else { return }
    var live: Int64 = 0
    let update = try connection.query("UPDATE category SET count = count + ? WHERE id = ?")
    for (category, count) in change.counts where count != 0 {
      live += count
      update.bind(count, at: 1)
      update.bind(category, at: 2)
      try update.run()
    }
    self.change?.counts = [:]
    self.change?.trashed = 0
    guard live != 0 || change.trashed != 0 else { return }
    let totals = try connection.query(
      "UPDATE totals SET favourites = favourites + ?, trashed = trashed + ? WHERE id = 1")
    totals.bind(live, at: 1)
    totals.bind(change.trashed, at: 2)
    try totals.run()
  }
}

extension FavouriteState {
  /// True in a category, false in the trash and where it is not there.
  var isLive: Bool {
    if case .live = self { true } else { false }
  }
}

/// The ranks that favourites had before the change under way: those it added are left out.
private struct RanksBefore {
  private var known: [Int64: [Int64: Int64]] = [:]

  mutating func rank(
    of id: Int64, in category: Int64, of store: inout Store
  ) throws(StoreError) -> Int64? {
    guard store.change?.added != nil else { return try store.rank(of: id) }
    if let ranks = known[category] { return ranks[id] }
    let ranks = try store.ranksBeforeAdditions(in: category)
    known[category] = ranks
    return ranks[id]
  }
}
