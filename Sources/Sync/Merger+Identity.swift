internal import Favourites

// Checks whether the folder of this device is as this database left it.

extension Merger {
  /// Determines which device this database is. Returns true if everything must be compared with the
  /// remote.
  mutating func identify(
    _ view: RemoteView, isAgain: Bool
  ) throws(StoreError) -> Result<Bool, SyncRefusal> {
    guard let me = state.me else {
      var uid = try store.deviceUID(named: host) ?? newDevice()
      // The folder belongs to an earlier database of this machine, or to another machine.
      if view.manifests[uid] != nil || view.aside[uid] != nil { uid = newDevice() }
      state.me = uid
      state.host = host
      state.mine = [uid]
      return .success(false)
    }
    if state.host != host {
      // The database was copied to another machine.
      becomeAnother(isKnown: true)
      return .success(false)
    }
    guard let manifest = view.manifests[me], let name = view.names[me] else {
      if state.seq == 0 {
        // The first publication never arrived.
        state.pending = nil
        return .success(false)
      }
      if view.manifests.values.contains(where: { $0.retired.contains(me) }) {
        becomeAnother(isKnown: false)
        return .success(true)
      }
      guard isAgain else { return .failure(.lost(host)) }
      state.pending = nil
      return .success(true)
    }
    if name == state.pending?.manifest { try noteSent() }
    if name == state.manifest {
      state.pending = nil
      // If one of this device's own segments is missing or damaged, its contents are sent again.
      return .success(view.whole(me).count < manifest.parts.count)
    }
    if let last = manifest.recent.last, state.recent.contains(last) {
      guard isAgain else { return .failure(.wentBack(host)) }
      state.pending = nil
      return .success(true)
    }
    let mine = state.recent.last
    becomeAnother(isKnown: true)
    return .success(mine.map { !manifest.recent.contains($0) } ?? false)
  }

  private func newDevice() -> UID { UID(bytes: random(16)) ?? .none }

  /// Takes a new identity, since two databases have the same one. The old folder counts as another
  /// device's from now on.
  private mutating func becomeAnother(isKnown: Bool) {
    if let old = state.me {
      if isKnown, state.seq > 0 {
        var peer = SyncPeer()
        peer.name = state.host
        peer.seq = state.seq
        peer.publication = state.recent.last?.id ?? ""
        peer.ms = state.ms
        state.peers[old] = peer
      }
      state.was[old] = state.ms
    }
    let uid = newDevice()
    state.me = uid
    state.host = host
    state.mine.insert(uid)
    state.seq = 0
    state.ms = 0
    state.manifest = ""
    state.pending = nil
    state.recent = []
  }

  /// Records that the pending publication has arrived.
  mutating func noteSent() throws(StoreError) {
    guard let pending = state.pending else { return }
    state.manifest = pending.manifest
    state.seq = pending.seq
    state.ms = pending.ms
    state.recent = pending.recent
    state.pending = nil
    state.isFirst = false
    if pending.isWhole { state.churn = 0 }
    try store.clearUnsent()
    // More may have been purged since.
    if try store.syncPurges().count <= Int(clamping: pending.purged) { state.isUnclean = false }
  }

  /// Checks that other devices still have what was merged from them; returns true if everything
  /// must be compared.
  func comparePeers(_ view: RemoteView, isAgain: Bool) -> Result<Bool, SyncRefusal> {
    let gone = Set(view.manifests.values.flatMap(\.retired))
    var rebuilds = false
    for (device, peer) in state.peers where !gone.contains(device) && view.aside[device] == nil {
      guard let manifest = view.manifests[device] else {
        if peer.seq > 0, !isAgain { return .failure(.lost(peer.name)) }
        continue
      }
      if manifest.seq < peer.seq, let last = manifest.recent.last, peer.recent.contains(last),
        !isAgain
      {
        return .failure(.wentBack(peer.name))
      }
      // Two databases wrote to the same folder, and one was overwritten: what was read from it is
      // sent again from here.
      let known = Publication(seq: peer.seq, id: peer.publication)
      if peer.seq > 0, !manifest.recent.contains(known),
        manifest.recent.first?.seq ?? 0 <= peer.seq
      {
        rebuilds = true
      }
    }
    return .success(rebuilds)
  }

  /// Compares the whole remote with this database; whatever the remote lacks is sent again.
  mutating func rebuild(_ view: RemoteView, _ set: UID) throws(StoreError) {
    for device in state.peers.keys {
      state.peers[device]?.seq = 0
      state.peers[device]?.publication = ""
      state.peers[device]?.recent = []
    }
    var incoming = try collect(view, set)
    try merge(incoming, isJoining: false, matches: false)
    if let me = state.me {
      for part in view.whole(me) {
        if let segment = try? view.segment(part, of: me, in: set) { incoming.take(segment) }
      }
    }
    var there: [ThingUID: [Field: Register]] = [:]
    for (name, lines) in incoming.lines {
      let name = ThingUID(kind: name.kind, uid: classes.name(name.uid))
      for (line, _) in lines {
        for (field, value) in line.fields {
          let new = Register(line.stamp, value)
          if let old = there[name]?[field], rank(field, new) <= rank(field, old) { continue }
          there[name, default: [:]][field] = new
        }
      }
    }
    for id in try store.syncFavouriteIDs() { _ = try thing(.favourite, id) }
    for thing in present + favourites.values.filter({ $0.row != nil }) {
      let name = ThingUID(kind: thing.kind, uid: thing.row?.uid ?? .none)
      guard let known = there[name] else {
        thing.isWhole = true
        continue
      }
      for (field, register) in registers(thing) {
        if let old = known[field], rank(field, register) <= rank(field, old) { continue }
        flag(thing, field)
      }
    }
    for alias in aliases.subtracting(incoming.aliases) {
      unsentAliases.insert(alias)
      changedAliases.insert(alias)
    }
    for (uid, purge) in purged where incoming.purges[uid].map({ $0.stamp < purge.stamp }) ?? true {
      unsentPurges.insert(uid)
      changedPurges.insert(uid)
    }
  }
}
