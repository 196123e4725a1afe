internal import Host
internal import SQLite

extension Store {
  /// Whether the file was never used, so that an archive can be loaded into it unchanged.
  package func isUntouched() throws(StoreError) -> Bool {
    let find = try connection.query("SELECT 1 FROM change LIMIT 1")
    return try !find.next()
  }

  /// Loads an archive into a file that was never used, including ids, history and trash; all of it,
  /// or nothing.
  ///
  /// - Parameters:
  ///   - isRehearsal: true to do everything and keep nothing.
  ///   - body: loads the lines with `load(_:)`.
  package mutating func loading<Refusal: StoreErrorConvertible>(
    isRehearsal: Bool, _ body: (inout Store) throws(Refusal) -> Void
  ) throws(Refusal) {
    try converting(to: Refusal.self) { (store) throws(StoreError) in try store.takeGate() }
    defer { gate = nil }
    try fill(body) { (store) throws(StoreError) in
      if isRehearsal { store.connection.rollBack() } else { try store.commitLoading() }
    }
  }

  /// Makes a new file from an archive, as `loading(isRehearsal:_:)` fills one. It gets its name
  /// only when the whole archive is in it; until then no other process sees it or has to wait.
  /// - Throws: `.notUntouched` if another process made the file in the meantime.
  package static func loading<Refusal: StoreErrorConvertible>(
    new path: String, meter: StoreMeter = StoreMeter(),
    _ body: (inout Store) throws(Refusal) -> Void
  ) throws(Refusal) {
    func refusal(_ error: StoreError) -> Refusal {
      if case .host(let error) = error, error.isExists {
        return Refusal(.notUntouched(path: path), path: path)
      }
      return Refusal(error, path: path)
    }
    var draft: Draft
    do throws(StoreError) {
      draft = try Draft(of: path, meter)
    } catch {
      throw refusal(error)
    }
    // An unconfirmed commit to a draft need not be reported: the draft is removed.
    try draft.store.fill(body) { (store) throws(StoreError) in
      try translating { try store.connection.commit() }
    }
    do throws(StoreError) {
      try draft.name()
    } catch {
      throw refusal(error)
    }
  }

  /// A file being made from an archive, without its name yet.
  private struct Draft: ~Copyable {
    var store: Store
    let file: StagedFile
    /// Its final path: as the user gave it, and with links resolved.
    let path: String
    let place: String
    let meter: StoreMeter

    init(of path: String, _ meter: StoreMeter) throws(StoreError) {
      try translating { try Directory.createPrivate(Directory.above(path), like: path) }
      let place = try Store.resolve(path)
      let file = try translating { try StagedFile(for: place, like: place) }
      try translating { try Store.build(file.path, meter) }
      store = try Store.open(
        file.path, named: path, access: .readWrite, isWriting: true, meter: meter)
      self.file = file
      self.path = path
      self.place = place
      self.meter = meter
    }

    consuming func name() throws(StoreError) {
      _ = consume store
      let gate = try Store.takeGate(path: place, named: path, meter: meter)
      do throws(HostError) {
        try file.name()
      } catch {
        throw .host(error)
      }
      _ = consume gate
    }
  }

  private mutating func fill<Refusal: StoreErrorConvertible>(
    _ body: (inout Store) throws(Refusal) -> Void,
    end: (inout Store) throws(StoreError) -> Void
  ) throws(Refusal) {
    defer {
      change = nil
      derived = DerivedRows()
      words = HashesMet()
      lengths = [:]
      ranks.forget()
    }
    try converting(to: Refusal.self) { (store) throws(StoreError) in
      try translating {
        try store.connection.holdChangedPages(upToMebibytes: Store.heldMebibytes)
        try store.connection.beginImmediate()
      }
    }
    do throws(Refusal) {
      try converting(to: Refusal.self) { (store) throws(StoreError) in
        guard try store.isUntouched() else { throw .notUntouched(path: store.path) }
      }
      // Nothing is recorded, but the caches of a change are useful here too.
      let now = Timestamp(milliseconds: Clock.now())
      change = PendingChange(
        number: 0, at: now, command: "", uids: UIDGenerator(seed: Randomness.bytes(10)))
      try body(&self)
      try converting(to: Refusal.self) { (store) throws(StoreError) in
        try store.writeTails()
        try store.repair()
        try store.joinIndex()
        if let (earlier, later) = try store.sharedUID() {
          throw .invalid(
            InvalidValue(field: "favourite \(later)", reason: "has the uid of \(earlier)"))
        }
        try end(&store)
      }
    } catch {
      connection.rollBack()
      throw error
    }
  }

  /// Commits the loaded data.
  private func commitLoading() throws(StoreError) {
    try commit(seenBy: { () throws(StoreError) in try !isUntouched() }) { error in
      // 5 is EIO.
      .host(
        HostError(
          call: StagedFile.confirming, path: path,
          code: error.systemError == 0 ? 5 : error.systemError))
    }
  }

  /// Loads one row; a favourite goes after the earlier ones of its category.
  package mutating func load(_ row: ArchiveRow) throws(StoreError) {
    guard row.table.name != "sqlite_sequence" else { return try loadSequence(row) }
    let insert = try connection.query(parts: row.table.insertion)
    for (index, value) in row.values.enumerated() {
      value.bind(to: insert, at: Int32(index + 1))
    }
    if let path = row.path {
      insert.bind(path.sortKey, from: Int32(row.values.count + 1))
    }
    do throws(StoreError) {
      try insert.run()
    } catch .sqlite(let error) where error.code.primary == .constraint {
      throw .invalid(InvalidValue(field: row.table.name, reason: "does not match the rest"))
    }
    if row.table.name == "favourite", let id = row.integer("id"),
      let category = row.integer("category")
    {
      try append(id, to: category)
    }
  }

  /// Loads the record of which ids were already given, even to things that no longer exist.
  private func loadSequence(_ row: ArchiveRow) throws(StoreError) {
    guard let name = row.text("name"), let number = row.integer("seq") else { return }
    try connection.run(
      "UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = ?2", number, name)
    guard connection.changes == 0 else { return }
    try connection.run(
      """
      INSERT INTO sqlite_sequence(seq, name)
      SELECT ?1, ?2 WHERE ?2 IN ('change', 'category', 'favourite')
      """, number, name)
  }
}
