internal import Host
internal import SQLite

/// A damaged file that is read, or a copy of it where a write was broken off or is under way: of the copy SQLite
/// takes back what was not finished. The file itself and what lies beside it are never written to.
struct SalvageSource: ~Copyable {
  /// Where to read.
  let path: String
  /// Whether what is not finished could not be taken back.
  private(set) var isPending = false
  /// Where the copy is; a folder of its own, so that nobody else can put a journal beside it.
  private let folder: PrivateFolder?

  private init(_ path: String, _ folder: consuming PrivateFolder? = nil, isPending: Bool = false) {
    self.path = path
    self.folder = folder
    self.isPending = isPending
  }

  private static let copyName = "copy.db"
  /// Folders with a copy and what SQLite keeps beside it.
  private static let use = PrivateFolder.Use("salvage") { names in
    names.allSatisfy { name in
      ["", "-journal", "-wal", "-shm"].contains { name.utf8.elementsEqual((copyName + $0).utf8) }
    }
  }

  /// Hands over what is to be read, in one state: where another program writes meanwhile, once more.
  ///
  /// - Parameters:
  ///   - resolved: the file, free of links.
  ///   - path: the file as the user named it.
  ///   - target: beside which a copy may be made.
  static func reading<Result>(
    _ resolved: String, named path: String, beside target: String, meter: StoreMeter,
    _ body: (borrowing SalvageSource) throws -> Result
  ) throws -> Result {
    let gate = try gate(of: resolved, named: path, meter)
    for _ in 0..<5 {
      let before = try SourceState(of: resolved)
      let source = try open(resolved, before, beside: target, meter)
      // What was copied while it changed is in no state that the file ever had.
      if source.folder != nil, try SourceState(of: resolved) != before { continue }
      let result = try body(source)
      if source.folder != nil { return result }
      if try SourceState(of: resolved) == before { return result }
    }
    _ = consume gate
    throw StoreError.busy(path: path)
  }

  /// The lock of those who write to the file, where anybody ever did: none is made beside a damaged file.
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
      // Whoever may only read does without.
      return nil
    }
  }

  private static func open(
    _ resolved: String, _ state: SourceState, beside target: String, _ meter: StoreMeter
  ) throws -> SalvageSource {
    guard state.hasJournal || state.hasLog else { return SalvageSource(resolved) }
    // What may be another's is left out: what lies in it was never in the file.
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

  /// Lets SQLite bring a copy into the state after the last write that ended; whether it did.
  private static func isTakenBack(_ path: String, _ meter: StoreMeter) throws -> Bool {
    do throws(SQLiteError) {
      let connection = try Connection(path: path, access: .readWrite, meter: meter.meter)
      // Whoever reads first rolls a journal back, before looking at the file itself.
      try connection.execute("PRAGMA schema_version; PRAGMA wal_checkpoint(TRUNCATE)")
    } catch {
      // So damaged that SQLite does not read it. What matters is what has become of the journal.
    }
    let log = try FileStatus.of(path + "-wal", followingLinks: false)
    return try !SourceState.isHot(path + "-journal") && log?.size ?? 0 == 0
  }

  /// Reads a file from its beginning to its end; what the disk does not give counts as zeros.
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
