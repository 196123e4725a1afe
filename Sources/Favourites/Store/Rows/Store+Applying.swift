internal import SQLite

extension Store {
  /// Gives favourites their target states, and records their previous ones.
  ///
  /// This is the only way to change an existing favourite: edits, moves, the trash, undo and redo
  /// all use it. Ranks are final ranks: first everything leaves that is to leave its place, then
  /// all arrivals are placed from the first rank to the last.
  /// - Parameter isNew: true for a user's change, whose number and date the favourites then get;
  ///   false for undo and redo, which bring the old ones back.
  /// - Returns: the ids of the favourites that changed.
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
    // In the order of ids: the index is written in one piece then.
    for step in steps.sorted(by: { $0.id < $1.id }) {
      let isFirst = try record(.favourite, step.id, before: step.image)
      if step.isOpening {
        change?.tally.opened += 1
      } else {
        count(step.before, step.after, isFirst: isFirst)
      }
      try write(step)
    }
    // Ties in rank keep their order, since the place in the list is the last sort key.
    let arrivals = steps.indices.filter { steps[$0].arrives }
      .sorted {
        (steps[$0].category, steps[$0].rank, $0) < (steps[$1].category, steps[$1].rank, $1)
      }
    let following = followers(arrivals.map { steps[$0] })
    for (index, count) in zip(arrivals, following) {
      let step = steps[index]
      if step.rank == .max {
        try append(step.id, to: step.category)
      } else {
        try place(step.id, in: step.category, at: step.rank, following: count)
      }
    }
    return steps.map(\.id)
  }

  /// For each of the arrivals, how many come to the ranks right after it.
  private func followers(_ arrivals: [Step]) -> [Int] {
    var followers = [Int](repeating: 0, count: arrivals.count)
    for index in arrivals.indices.dropLast().reversed() {
      let (step, next) = (arrivals[index], arrivals[index + 1])
      let isNext = step.rank != .max && next.category == step.category && next.rank == step.rank + 1
      if isNext { followers[index] = followers[index + 1] + 1 }
    }
    return followers
  }

  /// Whether every favourite to be moved is already in its place.
  private mutating func areInPlace(_ targets: [FavouriteTarget]) throws(StoreError) -> Bool {
    for target in targets {
      guard case .rank(let wanted) = target.placing else { continue }
      guard case .live(let old) = try state(of: target.id), case .live(let new) = target.state,
        old.category == new.category, try rank(of: target.id) == wanted
      else { return false }
    }
    return true
  }

  /// The work for one favourite.
  private struct Step {
    let id: Int64
    let before: FavouriteState
    let after: FavouriteState
    /// Its previous state, for the history; nil if it did not exist.
    let image: [UInt8]?
    let leaves: Bool
    let arrives: Bool
    let isOpening: Bool
    /// Where it is placed.
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
    // An opening is no edit: it changes neither the favourite's date nor its last change.
    if isNew, !target.isOpening {
      after = touched(after, isEdit: before.isLive && after.isLive)
    }
    let image: [UInt8]? =
      if case .absent = before {
        nil
      } else {
        FavouriteImage.difference(from: before, to: after, rank: leaves ? rankBefore : nil)
      }
    return Step(
      id: target.id, before: before, after: after, image: image, leaves: leaves, arrives: arrives,
      isOpening: target.isOpening, category: category, rank: rank)
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

  /// Counts what was done to a favourite. What a change edits again after it did something else to
  /// it is counted once.
  private mutating func count(
    _ before: FavouriteState, _ after: FavouriteState, isFirst: Bool
  ) {
    switch (before, after) {
    case (.absent, .trashed):
      change?.tally.trashed += 1
      change?.discarded += 1
    case (.absent, _): change?.tally.added += 1
    case (_, .absent): change?.tally.removed += 1
    case (.live, .live), (.trashed, .trashed): if isFirst { change?.tally.edited += 1 }
    case (.live, .trashed): change?.tally.trashed += 1
    case (.trashed, .live): change?.tally.restored += 1
    }
  }

  private mutating func write(_ step: Step) throws(StoreError) {
    switch (step.before, step.after) {
    case (.live(let old), .live(let new)):
      try update(old, to: new)
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
    try connection.run(sql, id)
  }

  /// Writes what a live favourite's row holds now, without what is derived from it.
  func update(_ old: FavouriteRecord, to new: FavouriteRecord) throws(StoreError) {
    let kind = FavouriteUpdate(from: old, to: new)
    let update = try connection.query(composed: kind.sql)
    new.bind(kind.columns, to: update, from: 1)
    update.bind(new.id, from: Int32(kind.columns.count) + 1)
    try update.run()
  }

  /// Writes a new row and the data derived from it; id 0 asks for the next one. Returns the id.
  ///
  /// - Parameters: as for `index(_:_:putsOff:)`.
  mutating func insert(
    _ record: FavouriteRecord, _ texts: DerivedTexts? = nil, putsOff: Bool = false
  ) throws(StoreError) -> Int64 {
    let insert = try connection.query(
      composed: FavouriteSQL.insert, record.id == 0 ? nil : record.id)
    record.bind(to: insert, from: 2)
    try insert.run()
    var written = record
    written.id = connection.lastRowID
    try index(written, texts, putsOff: putsOff)
    return written.id
  }

  private func insert(_ record: FavouriteRecord, _ trashing: Trashing) throws(StoreError) {
    let insert = try connection.query(composed: FavouriteSQL.insertIntoTrash, record.id)
    record.bind(to: insert, from: 2)
    trashing.bind(to: insert, from: FavouriteColumn.count + 1)
    try insert.run()
  }

  /// Where a favourite is now, and its data there.
  func state(of id: Int64) throws(StoreError) -> FavouriteState {
    let live = try connection.query(composed: FavouriteSQL.byID, id)
    if try live.next() { return .live(FavouriteRecord(live)) }
    let trash = try connection.query(composed: FavouriteSQL.inTrashByID, id)
    guard try trash.next() else { return .absent }
    return .trashed(FavouriteRecord(trash), Trashing(trash))
  }

  /// Writes the deferred totals and category counts.
  mutating func writeCounts() throws(StoreError) {
    guard let change else { return }
    var live: Int64 = 0
    let update = try connection.query("UPDATE category SET count = count + ? WHERE id = ?")
    for (category, count) in change.counts where count != 0 {
      live += count
      try update.run(count, category)
    }
    self.change?.counts = [:]
    self.change?.trashed = 0
    guard live != 0 || change.trashed != 0 else { return }
    try connection.run(
      "UPDATE totals SET favourites = favourites + ?, trashed = trashed + ? WHERE id = 1", live,
      change.trashed)
  }
}

extension FavouriteState {
  /// Whether it is in a category: false in the trash, and if it does not exist.
  var isLive: Bool {
    if case .live = self { true } else { false }
  }
}

/// The ranks of favourites before the change in progress, without those that it added.
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
