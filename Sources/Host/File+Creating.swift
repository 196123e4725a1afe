#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

extension File {
  /// Makes a new file that only its owner reads and writes, whatever the umask; follows no link.
  package static func createPrivate(at path: String) throws(HostError) -> File {
    let made = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard made >= 0 else { throw HostError.last("create", path) }
    let file = File(descriptor: made, path: path)
    guard fchmod(made, 0o600) == 0 else { throw HostError.last("create", path) }
    return file
  }

  /// Gives a file a second name, unless that name is taken.
  package static func link(_ path: String, to target: String) throws(HostError) {
    guard linkFile(path, target) == 0 else { throw HostError.last("create", target) }
  }

  /// Gives a file another name, in place of what has it.
  package static func rename(_ path: String, to target: String) throws(HostError) {
    guard renameFile(path, target) == 0 else { throw HostError.last("rename", target) }
  }

  /// Takes a file's name away.
  package static func remove(_ path: String) throws(HostError) {
    guard unsafe unlink(path) == 0 else { throw HostError.last("remove", path) }
  }

  /// Makes the names in a directory durable.
  package static func syncDirectory(_ path: String) throws(HostError) {
    try File(reading: path).sync()
  }
}

/// The corresponding C function is `link`, whose name `File` uses.
private func linkFile(_ path: String, _ target: String) -> Int32 { unsafe link(path, target) }

/// The corresponding C function is `rename`, whose name `File` uses.
private func renameFile(_ path: String, _ target: String) -> Int32 { unsafe rename(path, target) }
