internal import Favourites

extension Merger {
  /// Renames items whose uids refer to others now: those that an undo has separated again, and
  /// imports of purged items.
  mutating func tidy() throws(StoreError) {
    guard !aliases.isEmpty || !purged.isEmpty else { return }
    for kind in [SyncKind.category, .favourite] {
      var found: [Tracked] = []
      for uid in Set(classes.aliased).union(purged.keys).sorted() {
        if let id = try id(kind, uid) { found.append(try thing(kind, id)) }
      }
      for thing in found.sorted(by: { $0.id < $1.id }) {
        guard let uid = thing.row?.uid else { continue }
        let name = classes.name(uid)
        if classes.dead[name] != nil {
          try renew(thing, newUID())
        } else if name != uid {
          if try has(kind, name) { try part(thing, uid) } else { setUID(thing, name) }
        }
      }
    }
  }

  private mutating func newUID() -> UID { uids.next(at: Timestamp(milliseconds: now)) }

  /// Gives an item that was separated again a uid that is the same on every device.
  private mutating func part(_ thing: Tracked, _ uid: UID) throws(StoreError) {
    var new = classes.name(uid.apart)
    while classes.dead[new] != nil { new = classes.name(new.apart) }
    guard let id = try id(thing.kind, new), id != thing.id else {
      return try renew(thing, new)
    }
    // Another device has undone it before.
    if thing.kind == .category {
      let guests = try members(thing.id).filter { $0.row?.isLive == true }
      try drop(thing, into: try self.thing(.category, id))
      self.guests.formUnion(guests.map(\.id))
    } else {
      try drop(thing, into: try self.thing(.favourite, id))
    }
  }

  /// Makes a row a new item, unknown to other devices.
  private mutating func renew(_ thing: Tracked, _ uid: UID) throws(StoreError) {
    let opened = thing.row?.opened
    thing.openings = [:]
    thing.stamps = [:]
    thing.unsent = []
    setUID(thing, uid)
    thing.openings = [:]
    if let opened { thing.row?.opened = opened }
    let stamp = tick()
    for field in registers(thing).keys { thing.mark(field, stamp) }
    thing.isWhole = true
    guard thing.kind == .category else {
      renewed.insert(thing.id)
      return
    }
    renewedCategories.insert(thing.id)
    // The contents refer to the category by its uid.
    for child in present where child.row?.home == thing.id { own(child, .parent) }
    for favourite in try members(thing.id) { own(favourite, .place) }
  }

  /// Removes an item that has become part of another.
  mutating func drop(_ gone: Tracked, into kept: Tracked) throws(StoreError) {
    if gone.kind == .category {
      for child in present where child.row?.home == gone.id { child.row?.home = kept.id }
      for favourite in try members(gone.id) {
        favourite.row?.home = kept.id
        favourite.hasMoved = true
      }
      touched.formUnion([gone.id, kept.id])
    } else if let home = gone.row?.home {
      touched.insert(home)
    }
    forgetName(gone)
    gone.row = nil
    gone.isWhole = false
  }
}
