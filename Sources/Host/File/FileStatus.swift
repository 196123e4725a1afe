internal import CHost

/// The data about a file that the system gives without opening it.
package struct FileStatus: Equatable, Sendable {
  /// The kind of a file.
  package enum Kind: Sendable {
    case regular, directory, symbolicLink, other
  }

  /// Its kind.
  package let kind: Kind
  /// Whether it is a character or block device.
  package let isDevice: Bool
  /// Whether it is `/dev/null`, whatever its name.
  package let isNull: Bool
  /// Its length in bytes.
  package let size: Int64
  /// When it was last written, in nanoseconds since 1970.
  package let modified: Int64
  /// The space it takes on the disk, in bytes: less than its length if it has holes.
  package let allocated: Int64
  /// Its permission bits, such as 0o600.
  package let mode: UInt32
  /// The id of its owner.
  package let owner: UInt32
  /// The id of its group.
  package let group: UInt32
  /// The number of its names; 0 once it was removed.
  package let names: Int
  /// Its identity, whatever its name: the same for all names of one file.
  package let identity: Identity

  /// A file's inode number, and its device.
  package struct Identity: Equatable, Sendable {
    let device: UInt64
    let number: UInt64
  }

  /// The status of the file at `path`; nil if there is none.
  package static func of(
    _ path: String, followingLinks: Bool
  ) throws(HostError) -> FileStatus? {
    var status = stat()
    do throws(HostError) {
      try SystemCall.run("stat", on: path) {
        unsafe fstatat(AT_FDCWD, path, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW)
      }
    } catch let error where error.isNotFound {
      return nil
    }
    return FileStatus(status)
  }

  /// The status of the file at a word that may be a path; nil if there is none, or it may not be
  /// accessed.
  ///
  /// - Throws: any other error, such as an unreadable disk: then it is not known what is there.
  package static func reached(by word: String) throws(HostError) -> FileStatus? {
    do throws(HostError) {
      return try of(word, followingLinks: true)
    } catch let error where error.isOfPath || error.isRefused {
      return nil
    }
  }

  /// The status of a name in an open folder; nil if there is none; links are not followed.
  static func of(
    _ name: String, in folder: borrowing Descriptor
  ) throws(HostError) -> FileStatus? {
    var status = stat()
    let number = folder.number
    do throws(HostError) {
      try SystemCall.run("stat", on: name) {
        unsafe fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW)
      }
    } catch let error where error.isNotFound {
      return nil
    }
    return FileStatus(status)
  }

  static func of(_ descriptor: borrowing Descriptor, path: String) throws(HostError) -> FileStatus {
    var status = stat()
    let number = descriptor.number
    try SystemCall.run("fstat", on: path) { unsafe fstat(number, &status) }
    return FileStatus(status)
  }

  /// Whether this process may not write to the file at `path`.
  package static func isReadOnly(_ path: String) -> Bool {
    unsafe faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0
      && [EACCES, EPERM, EROFS].contains(errno)
  }

  /// The effective user id of this process.
  package static var currentUser: UInt32 { UInt32(geteuid()) }

  /// The device number of `/dev/null`.
  private static var numberOfNull: dev_t? {
    var status = stat()
    return unsafe stat("/dev/null", &status) == 0 ? status.st_rdev : nil
  }

  private init(_ status: stat) {
    let kind = favs_kind_of(status.st_mode)
    self.kind =
      switch kind {
      case FAVS_FILE: .regular
      case FAVS_FOLDER: .directory
      case FAVS_LINK: .symbolicLink
      default: .other
      }
    isDevice = kind == FAVS_CHARACTER_DEVICE || kind == FAVS_BLOCK_DEVICE
    isNull = kind == FAVS_CHARACTER_DEVICE && Self.numberOfNull == status.st_rdev
    size = Int64(status.st_size)
    let time = favs_modified(status)
    modified = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    // "st_blocks: the number of 512-byte blocks allocated", whatever the size of blocks there.
    allocated = Int64(status.st_blocks) * 512
    mode = UInt32(status.st_mode & 0o7777)
    owner = UInt32(status.st_uid)
    group = UInt32(status.st_gid)
    names = Int(status.st_nlink)
    identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      number: UInt64(truncatingIfNeeded: status.st_ino))
  }
}
