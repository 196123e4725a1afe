internal import Favourites

// Derives the writes of this machine since the last sync from the history: for each field that
// differs, the stamp is that of the last change to it. Anything unchanged costs nothing.

extension Merger {
  /// Determines what to send.
  mutating func derive() throws(StoreError) {
    let changes = try store.syncChanges(after: state.mark)
    let isFirst = state.mark == 0
    let stamps = stamps(of: changes, isFirst)
    let times = Dictionary(uniqueKeysWithValues: changes.map { ($0.number, $0.at) })
    if isFirst {
      try store.markAllUnsent()
    } else {
      try store.markAddedUnsent(after: state.mark)
    }
    var lives: [(thing: Tracked, life: [SyncPassage])] = []
    for (kind, id) in try store.syncTouched(after: state.mark) {
      let thing = try thing(kind, id)
      if isFirst, thing.row != nil { thing.isWhole = true }
      if let life = try store.syncLife(kind, id, after: state.mark), !life.isEmpty {
        lives.append((thing, life))
      }
    }
    if isFirst {
      for category in present { category.isWhole = true }
    }
    // Items known to other devices come first, so that their uids are not taken for those of other
    // items.
    for (thing, life) in lives where thing.row == nil && life[0].before != nil {
      try bin(thing, life, times)
    }
    try findHomes()
    try tidy()
    for (thing, life) in lives where thing.kind == .category { try derive(thing, life, stamps) }
    for category in present {
      guard let home = category.row?.home, categories[home]?.row == nil else { continue }
      category.row?.home = nil
      own(category, .parent)
    }
    for (thing, life) in lives where thing.kind == .favourite { try derive(thing, life, stamps) }
    try derivePlaces(lives, stamps, isFirst)
    state.mark = max(state.mark, changes.last?.number ?? 0)
  }

  /// Assigns a stamp to each change.
  private mutating func stamps(of changes: [SyncChange], _ isFirst: Bool) -> [Int64: Stamp] {
    let ahead = now < state.seen ? state.ahead : 0
    var stamps: [Int64: Stamp] = [:]
    stamps.reserveCapacity(changes.count)
    for change in changes {
      state.last = max(
        state.last + 1, isFirst ? 0 : state.seen + 1, min(change.at, now) + ahead)
      stamps[change.number] = Stamp(ms: state.last, device: isFirst ? change.device : me)
    }
    return stamps
  }

  /// Moves an item to the trash, here and on other devices, if an undo removed it but other devices
  /// know it.
  private mutating func bin(
    _ thing: Tracked, _ life: [SyncPassage], _ times: [Int64: Int64]
  ) throws(StoreError) {
    guard var row = life.last(where: { $0.before != nil })?.before, let end = life.last else {
      return
    }
    let uid = classes.name(row.uid)
    if try has(thing.kind, uid) || classes.dead[uid] != nil {
      guard thing.kind == .category, let other = try id(.category, uid) else { return }
      for favourite in try members(thing.id) { favourite.row?.home = other }
      return
    }
    if thing.kind == .favourite { tally.binned += 1 }
    row.uid = uid
    row.deletedAt = times[end.change] ?? now
    if thing.kind == .category {
      let home = try store.syncHomes()[thing.id]
      row.name = (try? CategoryPath.parse(row.name))?.components.last ?? row.name
      if let parent = home?.parent { row.home = try self.home(parent) }
    }
    thing.row = row
    ids[thing.kind]?[uid] = .some(thing.id)
  }

  /// Keeps the parent of a category in the trash if an undo or a merge removed the parent here, but
  /// it is in the trash now; another of the parent's name may have been made since. The category
  /// was not moved, so there is nothing to send.
  private mutating func findHomes() throws(StoreError) {
    let homes = try store.syncHomes()
    for category in present where category.row?.isLive == false {
      guard let known = homes[category.id], let parent = known.parent,
        known.leaf == category.row?.name, let home = try home(parent), home != category.id,
        home != category.row?.home
      else { continue }
      category.row?.home = home
      category.original?.home = home
    }
  }

  /// Records a write of this device, with the current time.
  mutating func own(_ thing: Tracked, _ field: Field) {
    guard !thing.isWhole else { return }
    thing.mark(field, tick())
    flag(thing, field)
  }

  private mutating func derive(
    _ thing: Tracked, _ life: [SyncPassage], _ stamps: [Int64: Stamp]
  ) throws(StoreError) {
    let renewed = thing.kind == .favourite ? renewed : renewedCategories
    // The current values of a renewed item are its initial ones.
    guard !renewed.contains(thing.id), let row = thing.row else { return }
    if life[0].before == nil { thing.isWhole = true }
    let chain = life.filter { $0.before != nil }
    guard !chain.isEmpty else { return }
    if thing.kind == .category {
      try deriveCategory(thing, row, chain, stamps, isNew: life[0].before == nil)
      return
    }
    let states = chain.compactMap(\.before) + [row]
    for field in Set(states[0].plainFields + row.plainFields).sorted()
    where states[0].value(field) != row.value(field) {
      guard let stamp = Self.lastStamp(chain, states, stamps, { $0.value(field) }) else { continue }
      thing.mark(field, stamp)
      flag(thing, field)
    }
    guard states[0].opened != row.opened,
      let stamp = Self.lastStamp(chain, states, stamps, { RegisterValue.number($0.opened) })
    else { return }
    let field = Field.openings(stamp.device)
    thing.openings[stamp.device, default: 0] &+= row.opened &- states[0].opened
    thing.mark(field, stamp)
    flag(thing, field)
  }

  /// The stamp of the last change to a value.
  private static func lastStamp(
    _ chain: [SyncPassage], _ states: [SyncRow], _ stamps: [Int64: Stamp],
    _ value: (SyncRow) -> RegisterValue
  ) -> Stamp? {
    let last = chain.indices.last { value(states[$0]) != value(states[$0 + 1]) }
    return last.flatMap { stamps[chain[$0].change] }
  }

  /// A category's name and parent are separate registers. Both are compared with the last sync, so
  /// that renaming a category does not mark its descendants, whose full names change too.
  private mutating func deriveCategory(
    _ thing: Tracked, _ row: SyncRow, _ chain: [SyncPassage], _ stamps: [Int64: Stamp], isNew: Bool
  ) throws(StoreError) {
    var states = chain.compactMap(\.before)
    var last = row
    last.name = paths[thing.id] ?? row.name
    states.append(last)
    for field in Set(states[0].plainFields + row.plainFields).sorted() where field != .leaf {
      guard states[0].value(field) != last.value(field),
        let stamp = Self.lastStamp(chain, states, stamps, { $0.value(field) })
      else { continue }
      thing.mark(field, stamp)
      flag(thing, field)
    }
    let home = try store.syncHomes()[thing.id]
    let oldLeaf = home?.leaf ?? Self.leaf(states[0].name)
    if oldLeaf != row.name {
      let stamp = Self.lastStamp(chain, states, stamps) { .text(Self.leaf($0.name)) }
      thing.mark(.leaf, stamp ?? tick())
      flag(thing, .leaf)
    }
    let parent = row.home.map { uid(ofCategory: $0) }
    let isElsewhere =
      home.map { $0.parent.map(classes.name) != parent.map(classes.name) }
      ?? (Self.above(states[0].name) != Self.above(last.name))
    if isElsewhere {
      let stamp = Self.lastStamp(chain, states, stamps) { .text(Self.above($0.name)) }
      thing.mark(.parent, stamp ?? tick())
      flag(thing, .parent)
    }
  }

  private static func leaf(_ name: String) -> String {
    (try? CategoryPath.parse(name))?.components.last ?? name
  }

  private static func above(_ name: String) -> String {
    (try? CategoryPath.parse(name))?.parent?.text ?? ""
  }
}
