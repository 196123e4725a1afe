internal import Favourites

// Corrections of inconsistent states that two devices have caused; every device makes the same
// ones.

extension Merger {
  /// Removes items that were purged elsewhere, unless another device has restored them without
  /// knowing of the purge: those continue under another uid. The same applies to a category that
  /// still has contents outside the trash. Favourites come first, then inner categories, and all of
  /// them after other merging, which may have emptied a category.
  mutating func bury() throws(StoreError) {
    guard !classes.dead.isEmpty else { return }
    for kind in SyncKind.allCases {
      var found: [(depth: Int, thing: Tracked)] = []
      for uid in classes.dead.keys.sorted() {
        guard let id = try id(kind, uid) else { continue }
        let thing = try thing(kind, id)
        found.append((kind == .category ? parts(id).count : 0, thing))
      }
      found.sort { $0.depth == $1.depth ? $0.thing.id < $1.thing.id : $0.depth > $1.depth }
      for (_, thing) in found { try bury(thing) }
    }
  }

  private mutating func bury(_ thing: Tracked) throws(StoreError) {
    guard let row = thing.row else { return }
    let name = classes.name(row.uid)
    guard let dead = classes.dead[name] else { return }
    let holds = if thing.kind == .category { try holdsLife(thing) } else { false }
    if !holds, !row.isLive || thing.stamp(.state) <= dead {
      try purge(thing)
      return
    }
    let new = classes.reborn(name)
    tally.notes.append(
      thing.kind == .favourite
        ? "a favourite that was emptied elsewhere was restored here, and stays"
        : "a category that was emptied elsewhere is in use here")
    if try has(thing.kind, new) {
      try purge(thing, heir: new)
      return
    }
    setUID(thing, new)
    thing.isWhole = true
    thing.unsent = []
    if thing.kind == .category { try moveOut(thing, new) }
  }

  private mutating func holdsLife(_ category: Tracked) throws(StoreError) -> Bool {
    if present.contains(where: { $0.row?.home == category.id && $0.row?.isLive == true }) {
      return true
    }
    return try members(category.id).contains { $0.row?.isLive == true }
  }

  /// Makes corrections until none are left, or gives up.
  mutating func settle() throws(StoreError) {
    for _ in 0..<100_000 {
      if isEndless { return }
      if try revive() { continue }
      if try cutRings() { continue }
      if try cutLong() { continue }
      if try uniteSamePaths() { continue }
      try limit()
      return
    }
    isEndless = true
  }

  /// Restores categories whose contents are not in the trash.
  private mutating func revive() throws(StoreError) -> Bool {
    // Loads the favourites of categories that have just moved to the trash.
    for category in present where category.row?.isLive == false && category.original?.isLive == true
    {
      _ = try members(category.id)
    }
    var homes: Set<Int64> = []
    for favourite in favourites.values where favourite.row?.isLive == true {
      if let home = favourite.row?.home { homes.insert(home) }
    }
    for category in present where category.row?.isLive == true {
      if let home = category.row?.home { homes.insert(home) }
    }
    var isDone = false
    for home in homes.sorted() {
      var at: Int64? = home
      var seen: Set<Int64> = []
      while let id = at, seen.insert(id).inserted, let category = categories[id] {
        if category.row?.isLive == false {
          try correct(category, .state, .live)
          isDone = true
        }
        at = category.row?.home
      }
    }
    return isDone
  }

  /// Breaks each cycle of categories by undoing its last write: that category moves to the top
  /// level.
  private mutating func cutRings() throws(StoreError) -> Bool {
    var isDone = false
    var sound: Set<Int64> = []
    for start in present {
      var ring: [Tracked] = []
      var at: Tracked? = start
      while let category = at, !sound.contains(category.id) {
        if let place = ring.firstIndex(where: { $0 === category }) {
          let members = ring[place...]
          let last = members.max { first, second in
            let (one, other) = (first.stamp(.parent), second.stamp(.parent))
            return one == other
              ? (first.row?.uid ?? .none) < (second.row?.uid ?? .none) : one < other
          }
          if let last { try correct(last, .parent, .none) }
          isDone = true
          break
        }
        ring.append(category)
        at = category.row?.home.flatMap { categories[$0] }
      }
      sound.formUnion(ring.map(\.id))
    }
    return isDone
  }

  /// Moves categories to the top level whose names have become too long.
  private mutating func cutLong() throws(StoreError) -> Bool {
    var isDone = false
    for category in present {
      guard let home = category.row?.home, path(category.id).utf8.count > Limits.categoryBytes,
        path(home).utf8.count <= Limits.categoryBytes
      else { continue }
      try correct(category, .parent, .none)
      isDone = true
    }
    return isDone
  }

  /// Removes the oldest tags and metadata of favourites that have too many.
  private mutating func limit() throws(StoreError) {
    for favourite in favourites.values {
      guard let row = favourite.row,
        row.tags.count > Limits.tagsPerFavourite || row.metadata.count > Limits.metadataPerFavourite
      else { continue }
      try limit(favourite, row.tags.keys.map(Field.tag), to: Limits.tagsPerFavourite)
      try limit(
        favourite, row.metadata.values.map { .metadata(MetadataName($0.key)) },
        to: Limits.metadataPerFavourite)
    }
  }

  private mutating func limit(
    _ favourite: Tracked, _ fields: [Field], to most: Int
  ) throws(StoreError) {
    guard fields.count > most else { return }
    let sorted = fields.sorted { first, second in
      let (one, other) = (favourite.stamp(first), favourite.stamp(second))
      return one == other ? first < second : one < other
    }
    for field in sorted.prefix(fields.count - most) { try correct(favourite, field, .none) }
  }
}
