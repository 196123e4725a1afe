#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// What the file system says of a file.
package struct FileStatus: Equatable, Sendable {
  /// What sort of file it is.
  package enum Kind: Sendable {
    case regular, directory, symbolicLink, other
  }

  package let kind: Kind
  /// In bytes.
  package let size: Int64
  /// The permission bits.
  package let mode: UInt32
  /// The user id of its owner.
  package let owner: UInt32

  /// The user id that favs runs under.
  package static var currentUser: UInt32 { geteuid() }

  /// The status of a file; nil when there is none.
  package static func of(
    _ path: String, followingLinks: Bool
  ) throws(HostError) -> FileStatus? {
    var status = stat()
    let result =
      followingLinks ? unsafe stat(path, &status) : unsafe lstat(path, &status)
    guard result == 0 else {
      if errno == ENOENT { return nil }
      throw HostError.last("open", path)
    }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      default: .other
      }
    return FileStatus(
      kind: kind, size: Int64(status.st_size), mode: UInt32(status.st_mode & 0o7777),
      owner: status.st_uid)
  }
}
