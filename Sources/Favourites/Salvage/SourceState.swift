internal import Host

/// The data that shows whether a file was written to in the meantime, without its pages.
struct SourceState: Equatable {
  private let file: FileStatus?
  private let counter: [UInt8]
  private let journal: FileStatus?
  private let log: FileStatus?
  /// Whether there is a journal of an unfinished write beside it, to be rolled back.
  let hasJournal: Bool
  /// Whether the header of that journal is damaged, so that nothing can be rolled back with it.
  let isJournalDamaged: Bool
  /// Whether there is a write-ahead log beside it, to be read with it: other programs use one.
  let hasLog: Bool

  /// The first bytes of a journal that has to be rolled back: a finished write leaves none.
  ///
  /// Source: https://www.sqlite.org/fileformat2.html#the_rollback_journal
  private static let hot: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

  /// Reads the state of a file and its companions.
  init(of path: String) throws(HostError) {
    journal = try FileStatus.of(path + "-journal", followingLinks: false)
    log = try FileStatus.of(path + "-wal", followingLinks: false)
    let header = journal?.kind == .regular ? try Self.header(path + "-journal") : []
    hasJournal = header.starts(with: Self.hot)
    isJournalDamaged = hasJournal && !Self.isReadable(header)
    hasLog = log?.kind == .regular && log?.size ?? 0 > 0
    file = try FileStatus.of(path, followingLinks: false)
    counter = try File(reading: path).read(at: 24, count: 4)
  }

  /// Whether a journal has to be rolled back.
  static func isHot(_ journal: String) throws(HostError) -> Bool {
    try header(journal).starts(with: hot)
  }

  private static func header(_ journal: String) throws(HostError) -> [UInt8] {
    do throws(HostError) {
      return try File(reading: journal).read(at: 0, count: 28)
    } catch let error where error.isNotFound {
      return []
    }
  }

  /// Whether a journal gives the sizes of sectors and pages: SQLite takes one that does not for
  /// empty.
  private static func isReadable(_ header: [UInt8]) -> Bool {
    guard header.count == 28 else { return false }
    return [(20, 32), (24, 512)].allSatisfy { offset, least in
      let size = DatabasePages.number(header, at: offset)
      return size >= least && size <= 65_536 && size & (size - 1) == 0
    }
  }
}
