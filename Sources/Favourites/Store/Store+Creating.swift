internal import Host
internal import SQLite

extension Store {
  /// Makes a new, empty favourites file, whole or not at all, however many do so at once.
  ///
  /// The file is built under another name and then linked into place. Whoever holds the writers' lock builds;
  /// the others find the file when it is their turn. What one that was killed left behind goes with the next.
  static func create(_ path: String, meter: StoreMeter) throws(StoreError) -> String {
    let (directory, name) = split(path)
    let folder = try translating {
      try Directory.createPrivate(directory)
      return try Directory.resolve(directory)
    }
    let resolved = folder + "/" + name
    let gate = try takeGate(path: resolved, named: path, meter: meter)
    try translating {
      guard try FileStatus.of(resolved, followingLinks: false) == nil else { return }
      let draft = folder + "/." + name + ".new"
      if try FileStatus.of(draft, followingLinks: false) != nil { try File.remove(draft) }
      let made = try File.createPrivate(at: draft)
      do {
        try build(draft, meter)
        try made.sync()
        try File.link(draft, to: resolved)
      } catch {
        try? File.remove(draft)
        throw error
      }
      try File.remove(draft)
      try File.syncDirectory(folder)
    }
    _ = consume gate
    return resolved
  }

  private static func build(_ draft: String, _ meter: StoreMeter) throws(SQLiteError) {
    let connection = try Connection(path: draft, access: .readWrite, meter: meter.meter)
    // Nobody else sees this file yet, and it is synced as a whole before anybody does.
    try connection.execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF")
    try connection.execute("BEGIN; \(Schema.creation) COMMIT")
  }
}
