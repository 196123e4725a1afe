internal import Host
internal import SQLite

extension Store {
  /// Problems with who may read a file, its companions and its folder; none if only their owner
  /// may.
  package static func privacy(of path: String) throws(StoreError) -> [Inspection] {
    let (folder, name) = split(path)
    return try translating {
      // At the default place, the folder may not exist yet.
      guard try FileStatus.of(folder, followingLinks: true) != nil else { return [] }
      let resolved = try Directory.resolve(folder)
      let file = resolved + "/" + name
      var found: [Inspection] = []
      if let status = try FileStatus.of(file, followingLinks: false) {
        found.append(inspection(.filePrivacy, [(nil, status)]))
        let others = try companions(of: file).map { place in
          (String(place.path.dropFirst(resolved.count + 1)), place.status)
        }
        found.append(inspection(.companionPrivacy, others))
      }
      if let status = try FileStatus.of(resolved, followingLinks: false) {
        found.append(inspection(.folderPrivacy, [(nil, status)]))
      }
      return found
    }
  }

  /// The first of some paths that other users have access to, named by file.
  private static func inspection(
    _ check: Check, _ places: [(name: String?, status: FileStatus)]
  ) -> Inspection {
    for (name, status) in places {
      let prefix = name.map { "\($0): " } ?? ""
      if status.owner != FileStatus.currentUser {
        return Inspection(
          check: check, problem: prefix + "it belongs to another user", isRepairable: false)
      }
      if status.mode & others(of: status, isShown: check == .folderPrivacy) != 0 {
        return Inspection(
          check: check,
          problem: prefix + "its mode is \(String(status.mode & 0o777, radix: 8))",
          isRepairable: true)
      }
    }
    return Inspection(check: check, problem: nil, isRepairable: true)
  }

  /// The lock file of a file, its backup folder, and the backups.
  private static func companions(
    of file: String
  ) throws -> [(path: String, status: FileStatus)] {
    let folder = backupFolder(of: file)
    var paths = [file + ".lock", folder]
    if try FileStatus.of(folder, followingLinks: false)?.kind == .directory {
      paths += try Directory.names(in: folder).filter { Backup.parse($0) != nil }.sorted()
        .map { folder + "/" + $0 }
    }
    var found: [(path: String, status: FileStatus)] = []
    for path in paths {
      guard let status = try FileStatus.of(path, followingLinks: false),
        status.kind == .regular || status.kind == .directory
      else { continue }
      found.append((path, status))
    }
    return found
  }

  /// Problems with the file system that a file is on, and with the SQLite that opens it.
  package static func surroundings(of path: String) throws(StoreError) -> [Inspection] {
    var (folder, _) = split(path)
    let size = try size(of: path)
    return try translating {
      while folder.utf8.count > 1, try FileStatus.of(folder, followingLinks: true) == nil {
        folder = split(folder).directory
      }
      let place = try FileSystem.of(Directory.resolve(folder))
      return [
        Inspection(
          check: .locks,
          problem: place.isDoubtful
            ? "it is \(place.kind), whose locks are unreliable" : nil,
          isRepairable: false),
        Inspection(
          check: .space,
          problem: place.free < size
            ? "\(size - place.free) bytes are missing" : nil,
          isRepairable: false),
        Inspection(
          check: .library,
          problem: Connection.libraryVersionNumber < oldestLibrary
            ? "the oldest version that favs is tested with is 3.40.0" : nil,
          isRepairable: false),
      ]
    }
  }

  /// The oldest version of SQLite that favs is tested with, in the form of
  /// `sqlite3_libversion_number`: that of Debian 12.
  private static var oldestLibrary: Int { 3_040_000 }

  /// Removes other users' permissions from a file, its companions, and its folder if they may write
  /// to it.
  package static func makePrivate(_ path: String) throws(StoreError) {
    let (folder, name) = split(path)
    try translating {
      guard try FileStatus.of(folder, followingLinks: true) != nil else { return }
      let resolved = try Directory.resolve(folder)
      let file = resolved + "/" + name
      for place in try [file] + companions(of: file).map(\.path) + [resolved] {
        guard let status = try FileStatus.of(place, followingLinks: false),
          status.owner == FileStatus.currentUser,
          status.mode & others(of: status, isShown: place == resolved) != 0
        else { continue }
        try File.take(others(of: status, isShown: place == resolved), from: place)
      }
    }
  }

  /// The permissions that only the owner should have; for the folder of the file, those to write.
  private static func others(of status: FileStatus, isShown: Bool) -> UInt32 {
    // In a folder like /tmp everyone may write, but no one may touch another user's files.
    if isShown { return status.mode & 0o1000 == 0 ? 0o022 : 0 }
    return 0o077
  }

  /// Whether a file is in WAL mode, and this SQLite has the bug by which two concurrent writers may
  /// damage such a file. favs makes no file in that mode.
  ///
  /// Source: https://www.sqlite.org/wal.html#walresetbug
  package func isInDangerOfReset() throws(StoreError) -> Bool {
    guard Self.hasResetFault(Connection.libraryVersionNumber) else { return false }
    let mode = try connection.query("PRAGMA journal_mode")
    return try mode.next() && mode.text(0) == "wal"
  }

  /// Whether a version of SQLite has that bug: 3.7.0 to 3.51.2, except for two patched releases.
  static func hasResetFault(_ version: Int) -> Bool {
    (3_007_000...3_051_002).contains(version) && ![3_044_006, 3_050_007].contains(version)
  }
}
