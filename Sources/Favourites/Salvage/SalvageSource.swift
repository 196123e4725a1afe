internal import Host
internal import SQLite

/// A damaged file to read, or a copy of it if a write was interrupted or is in progress: SQLite
/// rolls the copy back. The file itself and its companions are never written to.
struct SalvageSource: ~Copyable {
  /// Where to read.
  let path: String
  /// Whether an unfinished write could not be rolled back.
  private(set) var isPending = false
  /// The location of the copy; a separate folder, so that no one else can put a journal beside it.
  private let folder: PrivateFolder?

  private init(_ path: String, _ folder: consuming PrivateFolder? = nil, isPending: Bool = false) {
    self.path = path
    self.folder = folder
    self.isPending = isPending
  }

  private static let copyName = "copy.db"
  /// Folders with a copy and its companions.
  private static let use = PrivateFolder.Use("salvage") { names in
    names.allSatisfy { name in
      ["", "-journal", "-wal", "-shm"].contains { name.utf8.elementsEqual((copyName + $0).utf8) }
    }
  }

  /// Passes the source to a closure in one consistent state: retries if another program writes in
  /// the meantime.
  ///
  /// - Parameters:
  ///   - resolved: the file, with links resolved.
  ///   - path: the file as the user named it.
  ///   - target: a copy may be made beside it.
  static func reading<Result>(
    _ resolved: String, named path: String, beside target: String, meter: StoreMeter,
    _ body: (borrowing SalvageSource) throws -> Result
  ) throws -> Result {
    let gate = try gate(of: resolved, named: path, meter)
    for _ in 0..<5 {
      let before = try SourceState(of: resolved)
      let source = try open(resolved, before, beside: target, meter)
      // A copy made while the file changed is in a state that the file never had.
      if source.folder != nil, try SourceState(of: resolved) != before { continue }
      let result = try body(source)
      if source.folder != nil { return result }
      if try SourceState(of: resolved) == before { return result }
    }
    _ = consume gate
    throw StoreError.busy(path: path)
  }

  /// The lock of writers to the file, if it has one: none is made beside a damaged file.
  private static func gate(
    of resolved: String, named path: String, _ meter: StoreMeter
  ) throws(StoreError) -> Lock? {
    do throws(StoreError) {
      let lock = try translating {
        try FileStatus.of(resolved + ".lock", followingLinks: false)
      }
      guard lock?.kind == .regular else { return nil }
      return try Store.takeGate(path: resolved, named: path, meter: meter)
    } catch .host {
      // A process that may only read does without.
      return nil
    }
  }

  private static func open(
    _ resolved: String, _ state: SourceState, beside target: String, _ meter: StoreMeter
  ) throws -> SalvageSource {
    guard state.hasJournal || state.hasLog else { return SalvageSource(resolved) }
    // Leave out a journal that may be another user's: its contents were never in the file.
    guard !Connection.refusesJournals(of: resolved) else {
      return SalvageSource(resolved, isPending: true)
    }
    let parent = Directory.above(target)
    try Directory.createPrivate(parent)
    PrivateFolder.sweep(use, in: parent)
    let folder = try PrivateFolder(for: use, in: parent)
    let path = folder.path + "/" + copyName
    var source = SalvageSource(path, folder)
    for (suffix, isThere) in [("", true), ("-journal", state.hasJournal), ("-wal", state.hasLog)]
    where isThere {
      let file = try File.createPrivate(at: path + suffix)
      try eachPiece(of: resolved + suffix) { (piece) throws(HostError) in try file.writeAll(piece) }
    }
    source.isPending = try !isTakenBack(path, meter) || state.isJournalDamaged
    return source
  }

  /// Has SQLite bring a copy to the state after the last complete write; returns whether it did.
  private static func isTakenBack(_ path: String, _ meter: StoreMeter) throws -> Bool {
    do throws(SQLiteError) {
      let connection = try Connection(path: path, access: .readWrite, meter: meter.meter)
      // The first reader rolls a journal back, before reading the file itself.
      try connection.execute("PRAGMA schema_version; PRAGMA wal_checkpoint(TRUNCATE)")
    } catch {
      // Too damaged for SQLite to read. Only the state of the journal matters.
    }
    let log = try FileStatus.of(path + "-wal", followingLinks: false)
    return try !SourceState.isHot(path + "-journal") && log?.size ?? 0 == 0
  }

  /// Reads a file from beginning to end; parts that the disk cannot read count as zeros.
  private static func eachPiece(
    of path: String, _ body: ([UInt8]) throws(HostError) -> Void
  ) throws(HostError) {
    let file = try File(reading: path)
    let size = try file.status().size
    var offset: Int64 = 0
    while offset < size {
      let whole = Int(min(1 << 20, size - offset))
      if let piece = try? file.read(at: offset, count: whole) {
        guard !piece.isEmpty else { return }
        try body(piece)
        offset += Int64(piece.count)
        continue
      }
      for start in stride(from: 0, to: whole, by: 4_096) {
        let count = min(4_096, whole - start)
        try body(
          (try? file.read(at: offset + Int64(start), count: count))
            ?? [UInt8](repeating: 0, count: count))
      }
      offset += Int64(whole)
    }
  }
}
