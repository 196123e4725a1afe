internal import Favourites

// Writing registers, and naming items.

extension Merger {
  /// Sets a register.
  ///
  /// - Parameter isSent: whether this is a write of this device, which has to be sent.
  mutating func write(
    _ thing: Tracked, _ field: Field, _ register: Register, isSent: Bool = false
  ) throws(StoreError) {
    guard let row = thing.row else { return }
    switch field {
    case .state:
      let isLive = register.value == .live
      if thing.kind == .favourite, isLive != row.isLive {
        if let home = row.home { touched.insert(home) }
        thing.hasMoved = true
      }
      thing.row?.set(field, register.value)
    case .place:
      guard case .place(let uid, let key) = register.value, let home = try home(uid) else { break }
      if let old = row.home { touched.insert(old) }
      touched.insert(home)
      thing.hasMoved = true
      thing.row?.home = home
      thing.key = key == PlaceKey.ofUID(row.uid) ? nil : key
    case .parent:
      if case .parent(let uid) = register.value {
        thing.row?.home = try id(.category, classes.name(uid))
      } else {
        thing.row?.home = nil
      }
    case .openings(let source):
      guard case .number(let count) = register.value,
        case .number(let old) = value(thing, field)
      else { break }
      if source != row.uid { thing.openings[source] = count }
      thing.row?.opened = row.opened &+ count &- old
    default: thing.row?.set(field, register.value)
    }
    thing.mark(field, register.stamp)
    if isSent { flag(thing, field) }
  }

  /// The category with a uid, or with the uid that replaced it.
  mutating func home(_ uid: UID) throws(StoreError) -> Int64? {
    try id(.category, classes.name(uid))
  }

  /// Writes a correction. It comes directly after the write that it corrects, and before all later
  /// ones, so every device makes the same correction, and none overrides a user.
  mutating func correct(
    _ thing: Tracked, _ field: Field, _ value: RegisterValue
  ) throws(StoreError) {
    let stamp = thing.stamp(field)
    guard stamp.correction < Stamp.mostCorrections else {
      isEndless = true
      return
    }
    try write(thing, field, Register(stamp.corrected(to: value), value), isSent: true)
  }

  /// Prepares a row for another uid; its place and its counts are kept.
  func prepareName(_ thing: Tracked, _ uid: UID) {
    guard thing.kind == .favourite, let row = thing.row else { return }
    let key = thing.placeKey
    let base = thing.baseOpenings
    if base != 0 { thing.openings[row.uid] = base }
    // Openings counted under the new uid become the initial ones.
    thing.openings[uid] = nil
    thing.key = key == PlaceKey.ofUID(uid) ? nil : key
  }

  mutating func setUID(_ thing: Tracked, _ uid: UID) {
    guard let row = thing.row else { return }
    defer { ids[thing.kind]?[uid] = .some(thing.id) }
    guard row.uid != uid else { return }
    prepareName(thing, uid)
    if thing.kind == .favourite, let home = row.home {
      touched.insert(home)
      thing.hasMoved = true
    }
    forgetName(thing)
    thing.row?.uid = uid
  }

  /// Records that a uid no longer refers to an item.
  mutating func forgetName(_ thing: Tracked) {
    guard let uid = thing.row?.uid else { return }
    let known = ids[thing.kind]?[uid]
    if known == nil || known == .some(.some(thing.id)) {
      ids[thing.kind]?[uid] = .some(nil)
    }
  }

  /// The category for items that have lost theirs.
  mutating func inbox() throws(StoreError) -> Tracked {
    let uid = classes.reborn(.inbox)
    if let id = try id(.category, uid) { return try thing(.category, id) }
    let made = make({ SyncRow(.category, $0, uid: uid, name: "inbox", at: 0) }, .category)
    made.isWhole = true
    return made
  }

  /// Declares, on all devices, that the first uid is now the second.
  mutating func alias(_ kind: SyncKind, _ source: UID, _ target: UID) {
    let alias = Alias(kind, source, target)
    if aliases.insert(alias).inserted {
      unsentAliases.insert(alias)
      changedAliases.insert(alias)
    }
    classify()
  }

  /// Records a conflict for `favs sync conflicts`.
  mutating func tell(
    _ thing: Tracked, _ field: Field, mine: RegisterValue, theirs: RegisterValue, keepsMine: Bool
  ) {
    guard field.isTold, let uid = thing.row?.uid else { return }
    let (mine, theirs) = (mine.json, theirs.json)
    // Two spellings of a name are no conflict where the value is the same.
    if mine.utf8.elementsEqual(theirs.utf8) { return }
    newConflicts.append(
      SyncConflict(
        kind: thing.kind, uid: uid, field: field.text, mine: mine, theirs: theirs,
        isMineKept: keepsMine))
  }

  /// Purges an item; the contents of a category move elsewhere.
  mutating func purge(_ thing: Tracked, heir: UID? = nil) throws(StoreError) {
    guard let row = thing.row else { return }
    tally.purged.insert(ThingName(kind: thing.kind, id: thing.id))
    if thing.kind == .category {
      try moveOut(thing, heir)
    } else if row.isLive, let home = row.home {
      touched.insert(home)
    }
    forgetName(thing)
    thing.isPurged = true
    thing.row = nil
  }

  /// Moves the contents of a purged category to another one, which may be the same row under its
  /// new uid.
  mutating func moveOut(_ category: Tracked, _ heir: UID?) throws(StoreError) {
    for child in present where child.row?.home == category.id {
      try correct(child, .parent, heir.map(RegisterValue.parent) ?? .none)
    }
    for favourite in try members(category.id) {
      let uid: UID
      if let heir { uid = heir } else { uid = try inbox().row?.uid ?? .inbox }
      try correct(favourite, .place, .place(category: uid, key: favourite.placeKey))
    }
  }
}

extension RegisterValue {
  /// The form stored in a conflict.
  package var json: String {
    var json = JSONWriter()
    write(to: &json, own: nil)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
