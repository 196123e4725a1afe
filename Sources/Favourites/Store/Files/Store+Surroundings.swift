internal import Host
internal import SQLite

extension Store {
  /// What is wrong with who may read a file, what belongs to it, and its folder; nothing where only their owner may.
  package static func privacy(of path: String) throws(StoreError) -> [Inspection] {
    let (folder, name) = split(path)
    return try translating {
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

  /// The first of some places that others have rights to, told by its name.
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

  /// The lock file of a file, the folder of its backups, and those.
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

  /// What is wrong with the file system that a file is on, and with the SQLite that opens it.
  package static func surroundings(of path: String) throws(StoreError) -> [Inspection] {
    let (folder, _) = split(path)
    let size = try size(of: path)
    return try translating {
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

  /// The oldest version of SQLite that favs is tested with, as `sqlite3_libversion_number` tells it: Debian 12 has it.
  private static var oldestLibrary: Int { 3_040_000 }

  /// Takes the rights of others from a file, from what belongs to it, and from its folder, where they may write to it.
  package static func makePrivate(_ path: String) throws(StoreError) {
    let (folder, name) = split(path)
    try translating {
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

  /// The rights that only the owner is to have: to the folder of the file, those to write.
  private static func others(of status: FileStatus, isShown: Bool) -> UInt32 {
    // In a folder like /tmp everybody may write, and nobody may touch what is another's.
    if isShown { return status.mode & 0o1000 == 0 ? 0o022 : 0 }
    return 0o077
  }

  /// Whether a file is in WAL mode, and the SQLite here has the fault by which two that write to such a file at one time
  /// may damage it. favs makes no file of that mode.
  ///
  /// Source: https://www.sqlite.org/wal.html#walresetbug
  package func isInDangerOfReset() throws(StoreError) -> Bool {
    guard Self.hasResetFault(Connection.libraryVersionNumber) else { return false }
    let mode = try connection.query("PRAGMA journal_mode")
    return try mode.next() && mode.text(0) == "wal"
  }

  /// Whether a version of SQLite has that fault: from 3.7.0 to 3.51.2, but for two that were mended later.
  static func hasResetFault(_ version: Int) -> Bool {
    (3_007_000...3_051_002).contains(version) && ![3_044_006, 3_050_007].contains(version)
  }
}
