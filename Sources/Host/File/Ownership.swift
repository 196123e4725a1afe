internal import CHost

/// Sets the owner of files that root makes beside those of another user: otherwise that user could
/// not use them.
///
/// Only gives away files that this process has just made, or that are empty: anyone who may write
/// to the folder could have put another of root's files under the name.
enum Ownership {
  /// Gives a file just made to the owner of the file at `path`, or of the nearest existing parent.
  static func give(
    _ descriptor: borrowing Descriptor, like path: String, named: String
  ) throws(HostError) {
    guard geteuid() == 0, let owner = try owner(of: path), owner.user != 0 else { return }
    let number = descriptor.number
    try SystemCall.run("chown", on: named) { fchown(number, owner.user, owner.group) }
  }

  /// Gives away a folder just made, which is empty.
  static func give(folder: String, like path: String) throws(HostError) {
    guard geteuid() == 0, let owner = try owner(of: path), owner.user != 0 else { return }
    let descriptor = try Directory.open(folder)
    guard try FileStatus.of(descriptor, path: folder).owner == 0,
      try Directory.names(in: folder).isEmpty
    else { return }
    let number = descriptor.number
    try SystemCall.run("chown", on: folder) { fchown(number, owner.user, owner.group) }
  }

  /// Opens a file with `flags`, making it if necessary; a file that root makes, or has left there
  /// empty, is given to the owner of the file at `owner`.
  static func open(
    _ path: String, _ flags: Int32, like owner: String?
  ) throws(HostError) -> Descriptor {
    guard geteuid() == 0, let owner else {
      return Descriptor(
        try SystemCall.run("open", on: path) { unsafe favs_open(path, flags | O_CREAT, 0o600) })
    }
    do throws(HostError) {
      let made = Descriptor(
        try SystemCall.run("open", on: path) {
          unsafe favs_open(path, flags | O_CREAT | O_EXCL, 0o600)
        })
      do throws(HostError) {
        try give(made, like: owner, named: path)
      } catch {
        try? File.remove(path)
        throw error
      }
      return made
    } catch let error where error.isExists {
      let found = Descriptor(
        try SystemCall.run("open", on: path) { unsafe favs_open(path, flags | O_CREAT, 0o600) })
      let status = try FileStatus.of(found, path: path)
      if status.kind == .regular, status.owner == 0, status.size == 0, status.names == 1 {
        try give(found, like: owner, named: path)
      }
      return found
    }
  }

  /// The owner of the file at a path, or of its nearest existing parent; nil if that is neither a
  /// file nor a folder.
  private static func owner(of path: String) throws(HostError) -> (user: uid_t, group: gid_t)? {
    var path = path
    while true {
      var status = stat()
      if unsafe lstat(path, &status) == 0 {
        let kind = favs_kind_of(status.st_mode)
        return kind == FAVS_FILE || kind == FAVS_FOLDER ? (status.st_uid, status.st_gid) : nil
      }
      guard errno == ENOENT else { return nil }
      let above = Directory.above(path)
      guard above != path else { return nil }
      path = above
    }
  }
}
