internal import Favourites

// What comes in is held in memory, but for a great deal at a first sync: then favourites are merged a portion at a time, and
// each is written before the next one is read. Merging does not depend on the order, but what a thing was added with has to
// be known first. So categories and facts come first, then favourites of which nothing else is said, and those that somebody
// changed last.

extension Merger {
  /// What can be merged, in portions where it is a great deal and this file has never synced.
  mutating func collect(
    _ view: RemoteView, _ set: UID, isJoining: Bool, _ request: SyncRequest
  ) throws(StoreError) -> Incoming {
    guard isJoining else { return try collect(view, set) }
    let incoming = try collect(
      view, set, inPortionsOf: request.portion, readsAllFirst: request.readsAllFirst)
    guard !incoming.rest.isEmpty else { return incoming }
    // In a copy of another device's file a category may be in the trash by now before what left it is known: all at once.
    for name in incoming.lines.keys {
      guard try has(name.kind, name.uid) else { continue }
      state.peers = peersBefore
      (tally.waiting, tally.notes) = ([], [])
      return try collect(view, set)
    }
    return incoming
  }

  /// Merges what others said, all of it at once or in portions.
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

  /// A segment that was looked at before; nil where it is gone meanwhile, or is not what it seemed.
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

  /// Writes what was read so far.
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
