package import Favourites

/// One run of a sync within a transaction of a database: finds local changes, merges changes of
/// other devices, and determines what to send. Nothing is written to the database before
/// `flush(_:)`.
///
/// Performs no input or output on the remote: its contents come in as segments, and new files are
/// returned as bytes.
package struct Merger: ~Copyable {
  var store: Store
  package var state: SyncState
  /// The current time, in milliseconds.
  let now: Int64
  /// The name of the machine.
  let host: String
  /// Returns a number of random bytes.
  let random: (Int) -> [UInt8]

  var favourites: [Int64: Tracked] = [:]
  var categories: [Int64: Tracked] = [:]
  /// The former full names of categories.
  var paths: [Int64: String] = [:]
  /// The items whose uids differ from those in the database; nil if no item has the uid.
  var ids: [SyncKind: [UID: Int64?]] = [.favourite: [:], .category: [:]]
  var aliases: Set<Alias> = []
  var unsentAliases: Set<Alias> = []
  var purged: [UID: Purge] = [:]
  var unsentPurges: Set<UID> = []
  var classes: UIDClasses
  var next: [SyncKind: Int64] = [:]
  /// Categories whose order must be checked.
  var touched: Set<Int64> = []
  /// Favourites that became new items in this run.
  var renewed: Set<Int64> = []
  var renewedCategories: Set<Int64> = []
  /// Favourites that came with a category that an undo has separated again.
  var guests: Set<Int64> = []
  var newConflicts: [SyncConflict] = []
  /// The last favourite that existed before anything was merged.
  var lastBefore: Int64?
  /// Whether a file of the remote vanished after it was listed.
  var hasLost = false
  /// Whether a segment differs from what a scan showed.
  var isSurprised = false
  /// Whether part of the result has been written to the database.
  var hasFlushed = false
  /// New facts to store in the database.
  var changedAliases: Set<Alias> = []
  var changedPurges: Set<UID> = []
  /// The state of peers before this run.
  var peersBefore: [UID: SyncPeer] = [:]
  /// Whether corrections do not terminate. The run is then discarded.
  var isEndless = false
  var uids: UIDGenerator
  package var tally = MergeTally()

  /// - Parameters:
  ///   - now: the current time, in milliseconds.
  ///   - host: the name of the machine.
  ///   - random: returns a number of random bytes.
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

  /// Returns the store.
  package consuming func release() -> Store { store }

  /// Loads what every run needs: categories and facts.
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

  /// The item with an id, whether it exists or not.
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

  /// The id of the item with a uid; nil if there is none.
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

  /// The existing categories, by id.
  var present: [Tracked] {
    categories.values.filter { $0.row != nil }.sorted { $0.id < $1.id }
  }

  /// The favourites of a category, including those in the trash.
  mutating func members(_ category: Int64) throws(StoreError) -> [Tracked] {
    for id in try store.syncMembers(category) { _ = try thing(.favourite, id) }
    return favourites.values.filter { $0.row?.home == category }.sorted { $0.id < $1.id }
  }

  /// Creates an item.
  mutating func make(_ row: (Int64) -> SyncRow, _ kind: SyncKind) -> Tracked {
    let id = next[kind] ?? 1
    next[kind] = id + 1
    let thing = Tracked(kind, id, row: nil, marks: SyncMarks())
    thing.row = row(id)
    if kind == .favourite { favourites[id] = thing } else { categories[id] = thing }
    if let uid = thing.row?.uid { ids[kind]?[uid] = .some(id) }
    return thing
  }

  /// The components of a category's name, the outermost first.
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

  /// The full name of a category.
  func path(_ category: Int64?) -> String { parts(category).joined(separator: "/") }

  // MARK: Registers

  /// The uid of the category with an id.
  func uid(ofCategory id: Int64?) -> UID {
    id.flatMap { categories[$0]?.row?.uid } ?? .none
  }

  /// The value of a register.
  func value(_ thing: Tracked, _ field: Field) -> RegisterValue {
    thing.row.map { value(thing, field, in: $0) } ?? .none
  }

  /// The same, given its row: copying the row for each register would be slow.
  func value(_ thing: Tracked, _ field: Field, in row: SyncRow) -> RegisterValue {
    switch field {
    case .place: return .place(category: uid(ofCategory: row.home), key: thing.placeKey)
    case .parent: return row.home.map { .parent(uid(ofCategory: $0)) } ?? .none
    case .openings(let source):
      return .number(source == row.uid ? thing.baseOpenings : thing.openings[source] ?? 0)
    default: return row.value(field)
    }
  }

  /// The fields of an item whose registers have a value or a stamp, in no particular order.
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
    // Most items have no stamps.
    return thing.stamps.isEmpty ? fields : Array(Set(thing.stamps.keys).union(fields))
  }

  /// The registers of an item that have a value or a stamp.
  func registers(_ thing: Tracked) -> [Field: Register] {
    var registers: [Field: Register] = [:]
    guard let row = thing.row else { return registers }
    for field in fields(thing) {
      registers[field] = Register(thing.stamp(field), value(thing, field, in: row))
    }
    return registers
  }

  /// The rank of a register for comparison: its stamp, then its value. Equal stamps occur only for
  /// the initial values of copied files, or of two items that turned out to be one.
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

  /// Whether two values of a field differ.
  func differ(_ field: Field, _ one: RegisterValue, _ other: RegisterValue) -> Bool {
    rank(field, Register(.base, one)) != rank(field, Register(.base, other))
  }

  /// A stamp of the current time, greater than all stamps seen.
  mutating func tick() -> Stamp {
    let ahead = now < state.seen ? state.ahead : 0
    state.last = max(state.last + 1, state.seen + 1, now + ahead)
    return Stamp(ms: state.last, device: me)
  }

  /// The uid of this device.
  var me: UID { state.me ?? .none }

  func flag(_ thing: Tracked, _ field: Field) { thing.unsent.insert(field) }
}

/// The rank of a register for comparison.
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

/// The numbers of changes in a run.
package struct MergeTally: Equatable, Sendable {
  package var added = 0
  /// The items that other devices changed, but did not move to the trash.
  package var changed: Set<ThingName> = []
  /// The items that other devices moved to the trash.
  package var trashed: Set<ThingName> = []
  package var purged: Set<ThingName> = []
  /// Items known to other devices that an undo removed here.
  package var binned = 0
  /// Devices with missing files.
  package var waiting: [String] = []
  /// Further messages for the user.
  package var notes: [String] = []

  package init() {}

  /// Counts an item once, however many of its fields another device changed.
  package mutating func note(_ thing: ThingName, isTrashed: Bool = false) {
    if isTrashed {
      trashed.insert(thing)
      changed.remove(thing)
    } else if !trashed.contains(thing) {
      changed.insert(thing)
    }
  }
}

/// The kind and id of an item.
package struct ThingName: Hashable, Sendable {
  package let kind: SyncKind
  package let id: Int64

  package init(kind: SyncKind, id: Int64) {
    self.kind = kind
    self.id = id
  }
}
