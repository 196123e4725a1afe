internal import Favourites

/// The new segments of a device.
private struct Queue {
  var segments: [Segment] = []
  var parts: [Manifest.Part] = []
  /// The latest stamp in any line.
  var latest: Int64 = 0
  /// Favourites with more data than they were added with.
  var mixed: Set<UID> = []

  mutating func take(_ segment: Segment, _ held: inout Held) {
    latest = max(latest, segment.header.ms)
    for line in segment.lines {
      latest = max(latest, line.stamp.ms)
      guard line.kind == .favourite else { continue }
      held.lines += 1
      if line.stamp != .base { mixed.insert(line.uid) }
    }
    var segment = segment
    if held.isTooMuch { segment.lines.removeAll { $0.kind == .favourite } }
    segments.append(segment)
  }
}

/// Counts what was read from other devices' files.
private struct Held {
  let count: Int
  var files = 0
  /// The number of lines for favourites, and the most to keep.
  var lines = 0
  private let most: Int
  private let readsAll: Bool

  init(of count: Int, atMost most: Int, _ readsAll: Bool) {
    self.count = count
    self.most = most
    self.readsAll = readsAll
  }

  var isTooMuch: Bool { lines > most }

  /// Whether the next segments only need to be scanned.
  var isGlance: Bool { isTooMuch && !readsAll }
}

extension Merger {
  /// Collects what can be merged: for each device, either all its new segments or none. They may
  /// depend on segments of other devices, which must be available too: a set of segments is merged
  /// only if it is closed. Order within it does not matter, so there are no deadlocks.
  ///
  /// - Parameter size: if there are more lines for favourites, they are scanned but not kept: see
  ///   `Incoming.rest`.
  mutating func collect(
    _ view: RemoteView, _ set: UID, inPortionsOf size: Int = .max, readsAllFirst: Bool = true
  ) throws(StoreError) -> Incoming {
    peersBefore = state.peers
    var queues: [UID: Queue] = [:]
    for (device, error) in view.aside where device != state.me {
      let name = state.peers[device]?.name ?? device.hex
      tally.notes.append(Self.words(name, error))
      tally.waiting.append(name)
    }
    var held = Held(of: view.news(for: state).count, atMost: size, readsAllFirst)
    for (device, manifest) in view.manifests.sorted(by: { $0.key < $1.key })
    where device != state.me {
      do throws(SegmentError) {
        guard let queue = try queue(view, device, manifest, set, &held) else {
          tally.waiting.append(manifest.name)
          continue
        }
        queues[device] = queue
        if !queue.parts.isEmpty, manifest.ms > now + Timestamp.millisecondsPerDay {
          tally.notes.append(
            "the clock of '\(manifest.name)' is over a day ahead, or the one here is behind")
        }
      } catch {
        tally.notes.append(Self.words(manifest.name, error))
        tally.waiting.append(manifest.name)
      }
    }
    close(&queues, view)
    return take(queues, view, isStripped: held.isTooMuch)
  }

  private mutating func take(
    _ queues: [UID: Queue], _ view: RemoteView, isStripped: Bool
  ) -> Incoming {
    var incoming = Incoming()
    for (device, queue) in queues.sorted(by: { $0.key < $1.key }) {
      state.seen = max(state.seen, queue.latest)
      for var segment in queue.segments {
        if isStripped { segment.lines.removeAll { $0.kind == .favourite } }
        incoming.take(segment)
      }
      if isStripped {
        incoming.rest += queue.parts.map { (device, $0) }
        incoming.mixed.formUnion(queue.mixed)
      }
      guard let manifest = view.manifests[device] else { continue }
      var peer = SyncPeer()
      peer.name = manifest.name
      peer.seq = manifest.seq
      peer.ms = manifest.ms
      peer.publication = manifest.recent.last?.id ?? ""
      peer.recent = manifest.recent
      peer.manifest = view.names[device] ?? ""
      state.peers[device] = peer
    }
    return incoming
  }

  static func words(_ name: String, _ error: SegmentError) -> String {
    switch error {
    case .newer: "'\(name)' uses a newer favs: its changes are left out until this one is upgraded"
    case .malformed, .tooLarge: "the files of '\(name)' are damaged: its changes are left out"
    case .clock: "the clock of '\(name)' is past all use: its changes are left out"
    }
  }

  /// The new segments of a device; nil if some are missing.
  ///
  /// - Parameter held: the counts so far. Beyond a number of lines, favourites are not kept.
  private func queue(
    _ view: RemoteView, _ device: UID, _ manifest: Manifest, _ set: UID, _ held: inout Held
  ) throws(SegmentError) -> Queue? {
    var queue = Queue()
    for part in manifest.parts(newTo: state.peers[device]) {
      if held.isGlance {
        guard let glance = try view.glance(at: part, of: device, in: set) else { return nil }
        queue.latest = max(queue.latest, glance.latest)
        queue.mixed.formUnion(glance.mixed)
        held.lines += glance.favourites
        queue.segments.append(glance.segment)
      } else {
        guard let segment = try view.segment(part, of: device, in: set) else { return nil }
        queue.take(segment, &held)
      }
      held.files += 1
      view.watch(.reading(held.files, of: held.count))
      queue.parts.append(part)
    }
    return queue
  }

  /// Removes devices whose segments depend on missing ones.
  private mutating func close(_ queues: inout [UID: Queue], _ view: RemoteView) {
    while true {
      var cut: [UID] = []
      for (device, queue) in queues {
        let isClosed = queue.segments.allSatisfy { segment in
          segment.header.seen.allSatisfy { isReached($0.key, $0.value, queues, view) }
        }
        if !isClosed { cut.append(device) }
      }
      guard !cut.isEmpty else { return }
      for device in cut.sorted() {
        tally.waiting.append(view.manifests[device]?.name ?? device.hex)
        queues[device] = nil
      }
    }
  }

  private func isReached(
    _ device: UID, _ ms: Int64, _ queues: [UID: Queue], _ view: RemoteView
  ) -> Bool {
    if state.mine.contains(device) || state.peers[device]?.ms ?? 0 >= ms { return true }
    if queues[device] != nil, let there = view.manifests[device]?.ms, there >= ms { return true }
    return view.manifests.contains { heir, manifest in
      queues[heir] != nil && manifest.was[device] ?? 0 >= ms
    }
  }
}
