internal import Host
internal import SQLite

// Where files may be put, and what has to be out of their way.

extension Store {
  /// What SQLite and favs keep beside a file, by what its name ends with.
  private static let companions = ["-journal", "-wal", "-shm", ".lock"]

  /// Whether a path leads to a database of SQLite: favourites, a backup, or another program's.
  package static func isDatabase(_ path: String) throws(StoreError) -> Bool {
    try translating {
      guard try FileStatus.of(path, followingLinks: true)?.kind == .regular else { return false }
      let file = try File(reading: Directory.resolve(path))
      var bytes: [UInt8] = []
      _ = try file.read(into: &bytes, upTo: FileHeader.magic.count)
      return bytes == FileHeader.magic
    }
  }

  /// Refuses the name of a journal or a lock of a database that is there: SQLite would take what is put there for
  /// one, and remove it or destroy the database by it.
  package static func checkTarget(_ target: String) throws(StoreError) {
    for ending in companions where target.hasSuffix(ending) {
      let database = String(target.dropLast(ending.utf8.count))
      if !database.isEmpty, try isDatabase(database) { throw .companion(path: target) }
    }
  }

  /// Whether a path has the name of what SQLite or favs keeps beside a database. No database may: that of the one it
  /// stands beside would take it for its own, play it back or remove it.
  package static func isCompanionName(_ path: String) -> Bool {
    companions.contains { path.utf8.reversed().starts(with: $0.utf8.reversed()) }
  }

  /// Refuses a file of another user.
  static func checkIsOurs(_ resolved: String, named path: String) throws(StoreError) {
    let status = try translating { try FileStatus.of(resolved, followingLinks: false) }
    guard let status, status.owner != FileStatus.currentUser else { return }
    throw .unusable(path: path, .notOurs)
  }

  /// Whether two paths lead to one file.
  static func isOneFile(_ first: String, _ second: String) throws(StoreError) -> Bool {
    try translating {
      let one = try FileStatus.of(first, followingLinks: true)
      let other = try FileStatus.of(second, followingLinks: true)
      return one != nil && one?.identity == other?.identity
    }
  }

  /// Refuses to put a copy in the place of what is no older copy of the same file: something is in it that would
  /// be lost.
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

  /// Whether the last change of a copy is one of a file's.
  private static func holdsAll(
    of copy: String, _ resolved: String, _ meter: StoreMeter
  ) throws -> Bool {
    // By the way, what was broken off in it is rolled back, so that no journal is left behind.
    let old = try Connection(path: copy, access: .readWrite, meter: meter.meter)
    let last = try old.query("SELECT number, uid FROM change ORDER BY number DESC LIMIT 1")
    guard try last.next() else { return true }
    let new = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
    let same = try new.query("SELECT 1 FROM change WHERE number = ? AND uid = ?")
    same.bind(last.integer(0), at: 1)
    same.bind(last.bytes(1), at: 2)
    return try same.next()
  }

  /// Gives a journal another name where the file that it belongs to is no more. SQLite would roll it back into the
  /// next file of that name, and so destroy that.
  static func setAsideJournal(of resolved: String) throws {
    var left: [String] = []
    for ending in ["-journal", "-wal"] {
      let status = try FileStatus.of(resolved + ending, followingLinks: false)
      if let status, status.size > 0 || status.kind != .regular { left.append(ending) }
    }
    if !left.isEmpty { _ = try setAside(resolved, left) }
  }

  /// Gives a file, and what stands beside it, another name; gives that.
  /// - Parameter endings: of what is moved, in this order; empty for the file itself.
  static func setAside(_ resolved: String, _ endings: [String]) throws -> String {
    let aside = "\(resolved).damaged-\(Backup.stamp(Timestamp(milliseconds: Clock.now())))"
    for ending in endings {
      do throws(HostError) {
        try File.rename(resolved + ending, to: aside + ending)
      } catch {
        // As a rule there is no journal.
        guard error.isNotFound else { throw error }
      }
    }
    try File.syncDirectory(split(resolved).directory)
    return aside
  }
}
