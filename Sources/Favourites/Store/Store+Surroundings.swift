internal import Host
internal import SQLite

extension Store {
  /// What is wrong with who may read a file and its folder; nothing where only their owner may.
  package static func privacy(of path: String) throws(StoreError) -> [Inspection] {
    let (folder, name) = split(path)
    return try translating {
      let resolved = try Directory.resolve(folder)
      var found: [Inspection] = []
      for (subject, place) in [
        ("only you may read the file", resolved + "/" + name),
        ("only you may write to its folder", resolved),
      ] {
        guard let status = try FileStatus.of(place, followingLinks: false) else { continue }
        var problem: String?
        let isFixable = status.owner == FileStatus.currentUser
        if status.mode & others(of: status) != 0 {
          problem = "its mode is \(String(status.mode & 0o777, radix: 8))"
        }
        if status.owner != FileStatus.currentUser { problem = "it belongs to another user" }
        found.append(Inspection(subject: subject, problem: problem, isRepairable: isFixable))
      }
      return found
    }
  }

  /// What is wrong with the file system that a file is on, and with the SQLite that opens it.
  package static func surroundings(of path: String) throws(StoreError) -> [Inspection] {
    let (folder, _) = split(path)
    return try translating {
      let place = try FileSystem.of(Directory.resolve(folder))
      let size = try FileStatus.of(path, followingLinks: false)?.size ?? 0
      return [
        Inspection(
          subject: "its file system keeps locks",
          problem: place.isDoubtful
            ? "it is \(place.kind), whose locks are not to be relied on" : nil,
          isRepairable: false),
        Inspection(
          subject: "there is room for a backup",
          problem: place.free < size
            ? "\(size - place.free) bytes are missing" : nil,
          isRepairable: false),
        Inspection(
          subject: "SQLite \(libraryVersion) is as new as favs needs",
          problem: Connection.libraryVersionNumber < oldestLibrary
            ? "the oldest that favs is tested with is 3.40.0" : nil,
          isRepairable: false),
      ]
    }
  }

  /// The oldest version of SQLite that favs is tested with, as `sqlite3_libversion_number` tells it: Debian 12 has it.
  private static var oldestLibrary: Int { 3_040_000 }

  /// Takes the rights of others from a file and from its folder, where they may write to it.
  package static func makePrivate(_ path: String) throws(StoreError) {
    let (folder, name) = split(path)
    try translating {
      let resolved = try Directory.resolve(folder)
      for place in [resolved + "/" + name, resolved] {
        guard let status = try FileStatus.of(place, followingLinks: false),
          status.owner == FileStatus.currentUser, status.mode & others(of: status) != 0
        else { continue }
        try File.makePrivate(place)
      }
    }
  }

  /// The rights that only the owner is to have: to a folder, those to write.
  private static func others(of status: FileStatus) -> UInt32 {
    // In a folder like /tmp everybody may write, and nobody may touch what is another's.
    if status.kind == .directory { return status.mode & 0o1000 == 0 ? 0o022 : 0 }
    return 0o077
  }
}
