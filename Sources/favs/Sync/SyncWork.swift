internal import Favourites
internal import Host
internal import Sync

/// One sync, from taking the lock to reporting the result.
struct SyncWork {
  var request = SyncRequest()
  var write = WriteOptions()
  /// The remote for a database that does not sync yet.
  var joining: SyncPlace?
  /// The encryption for such a database; nil for none, or for that of an existing remote.
  var encryption: Encryption?

  /// The combined result of all attempts.
  struct Report {
    var tally = MergeTally()
    var sent = 0
    var conflicts = 0
    var change: Int64?
    var seq: Int64 = 0
    var hasForgotten = false
    /// Whether this was the first sync of the database.
    var isFirst = false
  }

  /// How often to retry when other devices change the remote at the same time.
  private static let mostTries = 20

  func run(in context: inout Context) throws(Failure) -> Report {
    let lock = try Self.lock(context)
    defer { _ = lock.waitedMilliseconds }
    var store = try context.file.syncStore(makesFile: joining != nil)
    let state = try context.opened(store.syncState())
    let place = try place(state)
    let driver = try place.driver(in: Self.folder(context))
    let listing = try driver.listing()
    let progress = SyncProgress(isQuiet: context.output.isQuiet)
    defer { progress.end() }
    var report = Report()
    report.seq = state?.seq ?? 0
    report.isFirst = joining != nil
    if let state, try isUpToDate(state, listing, store, context) { return report }
    for attempt in 1... {
      progress.begin("receiving")
      try driver.read()
      let outcome = try merge(&store, place, driver, progress, &context)
      report.add(outcome)
      if case .tooMuch(let excess, let count, let live)? = outcome.excess {
        report.tally.notes.append(
          "this sync would \(excess.words(count, of: live)), and needs --yes for that")
      }
      if write.isRehearsal { return report }
      if let number = outcome.change { context.deed = .change(number, .undo) }
      if outcome.publishes { progress.begin("sending") }
      let isDone = try publish(outcome, driver, &store, &context)
      if isDone { break }
      guard attempt < Self.mostTries else {
        throw Failure(
          .inputOutput, "others changed the remote \(attempt) times meanwhile",
          hint: "what they did is here; run favs sync again")
      }
    }
    report.seq = try context.opened(store.syncState()?.seq ?? 0)
    if report.hasForgotten {
      try context.removeRemains(of: store)
    }
    return report
  }

  private static func lock(_ context: Context) throws(Failure) -> Lock {
    let folder = Directory.above(context.file.path)
    do throws(HostError) {
      try Directory.createPrivate(folder)
      return try Lock(
        path: context.file.path + ".sync.lock", milliseconds: Int(Store.patience),
        like: context.file.path)
    } catch {
      guard error.isTimedOut else { throw Failure(error) }
      throw Failure(.busy, "another favs sync is running")
    }
  }

  private func place(_ state: SyncState?) throws(Failure) -> SyncPlace {
    if let state, let joining {
      throw Failure(
        .conflict, "'\(state.remote)' is what this file syncs with already",
        hint: joining.text == state.remote ? "favs sync syncs" : "favs sync leave ends that")
    }
    if let joining { return joining }
    guard let state else { throw SyncStatus.notSynced }
    return try SyncPlace(state.remote)
  }

  /// Whether there is nothing to do: neither the database nor the remote has changed since the last
  /// sync.
  private func isUpToDate(
    _ state: SyncState, _ listing: String, _ store: borrowing Store, _ context: Context
  ) throws(Failure) -> Bool {
    guard !listing.isEmpty, listing == state.listing, state.host == Device.name(),
      !request.isAgain, request.retired.isEmpty
    else { return false }
    return try context.opened(!store.hasUnsent(state))
  }

  /// The remote as read in one attempt.
  private struct Remote {
    let place: SyncPlace
    let view: RemoteView
    let recipients: [String]
    /// Why a file could not be read; nil if all could.
    let failure: () -> Failure?
  }

  /// Merges the contents of the remote, in one transaction.
  private func merge(
    _ store: inout Store, _ place: SyncPlace, _ driver: any SyncDriver, _ progress: SyncProgress,
    _ context: inout Context
  ) throws(Failure) -> SyncOutcome {
    let state = try context.opened(store.syncState())
    let remote = try open(place, driver, state, progress, context)
    remote.view.prepare(for: state ?? SyncState())
    // An interrupted first upload is no reason to ask.
    if state?.seq ?? 0 == 0, state?.peers.isEmpty ?? true, let set = remote.view.set,
      state?.set != set
    {
      try ask(remote, &store, progress, &context)
    }
    return try sync(remote, &store, isRehearsal: write.isRehearsal, context)
  }

  private func open(
    _ place: SyncPlace, _ driver: any SyncDriver, _ state: SyncState?, _ progress: SyncProgress,
    _ context: Context
  ) throws(Failure) -> Remote {
    let marker: Marker?
    do throws(SegmentError) {
      marker = try Marker(of: driver)
    } catch {
      throw driver.failure ?? Failure(.unreadable(error))
    }
    if joining != nil, driver.isTaken {
      throw Failure(
        .conflict, "the branch 'favs' of the remote holds something else than favourites",
        hint: "use another repository; nothing was changed in this one")
    }
    let seal = try seal(marker, state, context)
    let spool = SyncSpool(in: Self.folder(context))
    return Remote(
      place: place,
      view: RemoteView(driver, marker, seal?.age, spool: spool, watch: progress.show),
      recipients: seal?.recipients ?? [],
      failure: { driver.failure ?? seal?.age.failure ?? spool.failure })
  }

  private func sync(
    _ remote: Remote, _ store: inout Store, isRehearsal: Bool, _ context: Context
  ) throws(Failure) -> SyncOutcome {
    let request = request
    let outcome = try context.opened(
      store.sync(
        remote.view, request, command: "sync", joining: remote.place.text, for: remote.recipients,
        isRehearsal: isRehearsal, now: Clock.now(), host: Device.name(), random: Randomness.bytes))
    if let refusal = outcome.refusal { throw remote.failure() ?? Failure(refusal) }
    return outcome
  }

  /// Shows what a first sync would do, and asks for confirmation if both sides hold something.
  private func ask(
    _ remote: Remote, _ store: inout Store, _ progress: SyncProgress, _ context: inout Context
  ) throws(Failure) {
    guard !write.isYes, !write.isRehearsal,
      try context.opened(store.syncLiveCount()) > 0
    else { return }
    var report = Report()
    report.add(try sync(remote, &store, isRehearsal: true, context))
    progress.end()
    try context.output.note(
      "first sync with \(remote.place.text): \(SyncPrinter.text(report, isRehearsal: true))")
    try context.confirmOrRefuse(
      "Go on?", otherwise: "the first sync puts two collections together", write)
  }

  /// Publishes pending changes; returns false if another device was faster.
  private func publish(
    _ outcome: SyncOutcome, _ driver: any SyncDriver, _ store: inout Store,
    _ context: inout Context
  ) throws(Failure) -> Bool {
    let state = try context.opened(store.syncState())
    let isUnclean = state?.isUnclean ?? false
    if !outcome.puts.isEmpty || !outcome.deletes.isEmpty {
      guard try driver.publish(outcome, from: state?.me ?? .none) else { return false }
    }
    let listing = outcome.tally.waiting.isEmpty ? driver.left : ""
    try context.opened(store.confirmSync(listing: listing, now: Clock.now()))
    if isUnclean || outcome.hasForgotten { try driver.forget() }
    return true
  }
}

extension SyncWork.Report {
  mutating func add(_ outcome: SyncOutcome) {
    tally.added += outcome.tally.added
    for thing in outcome.tally.changed { tally.note(thing) }
    for thing in outcome.tally.trashed { tally.note(thing, isTrashed: true) }
    tally.purged.formUnion(outcome.tally.purged)
    tally.waiting = outcome.tally.waiting
    for note in outcome.tally.notes where !tally.notes.contains(note) { tally.notes.append(note) }
    sent = outcome.sent
    conflicts += outcome.conflicts
    change = outcome.change ?? change
    hasForgotten = hasForgotten || outcome.hasForgotten
  }
}

extension FavouritesFile {
  /// The database opened for a sync, which records changes of its own kind.
  func syncStore(makesFile: Bool) throws(Failure) -> Store {
    do throws(StoreError) {
      return try Store.writing(
        path, makesFile: makesFile && !isRehearsal, upgrades: !isRehearsal, mustBeOurs: !isNamed,
        meter: meter)
    } catch .host(let error) where error.isNotFound {
      guard makesFile else {
        throw Failure(
          .notFound, "'\(path)' does not exist",
          hint: "favs sync init REMOTE creates it and joins")
      }
      // A dry run creates no file: it works in memory.
      return try Failure.of(path, Store.inMemory(named: path, meter: meter))
    } catch {
      throw Failure(error, path: path)
    }
  }
}
