internal import Host

/// What tells whether a file was written to meanwhile, without its pages.
struct SourceState: Equatable {
  private let file: FileStatus?
  private let counter: [UInt8]
  private let journal: FileStatus?
  private let log: FileStatus?
  /// Whether a write lies beside it that has not ended, and is to be rolled back.
  let hasJournal: Bool
  /// Whether that journal does not say how it is to be read, so that nothing can be taken back by it.
  let isJournalDamaged: Bool
  /// Whether changes lie beside it that are to be read with it: other programs write so.
  let hasLog: Bool

  /// The first bytes of a journal that is to be rolled back: a write that has ended leaves none.
  ///
  /// Source: https://www.sqlite.org/fileformat2.html#the_rollback_journal
  private static let hot: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

  /// Looks at a file, and at what SQLite keeps beside it.
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

  /// Whether a journal is to be rolled back.
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

  /// Whether a journal tells the sizes of sectors and pages: SQLite takes one that does not for empty.
  private static func isReadable(_ header: [UInt8]) -> Bool {
    guard header.count == 28 else { return false }
    return [(20, 32), (24, 512)].allSatisfy { offset, least in
      let size = DatabasePages.number(header, at: offset)
      return size >= least && size <= 65_536 && size & (size - 1) == 0
    }
  }
}
