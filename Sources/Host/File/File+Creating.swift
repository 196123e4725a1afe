internal import CHost

extension File {
  /// Makes a new file that only its owner may read and write, whatever the umask.
  ///
  /// Throws `isExists` if the name is taken, even by a symbolic link.
  /// - Parameter owner: where a file made by root gets its owner from.
  package static func createPrivate(
    at path: String, like owner: String? = nil
  ) throws(HostError) -> File {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let number = try SystemCall.run("open", on: path) { unsafe favs_open(path, flags, 0o600) }
    let descriptor = Descriptor(number)
    do throws(HostError) {
      try SystemCall.run("fchmod", on: path) { fchmod(number, 0o600) }
      if let owner { try Ownership.give(descriptor, like: owner, named: path) }
    } catch {
      _ = unsafe unlink(path)
      throw error
    }
    return File(descriptor, path: path)
  }

  /// Gives the open file the permissions of another with the same owner; group permissions only
  /// together with the group.
  package func takeRights(of other: FileStatus) throws(HostError) {
    let number = descriptor.number
    let isOfGroup = try status().group == other.group || fchown(number, uid_t.max, other.group) == 0
    let mode = mode_t(other.mode & (isOfGroup ? 0o777 : 0o707))
    try SystemCall.run("chmod", on: path) { fchmod(number, mode) }
  }

  /// Removes permissions, such as 0o077, from the file or folder at `path`, which must not be a
  /// link.
  package static func take(_ rights: UInt32, from path: String) throws(HostError) {
    let number = try SystemCall.run("open", on: path) {
      unsafe favs_open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0)
    }
    let descriptor = Descriptor(number)
    let mode = try FileStatus.of(descriptor, path: path).mode & ~rights
    try SystemCall.run("chmod", on: path) { fchmod(descriptor.number, mode_t(mode)) }
  }

  /// Gives the file at `from` a second name, unless that name is taken (`isExists`).
  package static func link(_ from: String, to path: String) throws(HostError) {
    try SystemCall.run("link", on: from.utf8.contains(0) ? from : path) {
      unsafe linkat(AT_FDCWD, from, AT_FDCWD, path, 0)
    }
  }

  /// Moves the file at `from` to `path`, replacing a file there.
  package static func rename(_ from: String, to path: String) throws(HostError) {
    try SystemCall.run("rename", on: from.utf8.contains(0) ? from : path) {
      unsafe renameat(AT_FDCWD, from, AT_FDCWD, path)
    }
  }

  /// Removes the file at `path`.
  package static func remove(_ path: String) throws(HostError) {
    try SystemCall.run("unlink", on: path) { unsafe unlink(path) }
  }

  /// Waits until names made, moved or removed in the folder at `path` are on the disk.
  package static func syncDirectory(_ path: String) throws(HostError) {
    let number = try SystemCall.run("open", on: path) {
      unsafe favs_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    }
    let descriptor = Descriptor(number)
    do throws(HostError) {
      try SystemCall.run("fsync", on: path) { fsync(descriptor.number) }
    } catch let error where error.code == EINVAL {
      // A file system that cannot sync a folder reports EINVAL; nothing more can be done.
    }
  }
}
