internal import CHost

/// Makes and names folders.
package enum Directory {
  /// Makes the folder at `path` and its missing parents, each accessible only to its owner.
  ///
  /// Existing folders are left as they are. The name of a new folder is on the disk when this
  /// returns: otherwise whatever is stored in it later could be lost with its name.
  /// - Parameters:
  ///   - isLasting: false for a folder that need not survive a power cut.
  ///   - owner: folders made by root get the owner of the file at this path, otherwise that of
  ///     their parent.
  package static func createPrivate(
    _ path: String, isLasting: Bool = true, like owner: String? = nil
  ) throws(HostError) {
    if try FileStatus.of(path, followingLinks: true)?.kind == .directory { return }
    let parent = parent(of: path)
    if let parent { try createPrivate(parent, isLasting: isLasting, like: owner) }
    do throws(HostError) {
      try SystemCall.run("mkdir", on: path) { unsafe mkdir(path, 0o700) }
    } catch let error where error.isExists {
      // Another process was faster, or the name is taken by something else.
      if try FileStatus.of(path, followingLinks: true)?.kind == .directory { return }
      throw HostError(call: "mkdir", path: path, code: ENOTDIR)
    }
    // The umask only removes permissions, so this is needed only for the strangest umasks.
    if try FileStatus.of(path, followingLinks: false)?.mode != 0o700 {
      try SystemCall.run("chmod", on: path) { unsafe chmod(path, 0o700) }
    }
    if let owner {
      let there = owner == path ? nil : try FileStatus.of(owner, followingLinks: false)
      try Ownership.give(folder: path, like: there == nil ? parent ?? above(path) : owner)
    }
    if isLasting { try settleName(in: parent ?? above(path)) }
  }

  /// Syncs the names in a folder to the disk. An unreadable folder cannot be synced: that is left
  /// to the system, as SQLite does.
  private static func settleName(in folder: String) throws(HostError) {
    do throws(HostError) {
      try File.syncDirectory(folder)
    } catch let error where error.isRefused {
    }
  }

  /// The names in a folder, in no particular order, without `.` and `..`.
  package static func names(in path: String) throws(HostError) -> [String] {
    var folder = unsafe favs_read_folder(path)
    while unsafe folder == nil, errno == EINTR { unsafe folder = favs_read_folder(path) }
    guard let folder = unsafe folder else {
      throw HostError(call: "open", path: path, code: errno)
    }
    return try unsafe names(of: folder, path: path)
  }

  /// The names in an open folder.
  static func names(in folder: borrowing Descriptor, path: String) throws(HostError) -> [String] {
    // Reading would continue where another descriptor of the same open file stopped, so it is
    // opened again.
    let number = folder.number
    let own = try SystemCall.run("open", on: path) {
      unsafe favs_openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let stream = unsafe favs_read_open_folder(own) else {
      let code = errno
      _ = Descriptor(own)
      throw HostError(call: "open", path: path, code: code)
    }
    return try unsafe names(of: stream, path: path)
  }

  /// Reads a folder to its end and closes it.
  private static func names(
    of folder: UnsafeMutableRawPointer, path: String
  ) throws(HostError) -> [String] {
    defer { unsafe favs_end_folder(folder) }
    var names: [String] = []
    while let entry = unsafe favs_next_name(folder) {
      // favs uses no names that are not UTF-8.
      let name = unsafe String(validatingCString: entry)
      if let name, name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw HostError(call: "read", path: path, code: errno) }
    return names
  }

  /// Opens the folder at `path`, which must not be a link.
  static func open(_ path: String) throws(HostError) -> Descriptor {
    let number = try SystemCall.run("open", on: path) {
      unsafe favs_open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
    }
    return Descriptor(number)
  }

  /// The path of an existing file, absolute and without links.
  package static func resolve(_ path: String) throws(HostError) -> String {
    if path.utf8.contains(0) { throw HostError(call: "realpath", path: path, code: EINVAL) }
    guard let resolved = unsafe realpath(path, nil) else {
      throw HostError(call: "realpath", path: path, code: errno)
    }
    defer { unsafe free(resolved) }
    guard let text = unsafe String(validatingCString: resolved) else {
      throw HostError(call: "realpath", path: path, code: EILSEQ)
    }
    return text
  }

  /// Removes the empty folder at `path`.
  package static func remove(_ path: String) throws(HostError) {
    try SystemCall.run("rmdir", on: path) { unsafe rmdir(path) }
  }

  /// Removes the folder at `path`, if it exists, and all that is in it. Follows no links.
  package static func removeAll(_ path: String) throws(HostError) {
    guard let status = try FileStatus.of(path, followingLinks: false) else { return }
    guard status.kind == .directory else { return try File.remove(path) }
    for name in try names(in: path) { try removeAll(path + "/" + name) }
    try remove(path)
  }

  /// The folder that contains the last component of `path`.
  package static func above(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// The part before the last component of `path`; nil if there is none.
  private static func parent(of path: String) -> String? {
    let name = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
    let above = name.drop { $0 != UInt8(ascii: "/") }.drop { $0 == UInt8(ascii: "/") }
    return above.isEmpty ? nil : String(decoding: above.reversed(), as: UTF8.self)
  }
}
