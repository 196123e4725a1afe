package import Favourites

extension Store {
  /// Runs one sync with the contents of a remote, in one transaction. The data to publish is
  /// recorded as pending, until `confirmSync()` reports that it has arrived.
  ///
  /// - Parameters:
  ///   - command: the command for the history.
  ///   - remote: the remote for a database that does not sync yet.
  ///   - recipients: the recipients of encryption for such a database: see `SyncState.recipients`.
  ///   - isRehearsal: whether to roll back the changes, as in a dry run.
  ///   - now: the current time, in milliseconds.
  ///   - host: the name of the machine.
  ///   - random: returns a number of random bytes.
  package mutating func sync(
    _ view: RemoteView, _ request: SyncRequest, command: String, joining remote: String? = nil,
    for recipients: [String] = [], isRehearsal: Bool = false, now: Int64, host: String,
    random: @escaping (Int) -> [UInt8]
  ) throws(StoreError) -> SyncOutcome {
    func run(_ store: inout Store, _ request: SyncRequest) throws(StoreError) -> SyncOutcome {
      try store.syncing { (store) throws(StoreError) in
        var request = request
        request.isRehearsal = isRehearsal
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

  /// Stops syncing. Deletes what was agreed with other devices; favourites and history are kept.
  package mutating func endSyncing() throws(StoreError) {
    try syncing { (store) throws(StoreError) in
      if try store.isSynced() { try store.removeSyncTables() }
      return ((), true)
    }
  }

  /// Records that the pending publication has arrived.
  ///
  /// - Parameters:
  ///   - listing: the current state of the remote, as listed by the driver.
  ///   - now: the current time, in milliseconds.
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

  /// Whether there are changes that no sync has processed or sent yet.
  package func hasUnsent(_ state: SyncState) throws(StoreError) -> Bool {
    if try lastChangeNumber() > state.mark || state.pending != nil || state.isUnclean {
      return true
    }
    if try hasUnsentThings() { return true }
    if try syncAliases().contains(where: \.isUnsent) { return true }
    return try syncPurges().contains { $0.mark.isUnsent }
  }
}
