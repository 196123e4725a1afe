internal import Host
internal import SQLite

extension Store {
  /// Opens a file for reading; nothing is written, not even a lock file.
  ///
  /// - Parameters:
  ///   - upgrades: false to refuse an older file rather than to bring it up to date.
  ///   - mustBeOurs: true to refuse a file of another user: one that nobody named.
  ///   - meter: counts what is done.
  /// - Throws: `.host` with `isNotFound` when there is no file.
  package static func reading(
    _ path: String, upgrades: Bool = true, mustBeOurs: Bool = false,
    meter: StoreMeter = StoreMeter()
  ) throws(StoreError) -> Store {
    let resolved = try Store.resolve(path)
    let version = try FileHeader.check(resolved, named: path, mustBeOurs: mustBeOurs)
    if version < Schema.version {
      guard upgrades else { throw .outdated(path: path) }
      try upgrade(resolved, named: path, meter: meter)
    }
    do throws(StoreError) {
      return try open(resolved, named: path, access: .readOnly, isWriting: false, meter: meter)
    } catch .sqlite(let error) where error.isHotJournal {
      // A writer was killed: what it left half done is rolled back by whoever opens next, and that
      // takes the right to write.
    }
    do throws(StoreError) {
      return try open(resolved, named: path, access: .readWrite, isWriting: false, meter: meter)
    } catch {
      guard try isOlder(resolved, named: path, error) else { throw error }
    }
    return try reading(path, upgrades: upgrades, mustBeOurs: mustBeOurs, meter: meter)
  }

  /// Opens a file for writing; makes it when there is none.
  ///
  /// - Parameters:
  ///   - isQueueing: true to stand in the writers' queue from here on, until the first change has ended:
  ///     whoever opens the file only when it is its turn meets nobody there. Commands do so; one that
  ///     keeps a store open without changing anything does not.
  ///   - makesFile: false to make none.
  ///   - upgrades: false for a rehearsal: an older file is refused rather than brought up to date, and what others
  ///     left behind is left there.
  ///   - mustBeOurs: true to refuse a file of another user: one that nobody named.
  ///   - meter: counts what is done.
  /// - Throws: `.host` with `isNotFound` when there is no file and none is to be made.
  package static func writing(
    _ path: String, isQueueing: Bool = false, makesFile: Bool = true, upgrades: Bool = true,
    mustBeOurs: Bool = false, meter: StoreMeter = StoreMeter()
  ) throws(StoreError) -> Store {
    var resolved: String
    do throws(StoreError) {
      resolved = try Store.resolve(path)
      let version = try FileHeader.check(
        resolved, named: path, mustBeOurs: mustBeOurs, isWriting: upgrades)
      if version < Schema.version {
        guard upgrades else { throw .outdated(path: path) }
        try upgrade(resolved, named: path, meter: meter)
      }
    } catch .host(let error) where error.isNotFound && makesFile {
      resolved = try Store.create(path, meter: meter)
      _ = try FileHeader.check(resolved, named: path)
    }
    var gate = isQueueing ? try takeGate(path: resolved, named: path, meter: meter) : nil
    do throws(StoreError) {
      var store = try open(
        resolved, named: path, access: .readWrite, isWriting: true, meter: meter)
      store.gate = gate.take()
      return store
    } catch {
      guard try isOlder(resolved, named: path, error) else { throw error }
    }
    gate = nil
    return try writing(
      path, isQueueing: isQueueing, makesFile: makesFile, upgrades: upgrades,
      mustBeOurs: mustBeOurs, meter: meter)
  }

  /// Brings an older file up to date, or says that this is what could not be done.
  private static func upgrade(
    _ resolved: String, named path: String, meter: StoreMeter
  ) throws(StoreError) {
    do throws(StoreError) {
      try migrate(resolved, named: path, steps: Migrations.all, meter: meter)
    } catch .host(let error) where error.isRefused {
      throw .notUpgradable(path: path, error)
    }
  }

  /// Whether what was refused is only older than its header said: an upgrade that was broken off left the new
  /// version there, and opening the file rolled it back.
  private static func isOlder(
    _ resolved: String, named path: String, _ error: StoreError
  ) throws(StoreError) -> Bool {
    guard case .unusable(_, .altered) = error else { return false }
    return try FileHeader.check(resolved, named: path) < Schema.version
  }

  /// An empty store in memory, for trying out a change where there is no file yet.
  package static func inMemory(
    named path: String, meter: StoreMeter = StoreMeter()
  ) throws(StoreError) -> Store {
    try translating {
      let connection = try Connection(path: ":memory:", access: .memory, meter: meter.meter)
      try connection.execute(Schema.creation)
      try connection.hardenReading()
      return Store(path: path, connection: connection, meter: meter)
    }
  }

  static func open(
    _ resolved: String, named path: String, access: Connection.Access, isWriting: Bool,
    patience: Int32 = Store.patience, meter: StoreMeter
  ) throws(StoreError) -> Store {
    try translating {
      let connection = try Connection(
        path: resolved, access: access, busyMilliseconds: patience, meter: meter.meter)
      // One look at the file for all that follows; who only reads sees one state of it to the end.
      try connection.beginReading()
      try connection.hardenReading()
      let store = Store(path: path, connection: connection, meter: meter)
      try store.checkLayout()
      if isWriting {
        try store.connection.commit()
        try store.connection.prepareForWriting()
      }
      return store
    }
  }

  /// The path with its directory free of links, since SQLite is told to follow none.
  static func resolve(_ path: String) throws(StoreError) -> String {
    let (directory, name) = split(path)
    do {
      return try Directory.resolve(directory) + "/" + name
    } catch {
      throw .host(error)
    }
  }

  /// A path's directory and last component.
  static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }

  /// Compares every table and index with those that this version makes, so that nothing that was
  /// slipped into the file is ever run. In whatever order: VACUUM writes indexes behind the tables.
  private func checkLayout() throws(StoreError) {
    let rows = try connection.query(
      "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'")
    let objects = Schema.objects
    var found = 0
    // What a file has besides that syncs: all of it, or nothing.
    var synced = 0
    // As a rule each comes right after the one before; only a file that was vacuumed has to be searched.
    var next = 0
    while try rows.next() {
      var object = next < objects.count ? objects[next] : nil
      if !(object.map { rows.isText(0, $0.name) } ?? false) {
        object = nil
        if let place = objects.firstIndex(where: { rows.isText(0, $0.name) }) {
          (next, object) = (place, objects[place])
        }
      }
      if object != nil {
        next += 1
        found += 1
      } else {
        object = Schema.syncObjects.first { rows.isText(0, $0.name) }
        synced += 1
      }
      guard let object, rows.isText(1, object.sql) else {
        throw .unusable(path: path, .altered(object: rows.text(0)))
      }
    }
    if synced > 0, synced < Schema.syncObjects.count {
      throw .unusable(path: path, .altered(object: "sync"))
    }
    // Names are unique in a file, so as many as there are objects are all of them.
    guard found < objects.count else { return }
    rows.reset()
    var missing = objects.map { "\($0.name)" }
    while try rows.next() { missing.removeAll { $0 == rows.text(0) } }
    throw .unusable(path: path, .altered(object: missing.first ?? ""))
  }
}

extension SQLiteError {
  /// True when a journal has to be rolled back before the file can be read.
  var isHotJournal: Bool {
    code == .readOnlyRollback || code.primary == .readOnly
  }
}
