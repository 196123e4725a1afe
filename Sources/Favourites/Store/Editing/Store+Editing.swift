internal import SQLite

extension Store {
  /// Changes live favourites.
  ///
  /// If a place is given, they are put there in the order of `ids`.
  /// - Returns: the ids of the favourites that changed.
  @discardableResult
  package mutating func edit(_ ids: [Int64], _ patch: Patch) throws(StoreError) -> [Int64] {
    var category: CategoryRecord?
    if let path = patch.category { category = try self.category(making: path) }
    var targets: [FavouriteTarget] = []
    for id in ids.unique() {
      guard case .live(var record) = try state(of: id) else { throw try missing(id) }
      if let category { record.category = category.id }
      try apply(patch, to: &record)
      targets.append(FavouriteTarget(id: id, state: .live(record)))
    }
    if let destination = patch.placing { try assign(destination, to: &targets) }
    try checkLinks(targets)
    return try apply(targets, isNew: true)
  }

  private mutating func apply(
    _ patch: Patch, to record: inout FavouriteRecord
  ) throws(StoreError) {
    for column in FavouriteColumn.given {
      let value = patch.columns[column]
      guard value != .null else { continue }
      record.set(column, try checking { () throws(InvalidValue) in try column.checked(value) })
    }
    try applyTags(patch, to: &record)
    try applyMetadata(patch, to: &record)
  }

  private mutating func applyTags(
    _ patch: Patch, to record: inout FavouriteRecord
  ) throws(StoreError) {
    guard patch.clearsTags || !patch.addedTags.isEmpty || !patch.removedTags.isEmpty else { return }
    var tags: [TagName] = []
    if !patch.clearsTags, let stored = record.tags {
      let removed = Set(patch.removedTags.map { Array($0.key.utf8) })
      tags = JSONText.strings(stored).compactMap { try? TagName.parse($0) }
        .filter { !removed.contains(Array($0.key.utf8)) }
    }
    // Existing tags keep their spelling; added ones take the spelling in use.
    let kept = tags
    let missing = patch.addedTags.filter { added in
      !kept.contains { $0.key.utf8.elementsEqual(added.key.utf8) }
    }
    let spelledTags = try JSONText.strings(spelled(missing) ?? "[]")
    let names = kept.map(\.text) + spelledTags
    guard names.count <= Limits.tagsPerFavourite else {
      throw .invalid(
        InvalidValue(field: "tags", reason: "are more than \(Limits.tagsPerFavourite)"))
    }
    record.tags = JSONText.array(TagName.sorted(names))
  }

  private mutating func applyMetadata(
    _ patch: Patch, to record: inout FavouriteRecord
  ) throws(StoreError) {
    let isTouched =
      patch.clearsMetadata || !patch.assignments.isEmpty || !patch.values.isEmpty
      || !patch.unset.isEmpty
    guard isTouched else { return }
    let before = Metadata(stored: record.metadata ?? "{}")
    var metadata = patch.clearsMetadata ? Metadata() : before
    for key in patch.unset { metadata[key] = nil }
    let schema = try categoryRecord(record.category)?.fields
    try assign(
      patch.assignments, patch.values, to: &metadata, before: before, schema: schema,
      mustFit: patch.mustFit)
    record.metadata = metadata.stored(instead: record.metadata)
  }

  /// Refuses a link that its category has already, or would get twice, after a move or a change of
  /// URL.
  mutating func checkLinks(_ targets: [FavouriteTarget]) throws(StoreError) {
    let moving = Set(targets.map(\.id))
    var wanted: [[UInt8]: Int] = [:]
    var changed: [(record: FavouriteRecord, key: [UInt8])] = []
    for target in targets {
      guard case .live(let record) = target.state, let url = record.url else { continue }
      let key = Array("\(record.category):".utf8) + LinkKey.normalised(url)
      wanted[key, default: 0] += 1
      guard case .live(let old) = try state(of: target.id) else { continue }
      if old.category != record.category || !areSame(old.url, url) { changed.append((record, key)) }
    }
    for (record, key) in changed {
      guard let url = record.url else { continue }
      let others = try favourites(withURL: url, in: record.category).filter { !moving.contains($0) }
      let isTwice = wanted[key, default: 0] > 1
      guard !others.isEmpty || isTwice else { continue }
      let category = try categoryRecord(record.category)?.name ?? ""
      guard let other = others.first else { throw .twiceThere(url: url, category: category) }
      throw .alreadyThere(url: url, id: other, category: category, isNew: false)
    }
  }

  /// Assigns targets their final ranks, consecutively.
  private mutating func assign(
    _ destination: Patch.Destination, to targets: inout [FavouriteTarget]
  ) throws(StoreError) {
    if case .before(let anchor) = destination { try joinCategory(of: anchor, &targets) }
    if case .after(let anchor) = destination { try joinCategory(of: anchor, &targets) }
    // Ranks are counted in each category separately, since several may be involved.
    var next: [Int64: Int64] = [:]
    let moved = Set(targets.map(\.id))
    for index in targets.indices {
      guard case .live(let record) = targets[index].state else { continue }
      let category = record.category
      let rank: Int64
      if let following = next[category] {
        rank = following
      } else {
        rank = try firstRank(destination, in: category, moving: moved)
      }
      targets[index].placing = .rank(rank)
      next[category] = rank + 1
    }
  }

  private mutating func joinCategory(
    of anchor: Int64, _ targets: inout [FavouriteTarget]
  ) throws(StoreError) {
    guard case .live(let record) = try state(of: anchor) else { throw try missing(anchor) }
    for index in targets.indices {
      guard case .live(var moving) = targets[index].state else { continue }
      moving.category = record.category
      targets[index].state = .live(moving)
    }
  }

  /// The current number of favourites in a category, within the change in progress.
  func count(in category: Int64) throws(StoreError) -> Int64 {
    guard let record = try categoryRecord(category) else { return 0 }
    return record.count + (change?.counts[category] ?? 0)
  }

  /// The rank of the first of the moved favourites, once all of them have left their places.
  private mutating func firstRank(
    _ destination: Patch.Destination, in category: Int64, moving: Set<Int64>
  ) throws(StoreError) -> Int64 {
    var staying: [Int64] = []
    for id in moving {
      if case .live(let record) = try state(of: id), record.category == category,
        let rank = try rank(of: id)
      {
        staying.append(rank)
      }
    }
    let free = try count(in: category) - Int64(staying.count)
    switch destination {
    case .rank(let rank): return min(rank, free + 1)
    case .last: return free + 1
    case .before(let anchor), .after(let anchor):
      guard !moving.contains(anchor), let rank = try rank(of: anchor) else {
        throw .besideItself
      }
      let ahead = Int64(staying.count { $0 < rank })
      return destination == .before(anchor) ? rank - ahead : rank - ahead + 1
    }
  }

  /// Swaps the places of two favourites, each in its category.
  package mutating func swap(_ first: Int64, _ second: Int64) throws(StoreError) {
    guard case .live(var one) = try state(of: first) else { throw try missing(first) }
    guard case .live(var other) = try state(of: second) else { throw try missing(second) }
    guard first != second, let rankOne = try rank(of: first), let rankOther = try rank(of: second)
    else { return }
    Swift.swap(&one.category, &other.category)
    let targets = [
      FavouriteTarget(id: first, state: .live(one), placing: .rank(rankOther)),
      FavouriteTarget(id: second, state: .live(other), placing: .rank(rankOne)),
    ]
    try checkLinks(targets)
    try apply(targets, isNew: true)
  }
}
