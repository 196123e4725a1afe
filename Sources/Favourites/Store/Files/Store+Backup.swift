internal import Host
internal import SQLite

extension Store {
  /// How many backups of its own favs keeps of a file.
  package static let automaticBackups = 5

  /// The backups of a file that stand in its own folder, or in another, the latest first.
  package static func backups(
    of path: String, in folder: String? = nil
  ) throws(StoreError) -> [Backup] {
    try translating {
      let resolved = try resolve(path)
      let isOwn = folder == nil
      let folder = folder ?? backupFolder(of: resolved)
      guard let status = try FileStatus.of(folder, followingLinks: false),
        status.kind == .directory
      else { return [] }
      if isOwn { try checkBackupFolder(folder, status, of: resolved) }
      var found: [Backup] = []
      for name in try Directory.names(in: folder) {
        guard let (at, reason) = Backup.parse(name),
          let status = try FileStatus.of("\(folder)/\(name)", followingLinks: false),
          status.kind == .regular
        else { continue }
        found.append(
          Backup(name: name, path: "\(folder)/\(name)", at: at, reason: reason, size: status.size))
      }
      return found.sorted { ($0.at, $0.name) > ($1.at, $1.name) }
    }
  }

  /// The length of a file of favourites in bytes; 0 where there is none.
  package static func size(of path: String) throws(StoreError) -> Int64 {
    try translating { try FileStatus.of(path, followingLinks: true)?.size ?? 0 }
  }

  /// Refuses where the folder of backups is not to be trusted: what is to be forgotten in it could not be.
  package static func checkBackups(of path: String) throws(StoreError) {
    do throws(StoreError) {
      _ = try backups(of: path)
    } catch .host(let error) where error.isNotFound {
      // Where there is no folder yet, there is no backup.
    }
  }

  /// Refuses a folder of backups that another user made, or may write to: what lies there may be anybody's.
  private static func checkBackupFolder(
    _ folder: String, _ status: FileStatus, of resolved: String
  ) throws {
    let file = try FileStatus.of(resolved, followingLinks: false)
    guard [FileStatus.currentUser, file?.owner].contains(status.owner) else {
      throw StoreError.unusable(path: folder, .notOurs)
    }
    guard status.mode & 0o022 == 0 else { throw StoreError.unusable(path: folder, .isOpen) }
  }

  /// Makes a backup in the file's own folder, or in another; of automatic ones the oldest go then.
  ///
  /// - Parameters:
  ///   - needed: the path of a backup that does not go, however old it is.
  ///   - mustBeOurs: true to refuse a file of another user: one that nobody named.
  /// - Throws: `.host` with `isNotFound` where there is no file; `.unusable` where it is damaged.
  @discardableResult
  package static func backUp(
    _ path: String, _ reason: Backup.Reason, in folder: String? = nil, needed: String? = nil,
    mustBeOurs: Bool = false, meter: StoreMeter = StoreMeter()
  ) throws(StoreError) -> Backup {
    let resolved = try resolve(path)
    _ = try FileHeader.check(resolved, named: path, mustBeOurs: mustBeOurs)
    let isOwn = folder == nil
    let folder = folder ?? backupFolder(of: resolved)
    let made: Backup = try translating {
      try Directory.createPrivate(folder, like: isOwn ? resolved : nil)
      if isOwn, let status = try FileStatus.of(folder, followingLinks: false) {
        try checkBackupFolder(folder, status, of: resolved)
      }
      var at = Timestamp(milliseconds: Clock.now())
      while try FileStatus.of("\(folder)/\(Backup.name(at, reason))", followingLinks: false) != nil
      {
        at = Timestamp(milliseconds: at.milliseconds + 1)
      }
      let name = Backup.name(at, reason)
      // A link to a folder is the user's way to it; SQLite would open nothing behind one.
      let place = isOwn ? folder : try Directory.resolve(folder)
      let size = try copy(
        resolved, named: path, to: "\(place)/\(name)", like: isOwn ? resolved : nil, meter)
      return Backup(
        name: name, path: "\(folder)/\(name)", at: at, reason: reason, size: size)
    }
    if reason.isAutomatic {
      let found = try backups(of: path).filter { $0.path != needed }
      try prune(found, keeping: automaticBackups, with: made, \.isAutomatic)
    }
    return made
  }

  /// Makes a backup of a file at a path of one's own, in place of an older backup there.
  /// - Throws: `.unusable` where something else than a favourites file has the name; `.notOlder` where that holds
  ///   what this file does not; `.companion` where it is the name of a journal or a lock.
  package static func backUp(
    _ path: String, to target: String, mustBeOurs: Bool = false, meter: StoreMeter = StoreMeter()
  ) throws(StoreError) {
    let resolved = try resolve(path)
    _ = try FileHeader.check(resolved, named: path, mustBeOurs: mustBeOurs)
    let place = try resolve(target)
    guard !isCompanionName(target) else { throw .companionName(path: target) }
    try translating {
      if try FileStatus.of(place, followingLinks: false) != nil {
        if try isOneFile(place, resolved) { throw StoreError.backupOfItself(path: target) }
        try checkIsOlder(place, named: target, than: resolved, meter)
      }
      _ = try copy(resolved, named: path, to: place, meter)
    }
  }

  /// Removes the oldest of the backups that were asked for, beyond a number.
  /// - Parameter made: the one that was just made, which stays however the others are dated.
  package static func keepBackups(
    _ count: Int, of path: String, with made: Backup?, in folder: String? = nil
  ) throws(StoreError) {
    try prune(backups(of: path, in: folder), keeping: count, with: made) { !$0.isAutomatic }
  }

  /// Removes all automatic backups, and what is left beside the file and of backups that were broken off: they hold
  /// what is to be forgotten.
  /// - Returns: how many backups there were.
  package static func removeAutomaticBackups(of path: String) throws(StoreError) -> Int {
    let found = try backups(of: path)
    try prune(found, keeping: 0, with: nil, \.isAutomatic)
    try translating {
      let resolved = try resolve(path)
      StagedFile.sweep(Directory.above(resolved))
      let folder = backupFolder(of: resolved)
      guard try FileStatus.of(folder, followingLinks: false)?.kind == .directory else { return }
      StagedFile.sweep(folder)
    }
    return found.count { $0.reason.isAutomatic }
  }

  /// Names tell how old backups are, and the clock may have been ahead: the one that was just made counts as the
  /// latest.
  private static func prune(
    _ backups: [Backup], keeping count: Int, with made: Backup?,
    _ isMeant: (Backup.Reason) -> Bool
  ) throws(StoreError) {
    let meant = backups.filter { isMeant($0.reason) }
    let others = meant.filter { $0.name != made?.name }
    for backup in others.dropFirst(made == nil ? count : count - 1) {
      do {
        try File.remove(backup.path)
      } catch let error where !error.isNotFound {
        throw .host(error)
      } catch {
        // Another favs was faster.
      }
    }
  }

  static func backupFolder(of resolved: String) -> String { resolved + ".backups" }

  /// Copies a file through SQLite, checks the copy, and only then gives it its name; gives its size.
  /// - Parameter owner: what a copy that root makes gets its owner from.
  static func copy(
    _ resolved: String, named path: String, to target: String, like owner: String? = nil,
    _ meter: StoreMeter
  ) throws -> Int64 {
    let draft = try StagedFile(for: target, like: owner)
    try fill(draft.path, from: resolved, named: target, meter)
    try checkCopy(draft.path, named: path, meter)
    if try FileStatus.of(target, followingLinks: false) == nil { try setAsideJournal(of: target) }
    return try draft.replace()
  }

  /// Copies a file through SQLite, without anything that was deleted.
  static func fill(
    _ draft: String, from resolved: String, named target: String, _ meter: StoreMeter
  ) throws {
    let original = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
    do throws(SQLiteError) {
      try original.copy(to: draft)
    } catch {
      guard error.code.primary == .full else { throw error }
      // It is the copy that found no room. 28 is ENOSPC.
      throw HostError(
        call: "write", path: target, code: error.systemError == 0 ? 28 : error.systemError)
    }
  }

  /// Reads a copy through, and compares its layout: what another hand added is in no backup.
  private static func checkCopy(
    _ draft: String, named path: String, _ meter: StoreMeter
  ) throws {
    let copy = try Connection(path: draft, access: .readOnly, meter: meter.meter)
    if let damage = try copy.firstDamage() {
      throw StoreError.unusable(path: path, .damaged(damage))
    }
    // An older one is compared when it is brought up to date.
    guard try FileHeader.check(draft, named: path) == Schema.version else { return }
    _ = try open(draft, named: path, access: .readOnly, isWriting: false, meter: meter)
  }
}
