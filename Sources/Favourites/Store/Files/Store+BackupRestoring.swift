internal import Host
internal import SQLite

extension Store {
  /// The outcome for the file that a backup replaced.
  package enum Replaced: Equatable, Sendable {
    /// There was none.
    case nothing
    /// A backup was made of it.
    case backedUp(Backup)
    /// It was too damaged for a backup, and was renamed.
    case setAside(path: String)
  }

  /// Replaces a file with a backup, entirely or not at all, and keeps the previous file.
  ///
  /// Other processes see the file either as it was before or as it is afterwards.
  /// - Throws: `.unusable` if the backup is not a sound favourites file.
  package static func restore(
    _ path: String, from source: String, mustBeOurs: Bool = false,
    meter: StoreMeter = StoreMeter()
  ) throws(StoreError) -> Replaced {
    let backup = try resolve(source)
    let resolved = try resolve(path)
    if mustBeOurs { try checkIsOurs(resolved, named: path) }
    if try isOneFile(backup, resolved) { throw .backupOfItself(path: source) }
    do throws(StoreError) {
      try checkBackup(backup, named: source, meter)
    } catch {
      guard case .sqlite(let failure) = error, error.isDamage else { throw error }
      throw .unusable(path: source, .damaged(failure.message))
    }
    let gate = try takeGate(path: resolved, named: path, meter: meter)
    defer { _ = gate }
    let isThere: Bool = try translating {
      try FileStatus.of(resolved, followingLinks: false) != nil
    }
    guard isThere else {
      try translating { try put(backup, named: source, at: resolved, meter) }
      return .nothing
    }
    do throws(StoreError) {
      let old = try backUp(path, .restoring, needed: backup, meter: meter)
      try replace(resolved, by: backup, meter)
      return .backedUp(old)
    } catch {
      guard error.isDamage else { throw error }
      let aside: String = try translating {
        try setAside(resolved, ["-journal", "-wal", ""])
      }
      try translating { try put(backup, named: source, at: resolved, meter) }
      return .setAside(path: aside)
    }
  }

  /// Refuses a file that is not a sound favourites file.
  private static func checkBackup(
    _ backup: String, named source: String, _ meter: StoreMeter
  ) throws(StoreError) {
    let version = try FileHeader.check(backup, named: source)
    try translating {
      let connection = try Connection(path: backup, access: .readOnly, meter: meter.meter)
      if let damage = try connection.firstDamage() {
        throw StoreError.unusable(path: source, .damaged(damage))
      }
    }
    // An older one is compared with the layout of its own version when it is upgraded.
    guard version == Schema.version else { return }
    _ = try open(backup, named: source, access: .readOnly, isWriting: false, meter: meter)
  }

  /// Replaces the contents of a file with those of a backup, in one transaction.
  static func replace(
    _ resolved: String, by backup: String, _ meter: StoreMeter
  ) throws(StoreError) {
    try translating {
      let source = try Connection(path: backup, access: .readOnly, meter: meter.meter)
      let target = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
      try target.prepareForWriting()
      do {
        try target.replaceContent(with: source)
      } catch let error as SQLiteError
        where error.code == .unconfirmedRemoval || error.code == .unconfirmedRelease
      {
        // The journal is gone, so the file holds the new content. 5 is EIO.
        throw HostError(
          call: StagedFile.confirming, path: resolved,
          code: error.systemError == 0 ? 5 : error.systemError)
      }
    }
  }

  /// Copies a backup to a path where there is no file.
  private static func put(
    _ backup: String, named source: String, at resolved: String, _ meter: StoreMeter
  ) throws {
    _ = try copy(backup, named: source, to: resolved, like: resolved, meter)
  }
}

extension StoreError {
  /// Whether the fault is in the file itself.
  var isDamage: Bool {
    switch self {
    case .unusable(_, let reason):
      switch reason {
      case .empty, .notADatabase, .damaged, .altered: true
      case .foreign, .newer, .notAFile, .strayJournal, .notOurs, .isOpen, .nothingLeft: false
      }
    case .sqlite(let error): error.code.primary == .corrupt || error.code.primary == .notADatabase
    default: false
    }
  }
}
