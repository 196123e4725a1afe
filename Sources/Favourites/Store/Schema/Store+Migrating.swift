internal import Host
internal import SQLite

extension Store {
  /// Upgrades an older file: first a backup, then every missing step in one transaction that also
  /// writes the new version. A failure leaves the file as it was.
  static func migrate(
    _ resolved: String, named path: String, steps: [Migration], meter: StoreMeter = StoreMeter()
  ) throws(StoreError) {
    let gate = try takeGate(path: resolved, named: path, meter: meter)
    try translating {
      let version = try checkedVersion(resolved, named: path, steps, meter)
      guard steps.contains(where: { $0.version > version }) else { return }
      try backUpOnce(resolved, named: path, meter)
      let connection = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
      try connection.hardenReading()
      try connection.prepareForWriting()
      try connection.beginImmediate()
      var store = Store(path: path, connection: connection, meter: meter)
      do {
        for step in steps where step.version > version {
          try store.connection.execute(step.sql)
          try step.finish(&store, version)
          try store.connection.execute("PRAGMA user_version=\(step.version)")
        }
        try store.connection.commit()
        if let upgrade = store.upgrade { meter.note(upgrade) }
      } catch {
        store.connection.rollBack()
        throw error
      }
    }
    _ = consume gate
  }

  /// The version of the file now that we hold the lock: another favs may have been faster, and this
  /// rolls back an interrupted upgrade. Refuses a file that another program has altered.
  private static func checkedVersion(
    _ resolved: String, named path: String, _ steps: [Migration], _ meter: StoreMeter
  ) throws -> Int32 {
    let connection = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
    let find = try connection.prepare("PRAGMA user_version")
    let version = try find.step() ? Int32(truncatingIfNeeded: find.integer(0)) : 0
    let layout = steps.first { $0.version == version + 1 }?.layout
    guard try layout == nil || fingerprint(of: connection) == layout else {
      throw StoreError.unusable(path: path, .altered(object: "the layout of version \(version)"))
    }
    return version
  }

  /// Makes a backup, unless the last one is of the same state: every command retries a failed
  /// upgrade, which must not push out older backups.
  private static func backUpOnce(
    _ resolved: String, named path: String, _ meter: StoreMeter
  ) throws(any Error) {
    if let last = try backups(of: path).first(where: \.reason.isAutomatic), last.reason == .upgrade,
      try lastChange(in: last.path, meter) == lastChange(in: resolved, meter)
    {
      return
    }
    try backUp(path, .upgrade, meter: meter)
  }

  private static func lastChange(
    in resolved: String, _ meter: StoreMeter
  ) throws(SQLiteError) -> Int64 {
    let connection = try Connection(path: resolved, access: .readOnly, meter: meter.meter)
    let find = try connection.prepare("SELECT ifnull(max(number), 0) FROM change")
    return try find.step() ? find.integer(0) : 0
  }

  /// A hash of every table and index of a file, ordered by name, without those of a file that
  /// syncs.
  private static func fingerprint(of connection: borrowing Connection) throws(SQLiteError) -> UInt64
  {
    let rows = try connection.prepare(
      """
      SELECT name, sql FROM sqlite_schema
      WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' ORDER BY name
      """)
    var hash = FNV1a()
    while try rows.step() {
      let isOfSync = Schema.syncObjects.contains {
        rows.isText(0, $0.name) && rows.isText(1, $0.sql)
      }
      if !isOfSync { for column in [Int32(0), 1] { hash.take(rows.bytes(column) + [0x0A]) } }
    }
    return hash.value
  }
}
