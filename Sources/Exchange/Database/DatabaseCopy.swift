internal import Host

/// Copies the database of a program that may be running, without asking that program.
///
/// Browsers keep theirs locked for as long as they run, so it cannot be read where it is, and is not to be
/// written to, as reading by SQLite may do.
enum DatabaseCopy {
  /// How every SQLite database begins: https://www.sqlite.org/fileformat.html, 1.3.1.
  static let magic: [UInt8] = Array("SQLite format 3\0".utf8)
  /// How a journal begins that is to be rolled back: 3 of the same.
  private static let journalMagic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
  /// The largest database that is copied, in bytes.
  private static let largest: Int64 = 4 << 30
  /// How often it is tried to get a copy while nobody writes.
  private static let attempts = 5

  /// Copies the database at `path`, and what was committed to the log beside it, to `copy`.
  ///
  /// The index of the log (`-shm`) stays: SQLite makes it anew from the log. So does a journal: it may name
  /// another file, which SQLite would remove when it rolls back; a database that needs one is refused.
  static func make(of path: String, at copy: String) throws(ExchangeError) {
    try check(path)
    do throws(HostError) {
      for _ in 1...attempts {
        let before = try stamp(path)
        try copyFile(path, to: copy)
        if try FileStatus.of(path + "-wal", followingLinks: true)?.kind == .regular {
          try copyFile(path + "-wal", to: copy + "-wal")
        }
        // "[…] the salt values in the WAL header change" whenever the log is begun anew. Until then all
        // that has gone from the log into the database is in the log too, so that the two copies fit.
        if try before == stamp(path) { return }
        try File.remove(copy)
        if try FileStatus.of(copy + "-wal", followingLinks: false) != nil {
          try File.remove(copy + "-wal")
        }
      }
    } catch {
      throw .host(error)
    }
    // One half of it may be of before a change, and the other of after it.
    throw .busy("its program keeps writing to it; close the program first")
  }

  /// Refuses what is no plain file, what is too large, and what another program has not finished writing.
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
    // SQLite takes a last page that breaks off for one that ends with zeros.
    guard header.count == 18, status.size % pageSize(header) == 0 else {
      throw .malformed(nil, "the file ends too early")
    }
    guard journal == journalMagic else { return }
    throw .malformed(
      nil, "its program is writing to it, or crashed; start and close the program first")
  }

  /// "The database page size in bytes. Must be a power of two between 512 and 32768 inclusive, or the value 1
  /// representing a page size of 65536."
  private static func pageSize(_ header: [UInt8]) -> Int64 {
    let size = Int64(header[16]) << 8 | Int64(header[17])
    return size == 1 ? 65_536 : max(size, 512)
  }

  /// What changes when a database is written: its size, its counter of changes, and the header of its log.
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
    // A file of gigabytes that is nothing but a hole is soon made.
    try source.copyAll(to: target)
    try target.close()
  }
}
