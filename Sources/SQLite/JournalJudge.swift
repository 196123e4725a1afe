internal import CSQLite

/// Decides whether a journal is ours to play back, before SQLite opens it: the only place that
/// does.
///
/// SQLite plays back any file with the name of a journal. Whoever may put one there can write
/// anything into the database; and if its last bytes name a file, SQLite removes that file
/// afterwards. So every connection's access to the file system goes through this check
/// (`favs_door_open`), at the moment when SQLite has found that nobody is writing and that there is
/// a journal: a journal that another process is using does not get here.
///
/// Nothing can be swapped between the check and the opening. A journal that is played back must be
/// in a folder that only its owner may write to; a new journal is created exclusively (`O_EXCL`);
/// and a file named in a journal is never opened, whatever happens otherwise. Sources:
/// https://www.sqlite.org/fileformat2.html#the_rollback_journal; SQLite's pager.c, `hasHotJournal`,
/// `readSuperJournal`, `pager_playback`.
enum JournalJudge {
  private static let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

  /// Returns 0, or the code with which SQLite is to refuse.
  static func judge(
    _ path: String, _ flags: inout Int32, header: UnsafeRawBufferPointer?, size: Int64
  ) -> Int32 {
    let isLog = flags & SQLITE_OPEN_WAL != 0
    let database = String(decoding: path.utf8.dropLast(isLog ? 4 : 8), as: UTF8.self)
    guard let journal = status(of: path) else {
      if !isLog, flags & SQLITE_OPEN_CREATE != 0 { flags |= SQLITE_OPEN_EXCLUSIVE }
      // A log is shared by all processes that have the database open, so there is no telling which
      // began it.
      guard isLog, isOpen(folderOf: path, database) else { return SQLITE_OK }
      return JournalRefusal.folderIsOpen.code(isLog: isLog)
    }
    let pages = unsafe header.map { unsafe pageSize($0) } ?? 0
    let refusal =
      isLog
      ? refusal(ofLog: journal, path, database)
      : flags & SQLITE_OPEN_CREATE != 0
        ? refusal(ofBegun: journal, database)
        : refusal(ofPlayed: journal, path, database, size, pages)
    return refusal?.code(isLog: isLog) ?? SQLITE_OK
  }

  /// Whether an existing journal would be refused, determined without SQLite.
  static func refuses(_ path: String, _ flags: Int32, database: String) -> Bool {
    guard status(of: path) != nil else { return false }
    var flags = flags
    let size = Int64(status(of: database)?.st_size ?? 0)
    let header = ends(of: database, size, first: 100).first
    return unsafe header.withUnsafeBytes { header in
      unsafe judge(path, &flags, header: header.count == 100 ? header : nil, size: size)
    } != SQLITE_OK
  }

  /// Checks an existing journal that a new change is about to overwrite: pages of the database will
  /// go into it.
  private static func refusal(ofBegun journal: stat, _ database: String) -> JournalRefusal? {
    guard isPlain(journal) else { return .notPlain }
    return journal.st_uid == geteuid() || isOurs(journal, database) ? nil : .notOurs
  }

  private static func refusal(
    ofPlayed journal: stat, _ path: String, _ database: String, _ size: Int64, _ pageSize: Int64
  ) -> JournalRefusal? {
    guard favs_is_plain(journal.st_mode) != 0 else { return .notPlain }
    let length = Int64(journal.st_size)
    let (first, last) = ends(of: path, length)
    // A journal that begins with a zero is finished. But as root, SQLite gives whatever it opens to
    // the owner of the database.
    guard first.first ?? (length == 0 ? 0 : 1) != 0 else {
      return geteuid() == 0 ? refusal(ofBegun: journal, database) : nil
    }
    if let refusal = refusal(ofUsed: journal, path, database) { return refusal }
    guard !namesAnother(last, length) else { return .namesAnother }
    return isOf(first, length, database: size, pageSize) ? nil : .isOfAnother
  }

  private static func refusal(
    ofLog log: stat, _ path: String, _ database: String
  ) -> JournalRefusal? {
    if let refusal = refusal(ofUsed: log, path, database) { return refusal }
    // Its index is trusted without a check.
    guard let index = status(of: database + "-shm") else { return nil }
    return refusal(ofUsed: index, path, database)
  }

  /// Checks a file that is read and trusted: its owner, and whether others may write to it or could
  /// have put it there.
  private static func refusal(
    ofUsed journal: stat, _ path: String, _ database: String
  ) -> JournalRefusal? {
    guard isPlain(journal) else { return .notPlain }
    guard isOurs(journal, database) else { return .notOurs }
    guard !isOpen(journal) else { return .isOpen }
    return isOpen(folderOf: path, database) ? .folderIsOpen : nil
  }

  private static func isPlain(_ file: stat) -> Bool {
    favs_is_plain(file.st_mode) != 0 && file.st_nlink == 1
  }

  /// Whether a journal belongs to the owner of the database, who is this user. Root may play back
  /// for others.
  private static func isOurs(_ journal: stat, _ database: String) -> Bool {
    guard let file = status(of: database) else { return false }
    return journal.st_uid == file.st_uid && (file.st_uid == geteuid() || geteuid() == 0)
  }

  /// Whether other users may write to it.
  private static func isOpen(_ file: stat) -> Bool { file.st_mode & 0o022 != 0 }

  /// Whether users other than the database's owner, this user and root may add files to the folder.
  /// In one like /tmp they may, though they cannot remove any.
  private static func isOpen(folderOf path: String, _ database: String) -> Bool {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.utf8.startIndex
    let folder = name == path.utf8.startIndex ? "/" : String(path[..<name])
    guard let status = status(of: folder), let file = Self.status(of: database) else { return true }
    return isOpen(status) || ![0, geteuid(), file.st_uid].contains(status.st_uid)
  }

  /// Whether a journal ends like one that names another file, however wrong the rest of it is.
  private static func namesAnother(_ last: [UInt8], _ length: Int64) -> Bool {
    guard last.count == 16, last[8...].elementsEqual(magic) else { return false }
    let name = number(in: last, at: 0)
    return name > 0 && name <= length - 16
  }

  /// Whether a journal can belong to its database. That includes one with an unfinished header, of
  /// which SQLite plays back nothing: the power may have failed before the system had written all
  /// of it.
  private static func isOf(
    _ first: [UInt8], _ length: Int64, database: Int64, _ pageSize: Int64
  ) -> Bool {
    guard first.count == 28, first.starts(with: magic) else { return true }
    let (pages, sector, page) = (
      number(in: first, at: 16), number(in: first, at: 20), number(in: first, at: 24)
    )
    guard isPowerOfTwo(sector, from: 32), page == 0 || isPowerOfTwo(page, from: 512) else {
      return true
    }
    guard pageSize == 0 || page == 0 || page == pageSize else { return false }
    // Pages that no longer exist are in the journal.
    return pages * max(page, pageSize, 512) <= database + length
  }

  private static func isPowerOfTwo(_ value: Int64, from least: Int64) -> Bool {
    value >= least && value <= 65_536 && value & (value - 1) == 0
  }

  /// The page size from the header of a database; 0 if it is not one.
  private static func pageSize(_ header: UnsafeRawBufferPointer) -> Int64 {
    guard unsafe header.starts(with: "SQLite format 3\u{0}".utf8) else { return 0 }
    let size = unsafe Int64(header[16]) << 8 | Int64(header[17])
    return size == 1 ? 65_536 : size
  }

  private static func number(in bytes: [UInt8], at offset: Int) -> Int64 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int64($1) }
  }

  /// The first bytes and the last 16; empty if they cannot be read.
  private static func ends(
    of path: String, _ length: Int64, first: Int = 28
  ) -> (first: [UInt8], last: [UInt8]) {
    let number = unsafe favs_open_to_look(path)
    guard number >= 0 else { return ([], []) }
    defer { close(number) }
    func bytes(_ count: Int, at offset: Int64) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: count)
      let given = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(number, buffer.baseAddress, count, off_t(offset))
      }
      return Array(bytes.prefix(max(given, 0)))
    }
    return (bytes(first, at: 0), length < 16 ? [] : bytes(16, at: length - 16))
  }

  private static func status(of path: String) -> stat? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status : nil
  }
}
