package import Favourites

/// One run of a sync within one transaction of a file: it looks through what happened here, merges what others did, and says
/// what is to be sent. Nothing is written to the file until `write()`.
///
/// Values in, values out: what a remote holds comes as segments, and what is to be put there is given as bytes.
package struct Merger: ~Copyable {
  var store: Store
  package var state: SyncState
  /// The time, in milliseconds.
  let now: Int64
  /// What the machine is called.
  let host: String
  /// Random bytes, as many as are asked for.
  let random: (Int) -> [UInt8]

  var favourites: [Int64: Tracked] = [:]
  var categories: [Int64: Tracked] = [:]
  /// The whole names that categories had.
  var paths: [Int64: String] = [:]
  /// Which thing has a uid, where that is other than the file says; nil where none has.
  var ids: [SyncKind: [UID: Int64?]] = [.favourite: [:], .category: [:]]
  var aliases: Set<Alias> = []
  var unsentAliases: Set<Alias> = []
  var purged: [UID: Purge] = [:]
  var unsentPurges: Set<UID> = []
  var classes: UIDClasses
  var next: [SyncKind: Int64] = [:]
  /// Categories whose order is to be looked at.
  var touched: Set<Int64> = []
  /// What was made a new thing by this run.
  var renewed: Set<Int64> = []
  var renewedCategories: Set<Int64> = []
  /// What came into a category with one that an undo made two again.
  var guests: Set<Int64> = []
  var newConflicts: [SyncConflict] = []
  /// The last favourite that was here before anything came in.
  var lastBefore: Int64?
  /// Whether a file of the remote vanished that was there when it was looked at.
  var hasLost = false
  /// Whether a segment that was only glanced at is other than it seemed.
  var isSurprised = false
  /// Whether any of it is in the file already.
  var hasFlushed = false
  /// New facts that the file has to keep.
  var changedAliases: Set<Alias> = []
  var changedPurges: Set<UID> = []
  /// What peers were before this run.
  var peersBefore: [UID: SyncPeer] = [:]
  /// Whether corrections do not come to an end. Then nothing of the run is kept.
  var isEndless = false
  var uids: UIDGenerator
  package var tally = MergeTally()

  /// - Parameters:
  ///   - now: the time, in milliseconds.
  ///   - host: what the machine is called.
  ///   - random: gives random bytes.
  package init(
    _ store: consuming Store, _ state: SyncState, now: Int64, host: String,
    random: @escaping (Int) -> [UInt8]
  ) {
    self.store = store
    self.state = state
    self.now = now
    self.host = host
    self.random = random
    classes = UIDClasses([], [:])
    uids = UIDGenerator(seed: random(10))
  }

  /// Gives the store back.
  package consuming func release() -> Store { store }

  /// Reads what every run needs: categories and facts.
  mutating func load() throws(StoreError) {
    for (row, path) in try store.syncCategories() {
      let marks = try store.syncMarks(.category, row.id)
      categories[row.id] = Tracked(.category, row.id, row: row, marks: marks)
      paths[row.id] = path
      ids[.category]?[row.uid] = .some(row.id)
    }
    for alias in try store.syncAliases() {
      let fact = Alias(alias.kind, alias.source, alias.target)
      aliases.insert(fact)
      if alias.isUnsent { unsentAliases.insert(fact) }
    }
    for purge in try store.syncPurges() {
      purged[purge.uid] = Purge(purge.kind, Stamp(purge.mark))
      if purge.mark.isUnsent { unsentPurges.insert(purge.uid) }
    }
    classify()
    next[.favourite] = try store.nextSyncID(.favourite)
    next[.category] = try store.nextSyncID(.category)
  }

  mutating func classify() { classes = UIDClasses(aliases, purged) }

  // MARK: Things

  /// A thing by its id, whether it is there or not.
  mutating func thing(_ kind: SyncKind, _ id: Int64) throws(StoreError) -> Tracked {
    if kind == .category {
      if let known = categories[id] { return known }
      let thing = Tracked(.category, id, row: nil, marks: try store.syncMarks(.category, id))
      categories[id] = thing
      return thing
    }
    if let known = favourites[id] { return known }
    let thing = Tracked(
      .favourite, id, row: try store.syncFavourite(id), marks: try store.syncMarks(.favourite, id))
    favourites[id] = thing
    return thing
  }

  /// The thing that has a uid; nil where none has.
  mutating func id(_ kind: SyncKind, _ uid: UID) throws(StoreError) -> Int64? {
    if let known = ids[kind]?[uid] { return known }
    guard kind == .favourite else { return nil }
    for id in try store.syncIDs(.favourite, uid) {
      if try thing(.favourite, id).row?.uid == uid { return id }
    }
    return nil
  }

  mutating func has(_ kind: SyncKind, _ uid: UID) throws(StoreError) -> Bool {
    try id(kind, uid) != nil
  }

  /// The categories that are there, by their ids.
  var present: [Tracked] {
    categories.values.filter { $0.row != nil }.sorted { $0.id < $1.id }
  }

  /// The favourites of a category, those in the trash too.
  mutating func members(_ category: Int64) throws(StoreError) -> [Tracked] {
    for id in try store.syncMembers(category) { _ = try thing(.favourite, id) }
    return favourites.values.filter { $0.row?.home == category }.sorted { $0.id < $1.id }
  }

  /// Makes a new thing.
  mutating func make(_ row: (Int64) -> SyncRow, _ kind: SyncKind) -> Tracked {
    let id = next[kind] ?? 1
    next[kind] = id + 1
    let thing = Tracked(kind, id, row: nil, marks: SyncMarks())
    thing.row = row(id)
    if kind == .favourite { favourites[id] = thing } else { categories[id] = thing }
    if let uid = thing.row?.uid { ids[kind]?[uid] = .some(id) }
    return thing
  }

  /// The parts of a category's name, from the outermost.
  func parts(_ category: Int64?) -> [String] {
    var parts: [String] = []
    var seen: Set<Int64> = []
    var at = category
    while let id = at, seen.insert(id).inserted, let row = categories[id]?.row {
      parts.append(row.name)
      at = row.home
    }
    return parts.reversed()
  }

  /// A category's whole name.
  func path(_ category: Int64?) -> String { parts(category).joined(separator: "/") }

  // MARK: Registers

  /// The uid of the category with an id.
  func uid(ofCategory id: Int64?) -> UID {
    id.flatMap { categories[$0]?.row?.uid } ?? .none
  }

  /// What a register of a thing holds.
  func value(_ thing: Tracked, _ field: Field) -> RegisterValue {
    guard let row = thing.row else { return .none }
    switch field {
    case .place: return .place(category: uid(ofCategory: row.home), key: thing.placeKey)
    case .parent: return row.home.map { .parent(uid(ofCategory: $0)) } ?? .none
    case .openings(let source):
      return .number(source == row.uid ? thing.baseOpenings : thing.openings[source] ?? 0)
    default: return row.value(field)
    }
  }

  /// The registers of a thing that say anything, in no order.
  func fields(_ thing: Tracked) -> [Field] {
    guard let row = thing.row else { return [] }
    var fields: [Field] = []
    for field in row.plainFields where !row.value(field).isNone {
      if field != .state || !row.isLive { fields.append(field) }
    }
    if thing.kind == .favourite {
      fields.append(.place)
      for source in thing.openings.keys { fields.append(.openings(source)) }
      if thing.baseOpenings != 0, thing.openings[row.uid] == nil {
        fields.append(.openings(row.uid))
      }
    } else if row.home != nil {
      fields.append(.parent)
    }
    // Most things have no stamps.
    return thing.stamps.isEmpty ? fields : Array(Set(thing.stamps.keys).union(fields))
  }

  /// What they hold.
  func registers(_ thing: Tracked) -> [Field: Register] {
    var registers: [Field: Register] = [:]
    for field in fields(thing) {
      registers[field] = Register(thing.stamp(field), value(thing, field))
    }
    return registers
  }

  /// What a register is compared by: its stamp, and between values of one stamp what they are. Those are the values with
  /// which copies of one file, or two things that turned out to be one, were added.
  func rank(_ field: Field, _ register: Register) -> Rank {
    switch register.value {
    case .place(let category, _):
      return Rank(
        stamp: register.stamp, weight: register.value.weight, uid: classes.name(category))
    case .parent(let uid):
      return Rank(
        stamp: register.stamp, weight: RegisterValue.parent(classes.name(uid)).weight, uid: .none)
    default: return Rank(stamp: register.stamp, weight: register.value.weight, uid: .none)
    }
  }

  /// Whether two values of a field are not the same.
  func differ(_ field: Field, _ one: RegisterValue, _ other: RegisterValue) -> Bool {
    rank(field, Register(.base, one)) != rank(field, Register(.base, other))
  }

  /// A stamp of this moment, greater than all that were seen.
  mutating func tick() -> Stamp {
    let ahead = now < state.seen ? state.ahead : 0
    state.last = max(state.last + 1, state.seen + 1, now + ahead)
    return Stamp(ms: state.last, device: me)
  }

  /// What this file calls itself.
  var me: UID { state.me ?? .none }

  func flag(_ thing: Tracked, _ field: Field) { thing.unsent.insert(field) }
}

/// What a register is compared by.
struct Rank: Comparable {
  let stamp: Stamp
  let weight: [UInt8]
  let uid: UID

  static func < (first: Rank, second: Rank) -> Bool {
    if first.stamp != second.stamp { return first.stamp < second.stamp }
    if first.weight != second.weight {
      return first.weight.lexicographicallyPrecedes(second.weight)
    }
    return first.uid < second.uid
  }
}

/// What a run brought, counted.
package struct MergeTally: Equatable, Sendable {
  package var added = 0
  package var changed = 0
  package var trashed = 0
  package var purged = 0
  /// Things that others know and that an undo here took away.
  package var binned = 0
  /// Devices whose files are not all there yet.
  package var waiting: [String] = []
  /// What else there is to say.
  package var notes: [String] = []
  /// The things that others changed.
  package var things: Set<ThingName> = []

  package init() {}
}

/// A thing by its id.
package struct ThingName: Hashable, Sendable {
  package let kind: SyncKind
  package let id: Int64
}
