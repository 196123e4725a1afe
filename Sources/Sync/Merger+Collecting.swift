internal import Favourites

extension Merger {
  /// What can be merged: of each device all that it has to say, or nothing of it. Some of it may rest on what another device
  /// said, which has to be there too: a set is closed or it waits. Within it there is no order, so nothing waits for itself.
  mutating func collect(_ view: RemoteView, _ set: UID) throws(StoreError) -> Incoming {
    peersBefore = state.peers
    var queues: [UID: [Segment]] = [:]
    for (device, error) in view.aside where device != state.me {
      let name = state.peers[device]?.name ?? device.hex
      tally.notes.append(Self.words(name, error))
      tally.waiting.append(name)
    }
    for (device, manifest) in view.manifests.sorted(by: { $0.key < $1.key })
    where device != state.me {
      do throws(SegmentError) {
        guard let queue = try queue(view, device, manifest, set) else {
          tally.waiting.append(manifest.name)
          continue
        }
        queues[device] = queue
        if !queue.isEmpty, manifest.ms > now + Timestamp.millisecondsPerDay {
          tally.notes.append(
            "the clock of '\(manifest.name)' is over a day ahead, or the one here is behind")
        }
      } catch {
        tally.notes.append(Self.words(manifest.name, error))
        tally.waiting.append(manifest.name)
      }
    }
    close(&queues, view)
    var incoming = Incoming()
    for (device, queue) in queues.sorted(by: { $0.key < $1.key }) {
      for segment in queue {
        state.seen = max(state.seen, segment.header.ms)
        for line in segment.lines { state.seen = max(state.seen, line.stamp.ms) }
        incoming.take(segment)
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

  /// The segments of a device that are new; nil where they are not all there.
  private func queue(
    _ view: RemoteView, _ device: UID, _ manifest: Manifest, _ set: UID
  ) throws(SegmentError) -> [Segment]? {
    let peer = state.peers[device]
    // Where what was read last is no part of what is there now, all of it is read again.
    let isKnown = peer.map { peer in
      manifest.recent.contains(Publication(seq: peer.seq, id: peer.publication))
    }
    let done = isKnown == true ? peer?.seq ?? 0 : 0
    var queue: [Segment] = []
    for part in manifest.parts where part.to > done {
      guard let segment = try view.segment(part, of: device, in: set) else { return nil }
      queue.append(segment)
    }
    return queue
  }

  /// Leaves out what rests on something that is not there.
  private mutating func close(_ queues: inout [UID: [Segment]], _ view: RemoteView) {
    while true {
      var cut: [UID] = []
      for (device, queue) in queues {
        let isClosed = queue.allSatisfy { segment in
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
    _ device: UID, _ ms: Int64, _ queues: [UID: [Segment]], _ view: RemoteView
  ) -> Bool {
    if state.mine.contains(device) || state.peers[device]?.ms ?? 0 >= ms { return true }
    if queues[device] != nil, let there = view.manifests[device]?.ms, there >= ms { return true }
    return view.manifests.contains { heir, manifest in
      queues[heir] != nil && manifest.was[device] ?? 0 >= ms
    }
  }
}
