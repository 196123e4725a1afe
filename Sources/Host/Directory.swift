#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Directories.
package enum Directory {
  /// Makes a directory and those above it, each for its owner only; those that are there stay as they are.
  package static func createPrivate(_ path: String) throws(HostError) {
    if try FileStatus.of(path, followingLinks: true) != nil { return }
    if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex {
      try createPrivate(String(path[..<slash]))
    }
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw HostError.last("create", path)
    }
  }

  /// The absolute path, free of links and dots. It has to be there.
  ///
  /// The corresponding C function is `realpath`.
  package static func resolve(_ path: String) throws(HostError) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw HostError.last("open", path) }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
