internal import Host
internal import SQLite

extension Store {
  /// Opens a file for reading; nothing is written, not even a lock file.
  ///
  /// - Parameters:
  ///   - upgrades: false to refuse an older file instead of upgrading it.
  ///   - mustBeOurs: true to refuse another user's file, for a path that was not given explicitly.
  ///   - meter: counts the work done.
  /// - Throws: `.host` with `isNotFound` if there is no file.
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
      // A writer was killed: the next process to open the file rolls its changes back, which needs
      // permission to write.
    }
    do throws(StoreError) {
      return try open(resolved, named: path, access: .readWrite, isWriting: false, meter: meter)
    } catch {
      guard try isOlder(resolved, named: path, error) else { throw error }
    }
    return try reading(path, upgrades: upgrades, mustBeOurs: mustBeOurs, meter: meter)
  }

  /// Opens a file for writing; makes it if there is none.
  ///
  /// - Parameters:
  ///   - isQueueing: true to join the writers' queue now, until the first change has ended: a
  ///     process that opens the file only in its turn has no competitors. Commands do so; one that
  ///     keeps a store open without changing anything does not.
  ///   - makesFile: false to make none.
  ///   - upgrades: false for a dry run: refuses an older file instead of upgrading it, and leaves
  ///     others' leftovers alone.
  ///   - mustBeOurs: true to refuse another user's file, for a path that was not given explicitly.
  ///   - meter: counts the work done.
  /// - Throws: `.host` with `isNotFound` if there is no file and none may be made.
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

  /// Upgrades an older file; its error says that it was the upgrade that failed.
  private static func upgrade(
    _ resolved: String, named path: String, meter: StoreMeter
  ) throws(StoreError) {
    do throws(StoreError) {
      try migrate(resolved, named: path, steps: Migrations.all, meter: meter)
    } catch .host(let error) where error.isRefused {
      throw .notUpgradable(path: path, error)
    }
  }

  /// Whether a refused file is only older than its header said: an interrupted upgrade left the new
  /// version number there, and opening the file rolled it back.
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
      // One snapshot for everything that follows; a reader sees one state of the file to the end.
      try connection.beginReading()
      try connection.hardenReading()
      let store = Store(path: path, connection: connection, meter: meter)
      try store.checkLayout()
      if isWriting {
        try store.connection.commit()
        try store.connection.prepareForWriting()
      } else {
        try store.connection.keepFewPages()
      }
      return store
    }
  }

  /// The path with links in its directory resolved, since SQLite is set to follow none.
  static func resolve(_ path: String) throws(StoreError) -> String {
    let (directory, name) = split(path)
    do {
      return try Directory.resolve(directory) + "/" + name
    } catch {
      throw .host(error)
    }
  }

  /// Splits a path into its directory and last component.
  static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }

  /// Compares every table and index with those that this version makes, so that nothing slipped
  /// into the file is ever run. The order does not matter: VACUUM writes indexes after the tables.
  private func checkLayout() throws(StoreError) {
    let rows = try connection.query(
      "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'")
    let objects = Schema.objects
    var found = 0
    // The extra objects of a file that syncs: all of them, or none.
    var synced = 0
    // Usually each directly follows the one before; only a file that was vacuumed needs a search.
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
    // Names are unique in a file, so a count equal to the number of objects means all of them.
    guard found < objects.count else { return }
    rows.reset()
    var missing = objects.map { "\($0.name)" }
    while try rows.next() { missing.removeAll { $0 == rows.text(0) } }
    throw .unusable(path: path, .altered(object: missing.first ?? ""))
  }
}

extension SQLiteError {
  /// Whether a journal has to be rolled back before the file can be read.
  var isHotJournal: Bool {
    code == .readOnlyRollback || code.primary == .readOnly
  }
}
