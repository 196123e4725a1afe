internal import Favourites

// Uniting items that turn out to be the same.

extension Merger {
  /// The rows of one item, starting with the one to keep: one that existed before the sync and has
  /// the item's uid already (so that an undo does not bring back a second one with it), otherwise
  /// the one with the smallest id.
  private func ordered(_ things: [Tracked], _ name: UID) -> [Tracked] {
    things.sorted { first, second in
      let (one, other) = (isOther(first, name), isOther(second, name))
      return one == other ? first.id < second.id : !one
    }
  }

  private func isOther(_ thing: Tracked, _ name: UID) -> Bool {
    thing.row?.uid != name || thing.original == nil
  }

  /// Unites the rows of each item. Assigns uids first, since rows are reported by uid.
  mutating func uniteAll(_ groups: [ThingUID: [Int64]]) throws(StoreError) {
    var all: [(name: ThingUID, things: [Tracked])] = []
    for name in groups.keys.sorted() {
      var things: [Tracked] = []
      for id in groups[name] ?? [] { things.append(try thing(name.kind, id)) }
      let sorted = ordered(things, name.uid)
      if !sorted.isEmpty { all.append((name, sorted)) }
    }
    for (name, things) in all { setUID(things[0], name.uid) }
    for (name, things) in all {
      for other in things.dropFirst() { try unite(things[0], other, name.uid) }
    }
  }

  private mutating func unite(_ kept: Tracked, _ gone: Tracked, _ name: UID) throws(StoreError) {
    let before = kept.row
    try join(kept, gone, name)
    guard kept.original != nil, var before else { return }
    before.uid = name
    if kept.row != before { tally.note(ThingName(kind: kept.kind, id: kept.id)) }
  }

  private mutating func join(_ kept: Tracked, _ gone: Tracked, _ name: UID) throws(StoreError) {
    if kept.isWhole != gone.isWhole {
      // An unknown item joins a known one.
      let (known, unknown) = kept.isWhole ? (gone, kept) : (kept, gone)
      let guest = registers(unknown)
      let guestUID = unknown.row?.uid ?? .none
      let host = registers(known)
      let flags = known.unsent
      try drop(gone, into: kept)
      setUID(kept, name)
      try overlay(kept, host, flags)
      try adopt(kept, guest: guest, guestUID)
      return
    }
    let (own, other) = (registers(kept), registers(gone))
    let flags = kept.unsent.union(gone.unsent)
    let isWhole = kept.isWhole
    try drop(gone, into: kept)
    setUID(kept, name)
    for field in other.keys.sorted() {
      guard let theirs = other[field] else { continue }
      let mine = own[field] ?? Register(.base, .none)
      let wins = rank(field, theirs) > rank(field, mine)
      if differ(field, mine.value, theirs.value), !mine.value.isNone, !theirs.value.isNone {
        tell(kept, field, mine: mine.value, theirs: theirs.value, keepsMine: !wins)
      }
      if wins { try write(kept, field, theirs) }
    }
    kept.unsent = flags
    kept.isWhole = isWhole
  }

  /// Gives the kept row the values of the known item, whichever row that was.
  private mutating func overlay(
    _ kept: Tracked, _ known: [Field: Register], _ flags: Set<Field>
  ) throws(StoreError) {
    for field in Set(registers(kept).keys).union(known.keys).sorted() {
      let register = known[field] ?? Register(.base, Self.empty(field))
      if differ(field, value(kept, field), register.value) { try write(kept, field, register) }
      kept.mark(field, register.stamp)
    }
    kept.openings = kept.openings.filter { $0.value != 0 || known[.openings($0.key)] != nil }
    kept.isWhole = false
    kept.unsent = flags
  }

  private static func empty(_ field: Field) -> RegisterValue {
    switch field {
    case .openings: .number(0)
    case .state: .live
    default: .none
    }
  }

  /// Merges a local item into a known one, after a match by link or by path.
  private mutating func adopt(
    _ kept: Tracked, guest: [Field: Register], _ guestUID: UID
  ) throws(StoreError) {
    let own = registers(kept)
    for field in guest.keys.sorted() {
      guard let theirs = guest[field] else { continue }
      let mine = own[field]
      switch field {
      case .place, .state, .parent, .leaf, .column(.modifiedAt): continue
      case .openings(let source):
        // Openings counted under a uid that is not a device here are counted under this device from
        // now on.
        let isMine = source != guestUID && state.mine.contains(theirs.stamp.device)
        let name = isMine ? theirs.stamp.device : me
        guard case .number(let count) = theirs.value else { continue }
        let sum = (kept.openings[name] ?? 0) &+ count
        try write(kept, .openings(name), Register(tick(), .number(sum)), isSent: true)
      case .column(.createdAt):
        if let mine, Self.number(theirs.value) >= Self.number(mine.value) { continue }
        try write(kept, field, Register(tick(), theirs.value), isSent: true)
      case .column(.openedAt):
        if theirs.value.isNone { continue }
        if let mine, !mine.value.isNone, Self.number(theirs.value) <= Self.number(mine.value) {
          continue
        }
        try write(kept, field, Register(tick(), theirs.value), isSent: true)
      default: try adoptValue(kept, field, mine, guest: theirs)
      }
    }
  }

  private mutating func adoptValue(
    _ kept: Tracked, _ field: Field, _ mine: Register?, guest: Register
  ) throws(StoreError) {
    if guest.value.isNone { return }
    guard let mine, !mine.value.isNone else {
      try write(kept, field, Register(tick(), guest.value), isSent: true)
      return
    }
    guard differ(field, mine.value, guest.value) else { return }
    // The guest is the item that this machine had.
    if guest.stamp != .base, rank(field, guest) > rank(field, mine) {
      try write(kept, field, guest, isSent: true)
      tell(kept, field, mine: guest.value, theirs: mine.value, keepsMine: true)
    } else {
      tell(kept, field, mine: guest.value, theirs: mine.value, keepsMine: false)
    }
  }

  private static func number(_ value: RegisterValue) -> Int64 {
    if case .number(let number) = value { number } else { 0 }
  }

  /// Makes two items one: an unknown one joins a known one, otherwise the greater uid becomes the
  /// smaller. The id assigned first in this database is kept.
  mutating func make(one first: Tracked, _ second: Tracked) throws(StoreError) {
    guard let one = first.row?.uid, let other = second.row?.uid else { return }
    var (source, target) = (one, other)
    if first.isWhole == second.isWhole {
      if one < other { (source, target) = (other, one) }
    } else if second.isWhole {
      (source, target) = (other, one)
    }
    alias(first.kind, source, target)
    let name = classes.name(target)
    let sorted = ordered([first, second], name)
    try unite(sorted[0], sorted[1], name)
  }

  /// Unites two categories with the same path outside the trash. Returns whether there were any.
  mutating func uniteSamePaths() throws(StoreError) -> Bool {
    var found: [[UInt8]: Tracked] = [:]
    for category in present where category.row?.isLive == true {
      let key = Array("\(category.row?.home ?? 0)/\(category.row?.name.foldedName ?? "")".utf8)
      if let other = found[key] {
        try make(one: other, category)
        return true
      }
      found[key] = category
    }
    return false
  }

  /// Unites favourites with the same link in the same category: in this device's first sync, or in
  /// that of another device that had not seen the ones here. Each favourite is matched at most
  /// once; those that the other device has matched already are skipped.
  mutating func match(
    _ others: [Int64], lastBefore: Int64, isJoining: Bool, _ incoming: Incoming
  ) throws(StoreError) {
    var theirs: [UID: [[UInt8]: [Int64]]] = [:]
    for id in others {
      guard let row = try thing(.favourite, id).row, row.isLive else { continue }
      let sender = isJoining ? UID.none : incoming.firsts[row.uid]
      guard let sender else { continue }
      theirs[sender, default: [:]][matchKey(row), default: []].append(id)
    }
    for sender in theirs.keys.sorted() {
      let taken = Set((incoming.told[sender] ?? []).map(classes.name))
      for category in categories.keys.sorted() {
        for (id, _, _) in try store.syncOrder(category) where id <= lastBefore {
          try match(id, &theirs, sender, taken, isJoining: isJoining)
        }
      }
    }
  }

  private mutating func match(
    _ id: Int64, _ theirs: inout [UID: [[UInt8]: [Int64]]], _ sender: UID, _ taken: Set<UID>,
    isJoining: Bool
  ) throws(StoreError) {
    let isKnown = favourites[id] != nil
    let mine = try thing(.favourite, id)
    // Does not keep favourites that were only read, since there may be a million.
    defer {
      if !isKnown, mine.changedMarks == nil, mine.row == mine.original { favourites[id] = nil }
    }
    guard let row = mine.row, row.isLive, !taken.contains(row.uid), !isJoining || mine.isWhole
    else { return }
    let key = matchKey(row)
    let found = theirs[sender]?[key] ?? []
    for (place, other) in found.enumerated() {
      let candidate = try thing(.favourite, other)
      guard let other = candidate.row, Self.fits(row, other) else { continue }
      theirs[sender]?[key]?.remove(at: place)
      try make(one: mine, candidate)
      return
    }
  }

  /// The key that favourites must share to be treated as the same.
  func matchKey(_ row: SyncRow) -> [UInt8] {
    let path = Array(path(row.home).foldedName.utf8)
    guard let url = row.url else { return path + [0, 0] + Array(row.name.foldedName.utf8) }
    return path + [0, 1] + LinkKey.normalised(url)
  }

  private static func fits(_ one: SyncRow, _ other: SyncRow) -> Bool {
    if one.url != nil { return true }
    return one.metadata.allSatisfy {
      other.metadata[$0.key].map { [entry = $0.value] in $0.value == entry.value } ?? true
    }
  }
}
