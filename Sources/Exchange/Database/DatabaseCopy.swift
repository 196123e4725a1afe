internal import Host

/// Copies the database of a program that may be running, without its cooperation.
///
/// Browsers keep their databases locked while they run, so these cannot be read in place, and must
/// not be written to, which SQLite may do even when it only reads.
enum DatabaseCopy {
  /// The first bytes of every SQLite database: https://www.sqlite.org/fileformat.html, 1.3.1.
  static let magic: [UInt8] = Array("SQLite format 3\0".utf8)
  /// The first bytes of a journal to be rolled back: section 3 of the same document.
  private static let journalMagic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
  /// The largest database to copy, in bytes.
  private static let largest: Int64 = 4 << 30
  /// How often to retry until no other program writes during the copy.
  private static let attempts = 5

  /// Copies the database at `path` to `copy`, with everything committed to its write-ahead log.
  ///
  /// Does not copy the index of the log (`-shm`), which SQLite rebuilds, or a rollback journal: it
  /// may name another file, which SQLite would remove. A database that needs its journal is
  /// rejected.
  static func make(of path: String, at copy: String) throws(ExchangeError) {
    try check(path)
    do throws(HostError) {
      for _ in 1...attempts {
        let before = try stamp(path)
        try copyFile(path, to: copy)
        if try FileStatus.of(path + "-wal", followingLinks: true)?.kind == .regular {
          try copyFile(path + "-wal", to: copy + "-wal")
        }
        // "[…] the salt values in the WAL header change" whenever the log is restarted. Until then
        // everything moved from the log to the database is also still in the log, so that the two
        // copies match.
        if try before == stamp(path) { return }
        try File.remove(copy)
        if try FileStatus.of(copy + "-wal", followingLinks: false) != nil {
          try File.remove(copy + "-wal")
        }
      }
    } catch {
      throw .host(error)
    }
    // Its parts may come from before and after a change.
    throw .busy("its program keeps writing to it; close the program first")
  }

  /// Throws if the file is not a regular file, is too large, or has unfinished writes.
  private static func check(_ path: String) throws(ExchangeError) {
    let status: FileStatus?
    do {
      status = try FileStatus.of(path, followingLinks: true)
    } catch {
      throw .host(error)
    }
    guard let status, status.kind == .regular else {
      throw .malformed(nil, "a database has to be a plain file")
    }
    guard status.size <= largest else {
      throw .tooLarge("larger than \(largest >> 30) GiB, the limit for this format")
    }
    let header: [UInt8]
    var journal: [UInt8] = []
    do {
      header = try beginning(of: path, 18)
      if try FileStatus.of(path + "-journal", followingLinks: true)?.kind == .regular {
        journal = try beginning(of: path + "-journal", journalMagic.count)
      }
    } catch {
      throw .host(error)
    }
    // SQLite silently pads an incomplete last page with zeros.
    guard header.count == 18, status.size % pageSize(header) == 0 else {
      throw .malformed(nil, "the file ends too early")
    }
    guard journal == journalMagic else { return }
    throw .malformed(
      nil, "its program is writing to it, or crashed; start and close the program first")
  }

  /// "The database page size in bytes. Must be a power of two between 512 and 32768 inclusive, or
  /// the value 1 representing a page size of 65536."
  private static func pageSize(_ header: [UInt8]) -> Int64 {
    let size = Int64(header[16]) << 8 | Int64(header[17])
    return size == 1 ? 65_536 : max(size, 512)
  }

  /// The values that change with every write: the size, the change counter, and the header of the
  /// log.
  private static func stamp(_ path: String) throws(HostError) -> [UInt8] {
    let size = try FileStatus.of(path, followingLinks: true)?.size ?? 0
    var stamp = try beginning(of: path, 100) + Array(size.description.utf8)
    if try FileStatus.of(path + "-wal", followingLinks: true)?.kind == .regular {
      stamp += try beginning(of: path + "-wal", 32)
    }
    return stamp
  }

  private static func beginning(of path: String, _ count: Int) throws(HostError) -> [UInt8] {
    let file = try File(reading: path)
    var bytes: [UInt8] = []
    while bytes.count < count, try file.read(into: &bytes, upTo: count - bytes.count) > 0 {}
    return bytes
  }

  private static func copyFile(_ path: String, to copy: String) throws(HostError) {
    let source = try File(reading: path)
    let target = try File.createPrivate(at: copy)
    // It is easy to make a sparse file of many gigabytes.
    try source.copyAll(to: target)
    try target.close()
  }
}
