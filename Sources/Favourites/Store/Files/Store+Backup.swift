internal import Host
internal import SQLite

extension Store {
  /// The number of automatic backups that favs keeps of a file.
  package static let automaticBackups = 5

  /// The backups of a file in its own folder or another, the latest first.
  package static func backups(
    of path: String, in folder: String? = nil
  ) throws(StoreError) -> [Backup] {
    try translating {
      let resolved: String
      do {
        resolved = try resolve(path)
      } catch StoreError.host(let error) where error.isNotFound {
        // Where the file's folder does not exist yet, there is no backup.
        return []
      }
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

  /// The size of a favourites file in bytes; 0 if there is none.
  package static func size(of path: String) throws(StoreError) -> Int64 {
    try translating { try FileStatus.of(path, followingLinks: true)?.size ?? 0 }
  }

  /// Refuses a backup folder that another user owns or may write to: its files may be anyone's.
  private static func checkBackupFolder(
    _ folder: String, _ status: FileStatus, of resolved: String
  ) throws {
    let file = try FileStatus.of(resolved, followingLinks: false)
    guard [FileStatus.currentUser, file?.owner].contains(status.owner) else {
      throw StoreError.unusable(path: folder, .notOurs)
    }
    guard status.mode & 0o022 == 0 else { throw StoreError.unusable(path: folder, .isOpen) }
  }

  /// Makes a backup in the file's own folder or another; then removes the oldest automatic ones.
  ///
  /// - Parameters:
  ///   - needed: the path of a backup that is kept, however old it is.
  ///   - mustBeOurs: true to refuse another user's file, for a path that was not given explicitly.
  /// - Throws: `.host` with `isNotFound` if there is no file; `.unusable` if it is damaged.
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
      // A link to a folder is the user's choice of path; SQLite would open nothing behind one.
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

  /// Makes a backup at a path that the user chose, replacing an older backup there.
  /// - Throws: `.unusable` if the path names something other than a favourites file; `.notOlder` if
  ///   that file holds data that this one does not; `.companion` if the path is the name of a
  ///   journal or a lock.
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

  /// Removes the oldest of the backups that the user asked for, beyond a number.
  /// - Parameter made: the one just made, which stays whatever the dates of the others.
  package static func keepBackups(
    _ count: Int, of path: String, with made: Backup?, in folder: String? = nil
  ) throws(StoreError) {
    try prune(backups(of: path, in: folder), keeping: count, with: made) { !$0.isAutomatic }
  }

  /// Removes all automatic backups, and leftovers of interrupted ones: they hold data that is to be
  /// deleted for good.
  /// - Returns: the number of backups removed.
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

  /// Names give the age of backups, and the clock may have been ahead: the one just made counts as
  /// the latest.
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

  /// Copies a file through SQLite, checks the copy, and only then gives it its name; returns its
  /// size.
  /// - Parameter owner: where a copy made by root gets its owner from.
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

  /// Copies a file through SQLite, without any deleted data.
  static func fill(
    _ draft: String, from resolved: String, named target: String, _ meter: StoreMeter
  ) throws {
    let original = try Connection(path: resolved, access: .readWrite, meter: meter.meter)
    do throws(SQLiteError) {
      try original.copy(to: draft)
    } catch {
      guard error.code.primary == .full else { throw error }
      // It is the copy that ran out of space. 28 is ENOSPC.
      throw HostError(
        call: "write", path: target, code: error.systemError == 0 ? 28 : error.systemError)
    }
  }

  /// Reads a copy in full, and compares its layout: a backup holds nothing that another program
  /// added.
  private static func checkCopy(
    _ draft: String, named path: String, _ meter: StoreMeter
  ) throws {
    let copy = try Connection(path: draft, access: .readOnly, meter: meter.meter)
    if let damage = try copy.firstDamage() {
      throw StoreError.unusable(path: path, .damaged(damage))
    }
    // The layout of an older file is compared when it is upgraded.
    guard try FileHeader.check(draft, named: path) == Schema.version else { return }
    _ = try open(draft, named: path, access: .readOnly, isWriting: false, meter: meter)
  }
}
