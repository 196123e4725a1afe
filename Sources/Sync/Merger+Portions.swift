internal import Favourites

// Incoming data is held in memory, except in a large first sync: then favourites are merged in
// portions, each of which is written before the next one is read. The result of merging does not
// depend on the order, but an item's initial data must come first. So categories and facts come
// first, then favourites without further data, and last those that were changed after they were
// added.

extension Merger {
  /// Collects what can be merged; in portions if it is large and this database has never synced.
  mutating func collect(
    _ view: RemoteView, _ set: UID, isJoining: Bool, _ request: SyncRequest
  ) throws(StoreError) -> Incoming {
    guard isJoining else { return try collect(view, set) }
    let incoming = try collect(
      view, set, inPortionsOf: request.portion, readsAllFirst: request.readsAllFirst)
    guard !incoming.rest.isEmpty else { return incoming }
    // In a copy of another device's database, a category may be in the trash before its former
    // contents are known: no portions then.
    for name in incoming.lines.keys {
      guard try has(name.kind, name.uid) else { continue }
      state.peers = peersBefore
      (tally.waiting, tally.notes) = ([], [])
      return try collect(view, set)
    }
    return incoming
  }

  /// Merges data from other devices, in full or in portions.
  mutating func merge(
    _ incoming: Incoming, _ view: RemoteView, _ set: UID, isJoining: Bool, _ request: SyncRequest,
    _ command: String
  ) throws(StoreError) {
    try merge(incoming, isJoining: isJoining, matches: request.matches)
    guard !incoming.rest.isEmpty else { return }
    try store.holdLess()
    try flush(command)
    let mixed = incoming.mixed.union(incoming.mixed.map(classes.name))
    var portion = Incoming()
    portion.told = incoming.told
    var last = portion
    var count = 0
    var filling = try filling(matches: request.matches)
    view.files.prepare(incoming.rest.map { $0.part.path(of: $0.device) })
    for (place, (device, part)) in incoming.rest.enumerated() {
      view.watch(.merging(place, of: incoming.rest.count))
      guard let segment = try read(part, of: device, view, set) else { return }
      for line in segment.lines where line.kind == .favourite {
        let isMixed = mixed.contains(line.uid) || mixed.contains(classes.name(line.uid))
        if line.stamp != .base, !isMixed {
          isSurprised = true
          return
        }
        if isMixed {
          last.take(line, segment.header)
          continue
        }
        count += 1
        if try !take(line, segment.header, into: &filling) {
          portion.take(line, segment.header)
        }
      }
      guard count >= request.portion else { continue }
      try end(&portion, &filling, isJoining, request, command)
      count = 0
    }
    try end(&portion, &filling, isJoining, request, command)
    try merge(last, isJoining: isJoining, matches: request.matches)
  }

  /// Reads a segment that was scanned before; nil if it has vanished or changed.
  private mutating func read(
    _ part: Manifest.Part, of device: UID, _ view: RemoteView, _ set: UID
  ) throws(StoreError) -> Segment? {
    do throws(SegmentError) {
      if let segment = try view.segment(part, of: device, in: set, isKnown: true) {
        return segment
      }
      hasLost = true
    } catch {
      isSurprised = true
    }
    return nil
  }

  /// Writes the current portion.
  private mutating func end(
    _ portion: inout Incoming, _ filling: inout Filling, _ isJoining: Bool,
    _ request: SyncRequest, _ command: String
  ) throws(StoreError) {
    try add(&filling, leaving: &portion, command)
    guard !portion.lines.isEmpty else { return }
    try merge(portion, isJoining: isJoining, matches: request.matches)
    try flush(command)
    portion.lines = [:]
    portion.firsts = [:]
  }
}
