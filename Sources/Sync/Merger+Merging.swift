internal import Favourites

/// New data from other devices.
struct Incoming {
  /// The lines of each item, with the headers of their segments.
  var lines: [ThingUID: [(line: SegmentLine, header: SegmentHeader)]] = [:]
  var aliases: Set<Alias> = []
  var purges: [UID: Purge] = [:]
  /// The favourites that a device had when it joined, with the device.
  var firsts: [UID: UID] = [:]
  /// The items that each device has matched with others.
  var told: [UID: Set<UID>] = [:]

  /// Segments whose favourites are still to be read in portions, since there are too many to hold.
  var rest: [(device: UID, part: Manifest.Part)] = []
  /// Favourites in these segments with more data than they were added with.
  var mixed: Set<UID> = []

  mutating func take(_ segment: Segment) {
    for line in segment.lines { take(line, segment.header) }
    for alias in segment.aliases {
      aliases.insert(alias)
      told[segment.header.device, default: []].insert(alias.target)
    }
    for (uid, purge) in segment.purges {
      let known = purges[uid]?.stamp ?? .base
      purges[uid] = Purge(purge.kind, max(purge.stamp, known))
    }
  }

  mutating func take(_ line: SegmentLine, _ header: SegmentHeader) {
    lines[ThingUID(kind: line.kind, uid: line.uid), default: []].append((line, header))
    if header.isFirst, line.kind == .favourite,
      line.fields.contains(where: { $0.field == .column(.title) })
    {
      firsts[line.uid] = header.device
    }
  }
}

/// The kind and uid of an item.
struct ThingUID: Hashable, Comparable {
  let kind: SyncKind
  let uid: UID

  /// Categories come first.
  static func < (first: ThingUID, second: ThingUID) -> Bool {
    first.kind == second.kind ? first.uid < second.uid : first.kind == .category
  }
}

/// An incoming register.
struct IncomingRegister {
  var register: Register
  let header: SegmentHeader
}

extension Merger {
  /// Merges data from other devices.
  ///
  /// - Parameters:
  ///   - isJoining: whether this database has never synced.
  ///   - matches: whether favourites with the same link in a category are treated as the same.
  mutating func merge(_ incoming: Incoming, isJoining: Bool, matches: Bool) throws(StoreError) {
    try takeFacts(incoming)
    var things = things(incoming)
    for name in things.keys where classes.dead[name.uid] != nil {
      // For purged items, only those that exist here matter: the incoming registers decide whether
      // they stay purged.
      if try !has(name.kind, name.uid) { things[name] = nil }
    }
    try putOff(&things)
    let lastBefore = lastBefore ?? (next[.favourite] ?? 1) - 1
    self.lastBefore = lastBefore
    var new: Set<ThingName> = []
    let names = things.keys.sorted()
    for name in names where try !has(name.kind, name.uid) {
      guard let registers = things[name] else { continue }
      let text =
        registers[name.kind == .category ? .leaf : .column(.title)]?.register.value.text ?? ""
      let made = make({ SyncRow(name.kind, $0, uid: name.uid, name: text, at: 0) }, name.kind)
      new.insert(ThingName(kind: name.kind, id: made.id))
    }
    for name in names {
      guard let registers = things[name], let id = try id(name.kind, name.uid) else { continue }
      let thing = try thing(name.kind, id)
      let isNew = new.contains(ThingName(kind: name.kind, id: id))
      if !isNew, thing.isWhole, classes.dead[name.uid] == nil {
        try adopt(thing, registers)
        continue
      }
      for field in registers.keys.sorted() {
        guard let register = registers[field] else { continue }
        try take(thing, field, register, isForced: isNew)
      }
    }
    try bury()
    // Favourites are matched by category, so categories must be united first.
    while isJoining, matches, try uniteSamePaths() {}
    if matches, lastBefore > 0 {
      let others = new.filter { $0.kind == .favourite }.map(\.id).sorted()
      try match(others, lastBefore: lastBefore, isJoining: isJoining, incoming)
    }
    try settle()
    for name in new where name.kind == .favourite {
      if try thing(.favourite, name.id).row != nil { tally.added += 1 }
    }
  }

  private mutating func takeFacts(_ incoming: Incoming) throws(StoreError) {
    let newAliases = incoming.aliases.subtracting(aliases)
    aliases.formUnion(newAliases)
    changedAliases.formUnion(incoming.aliases)
    unsentAliases.subtract(incoming.aliases)
    var hasNewPurges = false
    for (uid, purge) in incoming.purges {
      let known = purged[uid]?.stamp
      if known == purge.stamp { unsentPurges.remove(uid) }
      if known == nil {
        hasNewPurges = true
        state.isUnclean = true
      }
      purged[uid] = Purge(purge.kind, max(known ?? .base, purge.stamp))
      changedPurges.insert(uid)
    }
    guard hasNewPurges || !newAliases.isEmpty else { return }
    classify()
    guard !newAliases.isEmpty else { return }
    if !classes.dead.isEmpty { state.isUnclean = true }
    var groups: [ThingUID: [Int64]] = [:]
    for kind in SyncKind.allCases {
      for uid in classes.aliased.sorted() {
        guard let id = try id(kind, uid) else { continue }
        groups[ThingUID(kind: kind, uid: classes.name(uid)), default: []].append(id)
      }
    }
    try uniteAll(groups)
  }

  /// The greatest incoming value of each register, by the current uids of items.
  private func things(_ incoming: Incoming) -> [ThingUID: [Field: IncomingRegister]] {
    var things: [ThingUID: [Field: IncomingRegister]] = [:]
    for (name, lines) in incoming.lines {
      let name = ThingUID(kind: name.kind, uid: classes.name(name.uid))
      for (line, header) in lines {
        for (field, value) in line.fields {
          let new = IncomingRegister(register: Register(line.stamp, value), header: header)
          if let old = things[name]?[field],
            rank(field, new.register) <= rank(field, old.register)
          {
            continue
          }
          things[name, default: [:]][field] = new
        }
      }
    }
    return things
  }

  /// Drops registers that depend on missing items, and rereads the devices that sent them at the
  /// next sync: some files were lost, and will be sent again. Merging twice does no harm.
  private mutating func putOff(
    _ things: inout [ThingUID: [Field: IncomingRegister]]
  ) throws(StoreError) {
    var late: Set<UID> = []
    while true {
      var found: [(name: ThingUID, lacks: [Field], isNew: Bool)] = []
      for (name, registers) in things {
        let isNew = try !has(name.kind, name.uid)
        let needs: [Field] =
          name.kind == .category ? [.leaf] : [.column(.title), .place, .column(.createdAt)]
        var lacks = isNew ? needs.filter { registers[$0] == nil } : []
        for field in [Field.place, .parent] {
          guard let home = registers[field].flatMap({ Self.home($0.register.value) }) else {
            continue
          }
          let uid = classes.name(home)
          if try !has(.category, uid), classes.dead[uid] == nil,
            things[ThingUID(kind: .category, uid: uid)] == nil
          {
            lacks.append(field)
          }
        }
        if !lacks.isEmpty { found.append((name, lacks, isNew)) }
      }
      if found.isEmpty { break }
      for (name, lacks, isNew) in found {
        for register in (things[name] ?? [:]).values { late.insert(register.header.device) }
        if isNew {
          things[name] = nil
        } else {
          for field in lacks { things[name]?[field] = nil }
        }
      }
    }
    for device in late {
      tally.waiting.append(state.peers[device]?.name ?? device.hex)
      state.peers[device] = peersBefore[device]
    }
  }

  static func home(_ value: RegisterValue) -> UID? {
    switch value {
    case .place(let category, _): category
    case .parent(let uid): uid
    default: nil
    }
  }

  /// A register as it is valid here: if its category was purged, a correction moves the item
  /// elsewhere, and has to be sent.
  private mutating func standing(
    _ register: Register
  ) throws(StoreError) -> (register: Register, isCorrected: Bool) {
    guard let home = Self.home(register.value), try self.home(home) == nil else {
      return (register, false)
    }
    guard register.stamp.correction < Stamp.mostCorrections else {
      isEndless = true
      return (register, false)
    }
    let uid = classes.reborn(home)
    var value: RegisterValue
    switch register.value {
    case .place(_, let key):
      let there = try has(.category, uid) ? uid : inbox().row?.uid ?? .inbox
      value = .place(category: there, key: key)
    default: value = try has(.category, uid) ? .parent(uid) : .none
    }
    return (Register(register.stamp.corrected(to: value), value), true)
  }

  /// Merges an incoming register: the greater one wins.
  private mutating func take(
    _ thing: Tracked, _ field: Field, _ incoming: IncomingRegister, isForced: Bool = false
  ) throws(StoreError) {
    let (register, isCorrected) = try standing(incoming.register)
    if isForced {
      try write(thing, field, register, isSent: isCorrected)
      return
    }
    let own = Register(thing.stamp(field), value(thing, field))
    let (theirs, mine) = (rank(field, register), rank(field, own))
    // If they are equal, other devices know the value already.
    if theirs == mine { thing.unsent.remove(field) }
    noteConflict(thing, field, own, register, incoming.header, keepsMine: theirs <= mine)
    guard theirs > mine else { return }
    let isTrashed = field == .state && register.value != .live && thing.row?.isLive == true
    tally.note(ThingName(kind: thing.kind, id: thing.id), isTrashed: isTrashed)
    thing.unsent.remove(field)
    state.churn += 1
    try write(thing, field, register, isSent: isCorrected)
  }

  /// Records a conflict between a write of this device and one of a device that had not seen it.
  private mutating func noteConflict(
    _ thing: Tracked, _ field: Field, _ mine: Register, _ theirs: Register,
    _ header: SegmentHeader, keepsMine: Bool
  ) {
    let stamp = mine.stamp
    guard field.isTold, state.mine.contains(stamp.device), stamp.correction == 0,
      theirs.stamp.correction == 0, differ(field, mine.value, theirs.value),
      header.seen[stamp.device] ?? 0 < stamp.ms, header.device != stamp.device
    else { return }
    tell(thing, field, mine: mine.value, theirs: theirs.value, keepsMine: keepsMine)
  }

  /// Merges a row that was never sent, but turns out to be known (from a copied file or an old
  /// export). It takes over the remote's values. Values that only this row has get new stamps, and
  /// later changes made here win.
  mutating func adopt(
    _ thing: Tracked, _ registers: [Field: IncomingRegister]
  ) throws(StoreError) {
    let local = self.registers(thing)
    thing.isWhole = false
    for field in Set(local.keys).union(registers.keys).sorted() {
      let mine = local[field] ?? Register(.base, .none)
      guard let theirs = registers[field] else {
        if mine.stamp != .base || field == .state {
          flag(thing, field)
        } else if case .openings = field {
          // The openings are counted under another uid.
          try write(thing, field, Register(.base, .number(0)))
        } else {
          thing.mark(field, tick())
          flag(thing, field)
        }
        continue
      }
      let differs = differ(field, mine.value, theirs.register.value)
      if mine.stamp != .base, rank(field, mine) > rank(field, theirs.register) {
        flag(thing, field)
        if differs {
          tell(thing, field, mine: mine.value, theirs: theirs.register.value, keepsMine: true)
        }
        continue
      }
      if differs, !mine.value.isNone {
        tell(thing, field, mine: mine.value, theirs: theirs.register.value, keepsMine: false)
      }
      try take(thing, field, theirs, isForced: true)
    }
  }
}
