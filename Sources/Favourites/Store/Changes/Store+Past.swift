internal import SQLite

// Earlier states of things. For each change, the history stores the fields that it changed, so
// reading back starts from the present state and applies one image after another to it.

extension Store {
  /// The history of one favourite: what each change did to it, from the newest to the oldest.
  ///
  /// Its rank is the one it had when it was next moved, or has now: shifts by others that came in
  /// before it are not part of its own history.
  /// - Parameter oldest: leaves out changes before this one.
  package mutating func life(
    of id: Int64, from oldest: Int64 = 0
  ) throws(StoreError) -> [Passage<Favourite>] {
    var names = PastNames()
    return try life(of: id, from: oldest, &names)
  }

  private mutating func life(
    of id: Int64, from oldest: Int64, _ names: inout PastNames
  ) throws(StoreError) -> [Passage<Favourite>] {
    var passages: [Passage<Favourite>] = []
    for version in try versions(of: id, from: oldest) {
      passages.append(try passage(version, of: id, &names))
    }
    return passages
  }

  private func passage(
    _ version: FavouriteVersion, of id: Int64, _ names: inout PastNames
  ) throws(StoreError) -> Passage<Favourite> {
    Passage(
      id: id, change: version.change,
      before: try favourite(version.before, after: version.change &- 1, &names),
      after: try favourite(version.after, after: version.change, &names),
      isForgotten: version.isForgotten)
  }

  /// What changes did to a favourite, from the newest to the oldest.
  ///
  /// - Parameter point: where reading back begins; nil for the present state.
  mutating func versions(
    of id: Int64, from oldest: Int64, beginningAt point: PastPoint? = nil
  ) throws(StoreError) -> [FavouriteVersion] {
    var current: PastFavourite
    if let point {
      current = point.before
    } else {
      let state = try state(of: id)
      current = PastFavourite(state: state, rank: state.isLive ? try rank(of: id) : nil)
    }
    var versions: [FavouriteVersion] = []
    var isForgotten = point?.isForgotten ?? false
    for entry in try entries(.favourite, id, from: oldest, before: point?.change ?? .max) {
      guard let target = FavouriteImage.state(before: entry.image, of: id, after: current.state)
      else {
        throw .unusable(path: path, .damaged("the history of favourite \(id) is not readable"))
      }
      var before = PastFavourite(
        state: target.state, rank: target.state.isLive ? current.rank : nil)
      if case .rank(let left) = target.placing, target.state.isLive { before.rank = left }
      isForgotten = isForgotten || entry.isForgotten
      versions.append(
        FavouriteVersion(
          change: entry.change, before: before, after: current,
          isMove: target.placing != .unchanged, isForgotten: isForgotten))
      current = before
    }
    return versions
  }

  private func favourite(
    _ past: PastFavourite, after change: Int64, _ names: inout PastNames
  ) throws(StoreError) -> Favourite? {
    guard let record = past.state.record else { return nil }
    let name = try names.name(of: record.category, after: change, in: self)
    var favourite = Favourite(record, category: name ?? "", rank: past.rank ?? 0, deletedAt: nil)
    if case .trashed(_, let trashing) = past.state {
      favourite = Favourite(
        record, category: name ?? trashing.categoryName, rank: trashing.rank,
        deletedAt: Timestamp(milliseconds: trashing.deletedAt))
    }
    try favourite.checkJSON(in: path)
    return favourite
  }

  /// The history of one category, from the newest change to the oldest. What was moved into and out
  /// of it is not part of that, and how many favourites it held is not known: both counts are 0.
  package func life(
    ofCategory id: Int64, from oldest: Int64 = 0
  ) throws(StoreError) -> [Passage<Category>] {
    try versions(ofCategory: id, from: oldest).map { version in
      Passage(
        id: id, change: version.change, before: Category(past: version.before),
        after: Category(past: version.after), isForgotten: version.isForgotten)
    }
  }

  /// The same versions with full records, for further processing.
  func versions(
    ofCategory id: Int64, from oldest: Int64 = 0
  ) throws(StoreError) -> [CategoryVersion] {
    var state = try categoryState(id)
    var versions: [CategoryVersion] = []
    var isForgotten = false
    for entry in try entries(.category, id, from: oldest) {
      guard let before = CategoryImage.state(before: entry.image, of: id, after: state) else {
        throw .unusable(path: path, .damaged("the history of category \(id) is not readable"))
      }
      isForgotten = isForgotten || entry.isForgotten
      versions.append(
        CategoryVersion(
          change: entry.change, before: before, after: state, isForgotten: isForgotten))
      state = before
    }
    return versions
  }

  /// The history entries of a thing, from the newest change to the oldest.
  private func entries(
    _ kind: ItemKind, _ id: Int64, from oldest: Int64, before newest: Int64 = .max
  ) throws(StoreError) -> [HistoryEntry] {
    let rows = try connection.query(
      """
      SELECT change, before FROM change_item
      WHERE kind = ? AND item = ? AND change >= ? AND change < ? ORDER BY change DESC
      """, kind.rawValue, id, oldest, newest)
    var entries: [HistoryEntry] = []
    while try rows.next() {
      entries.append(HistoryEntry(change: rows.integer(0), image: rows.textOrNil(1)))
    }
    guard kind == .favourite, let added = try addition(of: id), added >= oldest, added < newest
    else { return entries }
    let place = entries.firstIndex { $0.change < added } ?? entries.endIndex
    entries.insert(HistoryEntry(change: added, image: nil), at: place)
    return entries
  }

  /// The change that added a favourite as part of a range.
  private func addition(of id: Int64) throws(StoreError) -> Int64? {
    let find = try connection.query(
      """
      SELECT number, first_added FROM change
      WHERE last_added >= ? AND last_added IS NOT NULL ORDER BY last_added LIMIT 1
      """, id)
    guard try find.next(), find.integer(1) <= id else { return nil }
    return find.integer(0)
  }

  /// The state of a favourite right after a change.
  ///
  /// - Returns: nil if it did not exist then, or if that state was deleted for good.
  package mutating func favourite(
    _ id: Int64, after number: Int64
  ) throws(StoreError) -> Favourite? {
    var names = PastNames()
    // The last version is that of the first later change.
    if let next = try versions(of: id, from: number + 1).last {
      return try favourite(next.before, after: number, &names)
    }
    let state = try state(of: id)
    let rank = state.isLive ? try rank(of: id) : nil
    return try favourite(PastFavourite(state: state, rank: rank), after: number, &names)
  }

  /// A favourite then and now.
  ///
  /// - Parameter number: then is right after this change; nil for before its last change.
  package mutating func comparison(
    of id: Int64, since number: Int64?
  ) throws(StoreError) -> Passage<Favourite> {
    var since = number ?? 0
    if number == nil, let last = try life(of: id).first { since = last.change &- 1 }
    return Passage(
      id: id, change: since, before: try favourite(id, after: since), after: try favourite(id),
      isForgotten: false)
  }

  /// The last change made at or before a time; 0 if there was none.
  ///
  /// Times never run backwards in the history, so a few lookups find it among any number of
  /// changes.
  package func lastChange(at time: Timestamp) throws(StoreError) -> Int64 {
    let look = try connection.query(
      "SELECT number, at FROM change WHERE number <= ? ORDER BY number DESC LIMIT 1", Int64.max)
    guard try look.next() else { return 0 }
    if look.integer(1) <= time.milliseconds { return look.integer(0) }
    var (earlier, later): (Int64, Int64) = (0, look.integer(0))
    while later - earlier > 1 {
      let middle = earlier + (later - earlier) / 2
      look.reset()
      look.bind(middle)
      if try look.next(), look.integer(1) > time.milliseconds {
        later = look.integer(0)
      } else {
        earlier = middle
      }
    }
    return earlier
  }

  /// The number of favourites and categories that a change touched.
  package func countItems(of number: Int64) throws(StoreError) -> Int64 {
    return try connection.integer(
      """
      SELECT (SELECT count(*) FROM change_item WHERE change = ?1 AND kind IN (1, 2))
        + ifnull((SELECT last_added - first_added + 1 FROM change WHERE number = ?1), 0)
      """, number) ?? 0
  }

  /// Everything that a change touched: categories, then favourites, by id.
  package func items(of number: Int64) throws(StoreError) -> [TouchedItem] {
    let (favourites, categories) = try images(of: number)
    return categories.map { .category($0.id) }
      + favourites.map(\.id).sorted().map { .favourite($0) }
  }

  /// What a change did to one thing that it touched.
  package mutating func item(
    _ item: TouchedItem, of number: Int64, _ looks: inout PastLooks
  ) throws(StoreError) -> ChangedItem? {
    switch item {
    case .favourite(let id):
      let point = looks.point(of: id, after: number)
      guard let version = try versions(of: id, from: number, beginningAt: point).last else {
        return nil
      }
      looks.note(
        PastPoint(
          change: version.change, before: version.before, isForgotten: version.isForgotten),
        of: id)
      return .favourite(try passage(version, of: id, &looks.names))
    case .category(let id):
      return try life(ofCategory: id, from: number).last.map { .category($0) }
    }
  }
}

/// One change of one thing, as stored in the history.
private struct HistoryEntry {
  let change: Int64
  /// Its previous state; nil if it did not exist.
  let image: String?

  /// Whether the previous state was deleted for good.
  var isForgotten: Bool { image == "{}" }
}

/// A favourite at an earlier time.
struct PastFavourite {
  let state: FavouriteState
  /// The rank it had when it was next moved, or has now; nil if it is in no category.
  var rank: Int64?
}

/// What one change did to a favourite.
struct FavouriteVersion {
  let change: Int64
  let before: PastFavourite
  let after: PastFavourite
  /// Whether it was moved from its place.
  let isMove: Bool
  let isForgotten: Bool
}

/// What one change did to a category.
struct CategoryVersion {
  let change: Int64
  let before: CategoryState
  let after: CategoryState
  let isForgotten: Bool
}

/// The names of categories at earlier times, each read once.
struct PastNames {
  private var known: [Int64: (now: String?, versions: [CategoryVersion])] = [:]

  /// The name of a category right after a change; nil if it did not exist.
  mutating func name(
    of id: Int64, after change: Int64, in store: borrowing Store
  ) throws(StoreError) -> String? {
    let life: (now: String?, versions: [CategoryVersion])
    if let found = known[id] {
      life = found
    } else {
      life = (
        try store.categoryState(id).record?.name, try store.versions(ofCategory: id, from: 0)
      )
      known[id] = life
    }
    guard let next = life.versions.last(where: { $0.change > change }) else { return life.now }
    return next.before.record?.name
  }
}

extension Category {
  /// A category in an earlier state.
  fileprivate init?(past state: CategoryState) {
    switch state {
    case .absent: return nil
    case .live(let record): self.init(record, total: 0)
    case .trashed(let record, let deletedAt): self.init(record, total: 0, deletedAt: deletedAt)
    }
  }
}
