internal import Favourites

// Publishing: new segments, merged and cleaned own segments, and the manifest that lists them.

extension Merger {
  /// Determines the new files of the remote.
  mutating func publish(
    _ view: RemoteView, _ set: UID, _ request: SyncRequest, _ outcome: inout SyncOutcome
  ) throws(StoreError) {
    let own = view.whole(me)
    let news = try store.countUnsent()
    var facts = Outgoing()
    facts.aliases = unsentAliases.sorted()
    for uid in unsentPurges.sorted() {
      if let purge = purged[uid] { facts.purges.append((uid, purge)) }
    }
    try store.markPurgesSending()
    try retire(request.retired, view, set, &facts, &outcome)
    let dirty = state.isUnclean ? try dirtyParts(own, view, set) : []
    let isDamaged = own.count < view.manifests[me]?.parts.count ?? 0
    let isNewSet = !outcome.puts.isEmpty
    guard
      news > 0 || !facts.isEmpty || !dirty.isEmpty || !outcome.deletes.isEmpty || isDamaged
        || request.isAgain || isNewSet
    else {
      state.isUnclean = false
      // A killed sync may have left a segment that no manifest lists.
      let named = Set(own.map { $0.path(of: me) })
      outcome.deletes = view.segmentPaths(of: me).filter { !named.contains($0) }
      return
    }
    let ms = tick().ms
    var header = SegmentHeader(set: set, device: me, ms: ms, seen: [:])
    for (device, peer) in state.peers where peer.ms > 0 && !state.mine.contains(device) {
      header.seen[device] = peer.ms
    }
    header.isFirst = state.isFirst
    var shop = Workshop(device: me, header: header, view: view)
    var batch = Workshop.Batch(to: state.seq + 1, level: 0, header)
    shop.add(facts, to: &batch)
    try addNews(news, view, &shop, &batch)
    outcome.sent = batch.count
    var parts = shop.end(&batch)
    let lines = own.reduce(Int64(0)) { $0 + $1.lines }
    let isWhole = state.churn > max(64, lines / 5)
    parts += try cleaned(own, isWhole: isWhole, dirty, &shop)
    parts.sort { $0.to < $1.to }
    try mergeTail(&parts, &shop)
    let named = Set(parts.map { $0.path(of: me) })
    let there = view.files.paths
    for (path, payload) in shop.files.sorted(by: { $0.key < $1.key })
    where named.contains(path) && !there.contains(path) {
      outcome.puts.append((path, payload))
    }
    outcome.deletes += view.segmentPaths(of: me).filter { !named.contains($0) }
    try name(parts, ms, view, set, isWhole: isWhole, &outcome)
  }

  /// Drops favourites that were only read: everything about them is stored in the database.
  private mutating func shed() {
    if favourites.count > 1_024 { favourites = [:] }
  }

  /// Adds unsent data to segments, categories first, one item at a time, since there may be a
  /// million.
  private mutating func addNews(
    _ count: Int64, _ view: RemoteView, _ shop: inout Workshop, _ batch: inout Workshop.Batch
  ) throws(StoreError) {
    var place = 0
    for kind in [SyncKind.category, .favourite] {
      var ids = try store.unsentThings(kind, after: .min)
      while let last = ids.last {
        for id in ids {
          if place % 256 == 0 { view.watch(.preparing(place, of: Int(clamping: count))) }
          place += 1
          for line in lines(try thing(kind, id)) { shop.add(line, to: &batch) }
          shed()
        }
        ids = try store.unsentThings(kind, after: last)
      }
    }
  }

  /// The unsent data of an item: one line per stamp.
  private mutating func lines(_ thing: Tracked) -> [SegmentLine] {
    guard let row = thing.row else { return [] }
    let fields = thing.isWhole ? self.fields(thing) : Array(thing.unsent)
    if !thing.isWhole { state.churn += Int64(fields.count) }
    var lines: [SegmentLine] = []
    for field in fields.sorted() {
      let (stamp, value) = (thing.stamp(field), value(thing, field, in: row))
      if let place = lines.firstIndex(where: { $0.stamp == stamp }) {
        lines[place].fields.append((field, value))
      } else {
        lines.append(SegmentLine(thing.kind, row.uid, stamp, [(field, value)]))
      }
    }
    return lines.sorted { $0.stamp < $1.stamp }
  }

  /// Takes over the data of devices that no longer exist.
  private mutating func retire(
    _ devices: [UID], _ view: RemoteView, _ set: UID, _ outgoing: inout Outgoing,
    _ outcome: inout SyncOutcome
  ) throws(StoreError) {
    for device in devices where device != me {
      guard let manifest = view.manifests[device] else { continue }
      for part in manifest.parts {
        guard let segment = try? view.segment(part, of: device, in: set) else { continue }
        outgoing.add(try current(Outgoing(segment)))
      }
      outcome.deletes += view.files.paths.filter { $0.utf8.starts(with: "d/\(device.hex)/".utf8) }
        .sorted()
      state.was.merge(manifest.was) { max($0, $1) }
      state.was[device] = manifest.ms
      state.retired.formUnion([device] + manifest.retired)
      state.peers[device] = nil
    }
  }

  /// The segments that contain purged items.
  private func dirtyParts(
    _ own: [Manifest.Part], _ view: RemoteView, _ set: UID
  ) throws(StoreError) -> Set<String> {
    var dirty: Set<String> = []
    for part in own {
      guard let segment = try? view.segment(part, of: me, in: set) else { continue }
      if segment.lines.contains(where: { classes.dead[classes.name($0.uid)] != nil }) {
        dirty.insert(part.hash)
      }
    }
    return dirty
  }

  /// The part that is still current in each register. Facts are always kept.
  private mutating func current(_ outgoing: Outgoing) throws(StoreError) -> Outgoing {
    var kept = outgoing
    kept.lines = []
    for line in outgoing.lines {
      var line = line
      let uid = classes.name(line.uid)
      if classes.dead[uid] != nil { continue }
      if let id = try id(line.kind, uid) {
        let thing = try thing(line.kind, id)
        line.fields.removeAll { field, value in
          rank(field, Register(line.stamp, value))
            < rank(field, Register(thing.stamp(field), self.value(thing, field)))
        }
        shed()
      }
      if !line.fields.isEmpty { kept.lines.append(line) }
    }
    return kept
  }

  /// This device's segments without purged items and, if many registers have changed, without
  /// outdated ones.
  private mutating func cleaned(
    _ own: [Manifest.Part], isWhole: Bool, _ dirty: Set<String>, _ shop: inout Workshop
  ) throws(StoreError) -> [Manifest.Part] {
    guard isWhole || !dirty.isEmpty else { return own }
    var parts: [Manifest.Part] = []
    var pool = Outgoing()
    var (to, level): (Int64, Int64) = (0, 0)
    for part in own {
      guard isWhole || dirty.contains(part.hash), let segment = shop.segment(part) else {
        parts.append(part)
        continue
      }
      let left = try current(Outgoing(segment))
      if part.isFull, left.count * 5 >= segment.count * 4, !dirty.contains(part.hash) {
        parts.append(part)
      } else if isWhole {
        pool.add(left)
        to = max(to, part.to)
        level = max(level, part.level)
      } else if !left.isEmpty {
        parts += shop.make(left, to: part.to, level: part.level)
      }
    }
    if !pool.isEmpty { parts += shop.make(pool, to: to, level: level) }
    return parts
  }

  /// Merges the last eight small segments of the same level into one of the next level.
  private mutating func mergeTail(
    _ parts: inout [Manifest.Part], _ shop: inout Workshop
  ) throws(StoreError) {
    while true {
      let tail = Array(parts.filter { !$0.isFull }.suffix(8))
      guard tail.count == 8, Set(tail.map(\.level)).count == 1, let last = tail.last else { return }
      var pool = Outgoing()
      for part in tail {
        guard let segment = shop.segment(part) else { return }
        pool.add(try current(Outgoing(segment)))
      }
      let made = shop.make(pool, to: last.to, level: last.level + 1)
      guard made.count < tail.count else { return }
      parts.removeAll(where: tail.contains)
      parts += made
      parts.sort { $0.to < $1.to }
    }
  }

  private mutating func name(
    _ parts: [Manifest.Part], _ ms: Int64, _ view: RemoteView, _ set: UID, isWhole: Bool,
    _ outcome: inout SyncOutcome
  ) throws(StoreError) {
    let seq = state.seq + 1
    let recent = Array(
      (state.recent + [Publication(seq: seq, id: random(8).hex)]).suffix(Manifest.mostRecent))
    let manifest = Manifest(
      set: set, device: me, name: host, seq: seq, ms: ms, previous: state.manifest,
      recent: recent, was: state.was, retired: state.retired.sorted(), parts: parts)
    let bytes = view.sealed(manifest.encoded())
    outcome.puts.append((Manifest.path(of: me), Payload(bytes)))
    state.pending = PendingPublication(
      manifest: SHA256.name(bytes), seq: seq, ms: ms, recent: recent, isWhole: isWhole,
      purged: Int64(purged.count))
  }
}
