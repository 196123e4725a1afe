internal import Host
internal import SQLite

extension Store {
  /// Makes a new, empty favourites file, entirely or not at all, however many processes try at
  /// once.
  ///
  /// The file is built under another name and then moved into place. The process that holds the
  /// writers' lock builds it; the others find the file when they get the lock.
  static func create(_ path: String, meter: StoreMeter) throws(StoreError) -> String {
    let (directory, name) = split(path)
    let folder = try translating {
      try Directory.createPrivate(directory, like: directory)
      return try Directory.resolve(directory)
    }
    let resolved = folder + "/" + name
    let gate = try takeGate(path: resolved, named: path, meter: meter)
    try translating {
      guard try FileStatus.of(resolved, followingLinks: false) == nil else { return }
      let draft = try StagedFile(for: resolved, like: resolved)
      try build(draft.path, meter)
      try setAsideJournal(of: resolved)
      try draft.name()
    }
    _ = consume gate
    return resolved
  }

  static func build(_ draft: String, _ meter: StoreMeter) throws(SQLiteError) {
    let connection = try Connection(path: draft, access: .readWrite, meter: meter.meter)
    // No other process sees this file yet, and it is synced as a whole before any does.
    try connection.execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF")
    try connection.execute("BEGIN; \(Schema.creation) COMMIT")
  }
}
