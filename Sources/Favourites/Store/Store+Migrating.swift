internal import Host
internal import SQLite

extension Store {
  /// Brings an older file up to date: a verified copy first, then every missing step in one transaction
  /// that also writes the new version. A failure leaves the file as it was.
  static func migrate(
    _ resolved: String, named path: String, from version: Int32, steps: [Migration],
    meter: StoreMeter = StoreMeter()
  ) throws(StoreError) {
    let gate = try takeGate(path: resolved, named: path, meter: meter)
    try translating {
      if let layout = steps.first(where: { $0.version == version + 1 })?.layout {
        let connection = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
        try connection.harden(busyMilliseconds: patience, longestValue: longestValue)
        guard try fingerprint(of: connection) == layout else {
          throw StoreError.unusable(
            path: path, .altered(object: "the layout of version \(version)"))
        }
      }
      try copy(resolved, to: copyName(resolved, before: version + 1), meter)
      let connection = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
      try connection.harden(busyMilliseconds: patience, longestValue: longestValue)
      try connection.hardenReading()
      try connection.prepareForWriting()
      try connection.beginImmediate()
      var store = Store(path: path, connection: connection, meter: meter)
      do {
        // Another favs may have been faster.
        let current = try store.connection.statement("PRAGMA user_version")
        _ = try current.step()
        let found = Int32(truncatingIfNeeded: current.integer(0))
        current.reset()
        for step in steps where step.version > found {
          try store.connection.execute(step.sql)
          try step.finish(&store)
          try store.connection.execute("PRAGMA user_version=\(step.version)")
        }
        try store.connection.commit()
      } catch {
        store.connection.rollBack()
        throw error
      }
    }
    _ = consume gate
  }

  /// A hash of every table and index of a file, in the order of their names: FNV-1a,
  /// http://www.isthe.com/chongo/tech/comp/fnv/.
  private static func fingerprint(of connection: borrowing Connection) throws(SQLiteError) -> UInt64
  {
    let rows = try connection.prepare(
      """
      SELECT name || char(10) || sql || char(10) FROM sqlite_schema
      WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' ORDER BY name
      """)
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    while try rows.step() {
      for byte in rows.text(0).utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }
    return hash
  }

  private static func copyName(_ path: String, before version: Int32) -> String {
    "\(path).before-version-\(version)"
  }

  /// The copies that upgrades left beside a file. They hold what was in it then.
  package static func copies(of path: String) throws(StoreError) -> [String] {
    let resolved = try resolve(path)
    return (1...Schema.version).map { copyName(resolved, before: $0) }
      .filter { (try? FileStatus.of($0, followingLinks: false)) != nil }
  }

  /// Removes a copy that an upgrade left: what is forgotten is forgotten there too.
  package static func removeCopy(_ path: String) throws(StoreError) {
    do {
      try File.remove(path)
    } catch {
      throw .host(error)
    }
  }

  /// Copies a file through SQLite, checks the copy, and only then gives it its name. One that is there
  /// already is kept: it is of the same version and was checked when it was made.
  private static func copy(
    _ resolved: String, to target: String, _ meter: StoreMeter
  ) throws(any Error) {
    if try FileStatus.of(target, followingLinks: false) != nil { return }
    let draft = target + ".new"
    try? File.remove(draft)
    let made = try File.createPrivate(at: draft)
    do {
      let connection = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
      let vacuum = try connection.prepare("VACUUM INTO ?")
      vacuum.bind(draft, at: 1)
      try vacuum.execute()
      let check = try Connection(path: draft, access: .readOnly, meter: meter.meter)
      let verdict = try check.prepare("PRAGMA integrity_check(1)")
      guard try verdict.step(), verdict.text(0) == "ok" else {
        throw SQLiteError(code: .corrupt, message: "the copy before the upgrade is damaged")
      }
      try made.sync()
      try File.rename(draft, to: target)
      try File.syncDirectory(split(target).directory)
    } catch {
      try? File.remove(draft)
      throw error
    }
  }
}
