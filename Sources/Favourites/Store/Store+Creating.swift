internal import Host
internal import SQLite

extension Store {
  /// Makes a new, empty favourites file, whole or not at all, however many do so at once.
  ///
  /// The file is built under a private name and then linked into place: the first to link wins, and
  /// the others use what is there.
  static func create(_ path: String) throws(StoreError) -> String {
    let (directory, name) = split(path)
    return try translating {
      try Directory.createPrivate(directory)
      let folder = try Directory.resolve(directory)
      let resolved = folder + "/" + name
      let random = Randomness.bytes(8).map { String($0, radix: 16) }.joined()
      let draft = folder + "/." + name + ".new." + random
      let made = try File.createPrivate(at: draft)
      do {
        try build(draft)
        try made.sync()
        try File.link(draft, to: resolved)
      } catch let error as HostError where error.isExists {
        // Another favs was first; its file is as good.
      } catch {
        try? File.remove(draft)
        throw error
      }
      try File.remove(draft)
      try File.syncDirectory(folder)
      return resolved
    }
  }

  private static func build(_ draft: String) throws(SQLiteError) {
    let connection = try Connection(path: draft, access: .readWrite)
    // Nobody else sees this file yet, and it is synced as a whole before anybody does.
    try connection.execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF")
    try connection.execute("BEGIN; \(Schema.creation) COMMIT")
  }
}
