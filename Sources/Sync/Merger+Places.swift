internal import Favourites

// The order of favourites: assigns place keys, and derives ranks from them.

extension Merger {
  /// Finds favourites that were moved, and assigns keys to those whose position does not match
  /// their key.
  mutating func derivePlaces(
    _ lives: [(thing: Tracked, life: [SyncPassage])], _ stamps: [Int64: Stamp], _ isFirst: Bool
  ) throws(StoreError) {
    var elsewhere: Set<Int64> = []
    for id in try store.syncOrphans() {
      let favourite = try thing(.favourite, id)
      guard let row = favourite.row, row.home.flatMap({ categories[$0]?.row }) == nil else {
        continue
      }
      favourite.row?.home = try inbox().id
      elsewhere.insert(id)
    }
    var added = AddedFavourites(try store.syncAdded(after: state.mark))
    var movers: [Int64: Set<Int64>] = [:]
    let grown =
      isFirst ? Array(categories.keys) : try store.syncCategories(grownAfter: state.mark)
    for category in grown { movers[category] = [] }
    var later: [Int64: Int64] = [:]
    for (thing, life) in lives where thing.kind == .favourite {
      guard let row = thing.row else { continue }
      let first = life.lazy.compactMap(\.before).first ?? row
      if first.home != row.home { elsewhere.insert(thing.id) }
      if row.isLive, life[0].before == nil || life.contains(where: \.isMove), let home = row.home {
        movers[home, default: []].insert(thing.id)
      }
      if let move = life.last(where: { $0.before != nil && $0.isMove }) {
        later[thing.id] = move.change
        added.remove(thing.id)
      } else if life[0].before == nil {
        added.insert(thing.id)
      }
    }
    for id in guests.union(renewed) {
      let row = try thing(.favourite, id).row
      if let row, row.isLive, let home = row.home { movers[home, default: []].insert(id) }
    }
    let arrivals = arrivals()
    for (category, moved) in movers.sorted(by: { $0.key < $1.key }) {
      let coming = arrivals[category] ?? []
      if try isInOrder(category, coming) { continue }
      let order = try order(category, coming)
      var ids = moved
      for entry in order where added.isInRange(entry.id) && stood(entry.id, in: category) {
        ids.insert(entry.id)
      }
      elsewhere.formUnion(try rekey(order, ids, added))
    }
    for id in elsewhere.subtracting(renewed).sorted() {
      // The initial key has no stamp; one that was assigned later has.
      let favourite = try thing(.favourite, id)
      let stamp = later[id].flatMap { stamps[$0] }
      guard stamp != nil || !favourite.isWhole else { continue }
      favourite.mark(.place, stamp ?? tick())
      if !favourite.isWhole { flag(favourite, .place) }
    }
  }

  /// The favourites that move into each category from elsewhere.
  func arrivals() -> [Int64: [Tracked]] {
    var arrivals: [Int64: [Tracked]] = [:]
    for favourite in favourites.values {
      guard let row = favourite.row, row.isLive, let home = row.home else { continue }
      if favourite.original?.home != home || favourite.original?.isLive != true {
        arrivals[home, default: []].append(favourite)
      }
    }
    return arrivals
  }

  /// The order of a category in the database, with current keys, followed by arriving favourites.
  func order(
    _ category: Int64, _ arrivals: [Tracked]
  ) throws(StoreError) -> [(id: Int64, sort: SortKey)] {
    var order: [(id: Int64, sort: SortKey)] = []
    for (id, uid, key) in try store.syncOrder(category) {
      guard let known = favourites[id] else {
        order.append((id, SortKey(key: key, uid: uid)))
        continue
      }
      if known.isLiving(in: category) { order.append((id, known.sortKey)) }
    }
    return order + arrivals.map { ($0.id, $0.sortKey) }.sorted { $0.1 < $1.1 }
  }

  /// Whether the favourites of a category are in the order of their keys, and before arriving ones.
  /// Does not load them, since there may be a million.
  private func isInOrder(_ category: Int64, _ arrivals: [Tracked]) throws(StoreError) -> Bool {
    var last: SortKey?
    var isRising = true
    func take(_ next: SortKey) {
      if let last, !(last < next) { isRising = false }
      last = next
    }
    try store.forEachInOrder(of: category) { id, uid, key in
      if let known = favourites[id] {
        if known.isLiving(in: category) { take(known.sortKey) }
      } else {
        take(SortKey(key: key, uid: uid))
      }
      return isRising
    }
    for sort in arrivals.map(\.sortKey).sorted() { take(sort) }
    return isRising
  }

  /// Whether the favourite is in the category in the database.
  private func stood(_ id: Int64, in category: Int64) -> Bool {
    guard let known = favourites[id] else { return true }
    return known.original?.isLive == true && known.original?.home == category
  }

  /// Assigns new keys to favourites that were moved or added, if their keys do not match their
  /// positions. Favourites that were not moved keep their keys, and as many of those that were only
  /// added as possible.
  private mutating func rekey(
    _ order: [(id: Int64, sort: SortKey)], _ movers: Set<Int64>, _ added: AddedFavourites
  ) throws(StoreError) -> [Int64] {
    var kept = Self.kept(order, movers, added)
    var changed: [Int64] = []
    var index = 0
    var low: [UInt8]?
    while index < order.count {
      if kept.contains(index) {
        low = order[index].sort.key
        index += 1
        continue
      }
      var end = index
      while end < order.count {
        if kept.contains(end) {
          guard let low, !low.lexicographicallyPrecedes(order[end].sort.key) else { break }
        }
        kept.remove(end)
        end += 1
      }
      let keys = PlaceKey.run(
        after: low, before: end < order.count ? order[end].sort.key : nil, count: end - index,
        now: now, random: infix())
      for (entry, key) in zip(order[index..<end], keys) {
        try thing(.favourite, entry.id).key = key
        changed.append(entry.id)
      }
      index = end
      low = keys.last
    }
    return changed
  }

  private func infix() -> [UInt8] {
    var bytes = random(4)
    if bytes[3] == 0 { bytes[3] = 1 }
    return bytes
  }

  /// The positions whose favourites keep their keys.
  private static func kept(
    _ order: [(id: Int64, sort: SortKey)], _ movers: Set<Int64>, _ added: AddedFavourites
  ) -> Set<Int> {
    let fixed = order.indices.filter { !movers.contains(order[$0].id) }
    var kept = Set(fixed)
    for (start, end) in zip([-1] + fixed, fixed + [order.count]) where end - start > 1 {
      let window = (start + 1..<end).filter { place in
        (start < 0 || order[start].sort < order[place].sort)
          && (end == order.count || order[place].sort < order[end].sort)
      }
      kept.formUnion(PlaceKey.longestRising(window.map { order[$0].sort }).map { window[$0] })
      // Favourites moved together stay together: either all of them keep their keys, or none.
      var run: [Int] = []
      for place in start + 1...end {
        if place < end, !added.contains(order[place].id) {
          run.append(place)
        } else {
          if !kept.isSuperset(of: run) { kept.subtract(run) }
          run = []
        }
      }
    }
    return kept
  }

  /// The new ranks of favourites that moved.
  mutating func ranks() throws(StoreError) -> [Int64: Int64] {
    var ranks: [Int64: Int64] = [:]
    let arrivals = arrivals()
    let disturbed = disturbed()
    for category in touched where categories[category]?.row != nil {
      if !disturbed.contains(category), let coming = try appended(arrivals[category], to: category)
      {
        for id in coming { ranks[id] = .max }
        continue
      }
      let old = try store.syncOrder(category).map(\.id)
      var all = try order(category, arrivals[category] ?? [])
      let isSorted = zip(all, all.dropFirst()).allSatisfy { $0.sort < $1.sort }
      if isSorted, all.map(\.id) == old { continue }
      all.sort { $0.sort < $1.sort }
      // Favourites that are already in the right relative order stay; only those that move among
      // them are written.
      var places: [Int64: Int] = [:]
      for (place, entry) in all.enumerated() { places[entry.id] = place }
      var staying: [Int64] = []
      for id in old where places[id] != nil && favourites[id]?.hasMoved != true {
        staying.append(id)
      }
      let rising = Set(PlaceKey.longestRising(staying.map { places[$0] ?? 0 }).map { staying[$0] })
      let last = all.lastIndex { rising.contains($0.id) } ?? -1
      for (place, entry) in all.enumerated() where !rising.contains(entry.id) {
        _ = try thing(.favourite, entry.id)
        ranks[entry.id] = place > last ? .max : Int64(place) + 1
      }
    }
    return ranks
  }

  /// The categories with favourites that leave or change their position.
  private func disturbed() -> Set<Int64> {
    var disturbed: Set<Int64> = []
    for favourite in favourites.values {
      guard let before = favourite.original, before.isLive, let home = before.home,
        favourite.hasMoved || favourite.row?.home != home || favourite.row?.isLive != true
      else { continue }
      disturbed.insert(home)
    }
    return disturbed
  }

  /// The favourites that arrive in a category, in order, if all of them come after the existing
  /// ones; otherwise nil.
  private func appended(
    _ arrivals: [Tracked]?, to category: Int64
  ) throws(StoreError) -> [Int64]? {
    let coming = (arrivals ?? []).sorted { $0.sortKey < $1.sortKey }
    guard let first = coming.first else { return nil }
    if let (id, uid, key) = try store.syncLast(category) {
      // Its key may have changed in this run.
      let last =
        favourites[id]?.sortKey ?? SortKey(key: key, uid: uid)
      guard last < first.sortKey else { return nil }
    }
    return coming.map(\.id)
  }
}
