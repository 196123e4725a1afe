internal import Host
internal import SQLite

extension Store {
  /// Whether nothing was ever kept here, so that an archive can be taken over just as it is.
  package func isUntouched() throws(StoreError) -> Bool {
    let find = try connection.query("SELECT 1 FROM change LIMIT 1")
    return try !find.next()
  }

  /// Takes an archive over into a file in which nothing was ever kept: ids, history and trash too, and nothing
  /// besides. All of it, or nothing.
  ///
  /// - Parameters:
  ///   - isRehearsal: true to do everything and keep nothing.
  ///   - body: takes the lines over by `load(_:)`.
  package mutating func loading<Refusal: StoreErrorConvertible>(
    isRehearsal: Bool, _ body: (inout Store) throws(Refusal) -> Void
  ) throws(Refusal) {
    try converting(to: Refusal.self) { (store) throws(StoreError) in try store.takeGate() }
    defer { gate = nil }
    try fill(body) { (store) throws(StoreError) in
      if isRehearsal { store.connection.rollBack() } else { try store.commitLoading() }
    }
  }

  /// Makes a file of an archive where there is none, as `loading(isRehearsal:_:)` fills one. It takes its name only
  /// when all of the archive is in it; until then nobody sees it, and nobody is kept waiting.
  /// - Throws: `.notUntouched` where another made the file meanwhile.
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
    // What cannot be confirmed of a draft is not to be told of: it goes.
    try draft.store.fill(body) { (store) throws(StoreError) in
      try translating { try store.connection.commit() }
    }
    do throws(StoreError) {
      try draft.name()
    } catch {
      throw refusal(error)
    }
  }

  /// A file that is being made of an archive, and has no name yet.
  private struct Draft: ~Copyable {
    var store: Store
    let file: StagedFile
    /// Where it is to be: as it was named, and with its links followed.
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
      // Nothing is recorded; the caches of a change serve as well.
      let now = Timestamp(milliseconds: Clock.now())
      change = PendingChange(
        number: 0, at: now, command: "", uids: UIDGenerator(seed: Randomness.bytes(10)))
      try body(&self)
      try converting(to: Refusal.self) { (store) throws(StoreError) in
        try store.writeTails()
        try store.repair()
        try store.joinIndex()
        try end(&store)
      }
    } catch {
      connection.rollBack()
      throw error
    }
  }

  /// Commits what was loaded.
  private func commitLoading() throws(StoreError) {
    try commit(seenBy: { () throws(StoreError) in try !isUntouched() }) { error in
      // 5 is EIO.
      .host(
        HostError(
          call: StagedFile.confirming, path: path,
          code: error.systemError == 0 ? 5 : error.systemError))
    }
  }

  /// Takes over one row; a favourite stands behind those of its category that came before.
  package mutating func load(_ row: ArchiveRow) throws(StoreError) {
    guard row.table.name != "sqlite_sequence" else { return try loadSequence(row) }
    let insert = try connection.query(parts: row.table.insertion)
    for (index, value) in row.values.enumerated() {
      insert.bind(value, at: Int32(index + 1))
    }
    if let path = row.path {
      insert.bind(path.sortKey, at: Int32(row.values.count + 1))
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

  /// Which ids were given already, even to what is no more.
  private func loadSequence(_ row: ArchiveRow) throws(StoreError) {
    guard let name = row.text("name"), let number = row.integer("seq") else { return }
    let update = try connection.query(
      "UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = ?2")
    update.bind(number, at: 1)
    update.bind(name, at: 2)
    try update.run()
    guard connection.changes == 0 else { return }
    let insert = try connection.query(
      "INSERT INTO sqlite_sequence(seq, name) SELECT ?1, ?2 WHERE ?2 IN ('change', 'category', 'favourite')"
    )
    insert.bind(number, at: 1)
    insert.bind(name, at: 2)
    try insert.run()
  }
}
