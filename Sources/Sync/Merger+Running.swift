package import Favourites

extension Merger {
  /// Performs one run within a transaction of the store: finds local changes, merges and writes
  /// changes of other devices, and determines what to publish.
  ///
  /// - Returns: the outcome. If it is a refusal, the transaction must be rolled back.
  package mutating func run(
    _ view: RemoteView, _ request: SyncRequest, command: String
  ) throws(StoreError) -> SyncOutcome {
    var outcome = SyncOutcome()
    outcome.refusal = try run(view, request, command, &outcome)
    if view.hasFailed || hasLost { outcome.refusal = .unread }
    outcome.isSurprised = isSurprised
    return outcome
  }

  private mutating func run(
    _ view: RemoteView, _ request: SyncRequest, _ command: String, _ outcome: inout SyncOutcome
  ) throws(StoreError) -> SyncRefusal? {
    guard now < Stamp.end else { return .clock }
    let rebuilds: Bool
    switch try identify(view, isAgain: request.isAgain) {
    case .failure(let refusal): return refusal
    case .success(let isNeeded): rebuilds = isNeeded || request.isAgain
    }
    // Only now is it known that the last publication has arrived.
    try load()
    // Nothing has ever been sent or received.
    let isJoining = state.seq == 0 && state.peers.isEmpty
    outcome.isJoining = isJoining
    if state.set == nil || (isJoining && view.set != nil) {
      state.set = view.set ?? UID(bytes: random(16))
    }
    guard let set = state.set else { return .otherSet }
    if view.set == nil {
      if !view.manifests.isEmpty || !isJoining, !request.isAgain { return .lost(Marker.path) }
      let marker = Marker(set, key: view.seal?.mark(set))
      outcome.puts.append((Marker.path, Payload(marker.encoded())))
    } else if view.set != set {
      return .otherSet
    }
    var mustCompare = rebuilds
    switch comparePeers(view, isAgain: request.isAgain) {
    case .failure(let refusal): return refusal
    case .success(let isNeeded): mustCompare = mustCompare || isNeeded
    }
    try derive()
    let live = Int(clamping: try store.syncLiveCount())
    if mustCompare {
      try rebuild(view, set)
    } else {
      let incoming = try collect(view, set, isJoining: isJoining, request)
      try merge(incoming, view, set, isJoining: isJoining, request, command)
    }
    if hasLost || isSurprised { return .unread }
    state.ahead = max(0, state.seen - now)
    try settle()
    if isEndless { return .endless }
    if !request.isYes, !isJoining, let refusal = excess(live) {
      guard request.isRehearsal else { return refusal }
      outcome.excess = refusal
    }
    outcome.conflicts = newConflicts.count
    outcome.hasForgotten = !tally.purged.isEmpty
    try flush(command)
    outcome.change = try store.endApplying()
    try saveFacts()
    state.mark = max(state.mark, try store.lastChangeNumber())
    if isJoining {
      let hasUnsent = try store.hasUnsentThings()
      state.isFirst = request.matches && hasUnsent
    }
    outcome.tally = tally
    try publish(view, set, request, &outcome)
    try store.save(state)
    return nil
  }

  /// Whether the run changes more favourites than is allowed without confirmation.
  private func excess(_ live: Int) -> SyncRefusal? {
    func isTooMuch(_ count: Int, _ percent: Int) -> Bool {
      count >= 20 && count * 100 > live * percent
    }
    func favourites(_ things: Set<ThingName>) -> Int { things.count { $0.kind == .favourite } }
    let gone = favourites(tally.trashed) + favourites(tally.purged)
    if isTooMuch(gone, 20) { return .tooMuch(.trashed, count: gone, of: live) }
    let changed = favourites(tally.changed) + favourites(tally.trashed)
    if isTooMuch(changed, 20) { return .tooMuch(.changed, count: changed, of: live) }
    if isTooMuch(tally.added, 50) { return .tooMuch(.added, count: tally.added, of: live) }
    if isTooMuch(tally.binned, 20) {
      // Those that an undo removed are no longer among the live.
      return .tooMuch(.trashedElsewhere, count: tally.binned, of: live + tally.binned)
    }
    return nil
  }

  /// Writes modified items, and drops favourites that were read: everything about them is stored in
  /// the database.
  mutating func flush(_ command: String) throws(StoreError) {
    let ranks = try ranks()
    var changes = SyncChanges()
    var made: [Int64] = []
    for favourite in favourites.values.sorted(by: { $0.id < $1.id }) {
      if favourite.original == nil, favourite.row != nil { made.append(favourite.id) }
      let rank = ranks[favourite.id]
      if favourite.isPurged {
        if favourite.original != nil { changes.purged.append((.favourite, favourite.id)) }
        continue
      }
      note(favourite, &changes)
      guard favourite.row != favourite.original || rank != nil else { continue }
      changes.favourites.append(SyncTarget(id: favourite.id, row: favourite.row, rank: rank))
    }
    for category in categories.values.sorted(by: { $0.id < $1.id }) {
      if category.isPurged {
        if category.original != nil { changes.purged.append((.category, category.id)) }
        continue
      }
      note(category, &changes)
      let path = name(of: category)
      let isCalledOtherwise =
        category.row?.isLive == true && paths[category.id].map { $0 != path } ?? false
      guard category.row != category.original || isCalledOtherwise else { continue }
      changes.categories.append(SyncCategoryTarget(id: category.id, row: category.row, path: path))
    }
    changes.favourites.sort { place($0) < place($1) }
    if !changedPurges.isEmpty, !classes.dead.isEmpty, !hasFlushed {
      for (kind, id, uid) in try store.syncUndone() where classes.dead[classes.name(uid)] != nil {
        changes.purged.append((kind, id))
      }
    }
    if let first = made.first, let last = made.last {
      changes.added = first...last
    }
    try store.apply(changes, command: command)
    try saveMarks()
    letGo()
  }

  private mutating func letGo() {
    hasFlushed = true
    favourites = [:]
    ids[.favourite] = [:]
    touched = []
    for category in categories.values {
      category.original = category.row
      category.isPurged = false
      category.keepMarks()
      if category.row != nil { paths[category.id] = name(of: category) }
    }
  }

  private func note(_ thing: Tracked, _ changes: inout SyncChanges) {
    if let old = thing.original, let new = thing.row, old.uid != new.uid {
      changes.renamed.append((thing.kind, thing.id, new.uid))
    }
  }

  /// The sort key, so that favourites appended to a category are written in order.
  private func place(_ target: SyncTarget) -> SortKey {
    favourites[target.id]?.sortKey ?? SortKey(key: [], uid: .none)
  }

  /// The full name of a category, within the length limit.
  private func name(of category: Tracked) -> String {
    let path = path(category.id)
    if path.utf8.count <= Limits.categoryBytes { return path }
    return paths[category.id] ?? category.row?.name ?? "inbox"
  }

  /// Stores the sync data of favourites and categories.
  private mutating func saveMarks() throws(StoreError) {
    for thing in Array(favourites.values) + Array(categories.values) {
      if thing.row == nil {
        try store.removeSyncMarks(thing.kind, thing.id)
      } else if let marks = thing.changedMarks {
        try store.save(marks, of: thing.kind, thing.id)
      }
    }
  }

  /// Stores the remaining sync data.
  private mutating func saveFacts() throws(StoreError) {
    for alias in changedAliases.sorted() {
      try store.saveAlias(
        alias.kind, alias.source, alias.target, isUnsent: unsentAliases.contains(alias))
    }
    for uid in changedPurges.sorted() {
      guard let purge = purged[uid] else { continue }
      try store.savePurge(
        uid, purge.kind, purge.stamp.purgeMark(isUnsent: unsentPurges.contains(uid)))
    }
    for conflict in newConflicts where classes.dead[classes.name(conflict.uid)] == nil {
      try store.save(conflict)
    }
    if !changedPurges.isEmpty {
      for conflict in try store.syncConflicts()
      where classes.dead[classes.name(conflict.uid)] != nil {
        try store.removeConflict(conflict.id)
      }
    }
    var homes: [(category: Int64, parent: UID?, leaf: String)] = []
    for category in present {
      guard let row = category.row else { continue }
      homes.append((category.id, row.home.map { uid(ofCategory: $0) }, row.name))
    }
    let known = try store.syncHomes()
    let isSame =
      known.count == homes.count
      && homes.allSatisfy { home in
        known[home.category].map { $0.parent == home.parent && $0.leaf == home.leaf } ?? false
      }
    if !isSame { try store.save(homes: homes) }
  }
}
