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
    let incoming = try collect(view, set, inPortionsOf: request.portion)
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
    try flush(command)
    let mixed = incoming.mixed.union(incoming.mixed.map(classes.name))
    var portion = Incoming()
    portion.told = incoming.told
    var last = portion
    var count = 0
    view.files.prepare(incoming.rest.map { $0.part.path(of: $0.device) })
    for (place, (device, part)) in incoming.rest.enumerated() {
      view.watch(.merging(place, of: incoming.rest.count))
      guard let segment = try? view.segment(part, of: device, in: set) else {
        hasLost = true
        return
      }
      for line in segment.lines where line.kind == .favourite {
        if mixed.contains(line.uid) || mixed.contains(classes.name(line.uid)) {
          last.take(line, segment.header)
        } else {
          portion.take(line, segment.header)
          count += 1
        }
      }
      guard count >= request.portion else { continue }
      try merge(portion, isJoining: isJoining, matches: request.matches)
      try flush(command)
      portion.lines = [:]
      portion.firsts = [:]
      count = 0
    }
    try merge(portion, isJoining: isJoining, matches: request.matches)
    try flush(command)
    try merge(last, isJoining: isJoining, matches: request.matches)
  }
}
