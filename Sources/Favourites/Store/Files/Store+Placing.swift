internal import Host
internal import SQLite

// Where files may be put, and what must not be in their way.

extension Store {
  /// The suffixes of files that SQLite and favs keep beside a file.
  private static let companions = ["-journal", "-wal", "-shm", ".lock"]

  /// Whether a path leads to an SQLite database: favourites, a backup, or another program's.
  package static func isDatabase(_ path: String) throws(StoreError) -> Bool {
    try translating {
      guard try FileStatus.of(path, followingLinks: true)?.kind == .regular else { return false }
      let file = try File(reading: Directory.resolve(path))
      var bytes: [UInt8] = []
      _ = try file.read(into: &bytes, upTo: FileHeader.magic.count)
      return bytes == FileHeader.magic
    }
  }

  /// Refuses the name of a journal or lock of an existing database: SQLite would take the file for
  /// one, and remove it or destroy the database with it.
  package static func checkTarget(_ target: String) throws(StoreError) {
    for ending in companions where target.hasSuffix(ending) {
      let database = String(target.dropLast(ending.utf8.count))
      if !database.isEmpty, try isDatabase(database) { throw .companion(path: target) }
    }
  }

  /// Whether a path has the name of a file that SQLite or favs keeps beside a database. No database
  /// may have one: the neighbouring database would take it for its own, play it back or remove it.
  package static func isCompanionName(_ path: String) -> Bool {
    companions.contains { path.utf8.reversed().starts(with: $0.utf8.reversed()) }
  }

  /// Refuses a file of another user.
  static func checkIsOurs(_ resolved: String, named path: String) throws(StoreError) {
    let status = try translating { try FileStatus.of(resolved, followingLinks: false) }
    guard let status, status.owner != FileStatus.currentUser else { return }
    throw .unusable(path: path, .notOurs)
  }

  /// Whether two paths lead to the same file.
  static func isOneFile(_ first: String, _ second: String) throws(StoreError) -> Bool {
    try translating {
      let one = try FileStatus.of(first, followingLinks: true)
      let other = try FileStatus.of(second, followingLinks: true)
      return one != nil && one?.identity == other?.identity
    }
  }

  /// Refuses to replace a file that is not an older copy of the same file: data in it would be
  /// lost.
  static func checkIsOlder(
    _ place: String, named target: String, than resolved: String, _ meter: StoreMeter
  ) throws(StoreError) {
    _ = try FileHeader.check(place, named: target)
    let isOlder: Bool
    do throws(StoreError) {
      isOlder = try translating { try holdsAll(of: place, resolved, meter) }
    } catch {
      throw error.isDamage ? .unusable(path: target, .damaged("it cannot be read")) : error
    }
    guard isOlder else { throw .notOlder(path: target) }
  }

  /// Whether the last change of a copy is one of a file's changes.
  private static func holdsAll(
    of copy: String, _ resolved: String, _ meter: StoreMeter
  ) throws -> Bool {
    // This also rolls back an interrupted change in it, so that no journal is left behind.
    let old = try Connection(path: copy, access: .readWrite, meter: meter.meter)
    let last = try old.query("SELECT number, uid FROM change ORDER BY number DESC LIMIT 1")
    guard try last.next() else { return true }
    let new = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
    let same = try new.query("SELECT 1 FROM change WHERE number = ? AND uid = ?")
    same.bind(last.integer(0), last.bytes(1))
    return try same.next()
  }

  /// Renames a journal whose file no longer exists. SQLite would roll it back into the next file of
  /// that name, and so destroy that.
  static func setAsideJournal(of resolved: String) throws {
    var left: [String] = []
    for ending in ["-journal", "-wal"] {
      let status = try FileStatus.of(resolved + ending, followingLinks: false)
      if let status, status.size > 0 || status.kind != .regular { left.append(ending) }
    }
    if !left.isEmpty { _ = try setAside(resolved, left) }
  }

  /// Renames a file and its companions; returns the new name.
  /// - Parameter endings: the suffixes of the files to move, in this order; empty for the file
  ///   itself.
  static func setAside(_ resolved: String, _ endings: [String]) throws -> String {
    let aside = "\(resolved).damaged-\(Backup.stamp(Timestamp(milliseconds: Clock.now())))"
    for ending in endings {
      do throws(HostError) {
        try File.rename(resolved + ending, to: aside + ending)
      } catch {
        // Usually there is no journal.
        guard error.isNotFound else { throw error }
      }
    }
    try File.syncDirectory(split(resolved).directory)
    return aside
  }
}
