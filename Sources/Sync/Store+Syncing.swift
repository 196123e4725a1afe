package import Favourites

extension Store {
  /// One run of a sync with what a remote holds, in one transaction. What is to be published is noted as pending: once it
  /// has arrived, `confirmSync()` says so.
  ///
  /// - Parameters:
  ///   - command: how the history calls it.
  ///   - remote: what a file that does not sync yet is to sync with.
  ///   - recipients: for whom what such a file sends is encrypted: see `SyncState.recipients`.
  ///   - isRehearsal: true to keep nothing.
  ///   - now: the time, in milliseconds.
  ///   - host: what the machine is called.
  ///   - random: gives random bytes.
  package mutating func sync(
    _ view: RemoteView, _ request: SyncRequest, command: String, joining remote: String? = nil,
    for recipients: [String] = [], isRehearsal: Bool = false, now: Int64, host: String,
    random: @escaping (Int) -> [UInt8]
  ) throws(StoreError) -> SyncOutcome {
    func run(_ store: inout Store, _ request: SyncRequest) throws(StoreError) -> SyncOutcome {
      try store.syncing { (store) throws(StoreError) in
        var state = try store.syncState() ?? SyncState()
        if let remote, try !store.isSynced() {
          try store.makeSyncTables()
          state.remote = remote
          state.recipients = recipients
        }
        var merger = Merger(store, state, now: now, host: host, random: random)
        let result: Result<SyncOutcome, StoreError>
        do throws(StoreError) {
          result = .success(try merger.run(view, request, command: command))
        } catch {
          result = .failure(error)
        }
        store = merger.release()
        let outcome = try result.get()
        return (outcome, outcome.refusal == nil && !isRehearsal)
      }
    }
    let outcome = try run(&self, request)
    guard outcome.isSurprised, !request.readsAllFirst else { return outcome }
    var careful = request
    careful.readsAllFirst = true
    view.prepare(for: try syncState() ?? SyncState())
    return try run(&self, careful)
  }

  /// Makes a file one that does not sync. What was agreed with other devices is forgotten; favourites and history stay.
  package mutating func endSyncing() throws(StoreError) {
    try syncing { (store) throws(StoreError) in
      if try store.isSynced() { try store.removeSyncTables() }
      return ((), true)
    }
  }

  /// Notes that what was to be published has arrived.
  ///
  /// - Parameters:
  ///   - listing: the remote as it is now, in the driver's words.
  ///   - now: the time, in milliseconds.
  package mutating func confirmSync(listing: String, now: Int64) throws(StoreError) {
    try syncing { (store) throws(StoreError) in
      guard let state = try store.syncState() else { return ((), false) }
      var merger = Merger(store, state, now: now, host: state.host) {
        Array(repeating: 0, count: $0)
      }
      let result: Result<Void, StoreError>
      do throws(StoreError) {
        result = .success(try merger.noteSent())
      } catch {
        result = .failure(error)
      }
      var after = merger.state
      store = merger.release()
      try result.get()
      after.listing = listing
      after.syncedAt = now
      try store.save(after)
      return ((), true)
    }
  }

  /// Whether there is anything that a sync has not looked at or not sent.
  package func hasUnsent(_ state: SyncState) throws(StoreError) -> Bool {
    if try lastChangeNumber() > state.mark || state.pending != nil || state.isUnclean {
      return true
    }
    if try hasUnsentThings() { return true }
    if try syncAliases().contains(where: \.isUnsent) { return true }
    return try syncPurges().contains { $0.mark.isUnsent }
  }
}
