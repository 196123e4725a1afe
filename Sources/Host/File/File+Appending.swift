internal import CHost

extension File {
  /// Appends bytes to the file at `path` with one write, so that simultaneous appends by many
  /// processes stay whole; makes the file, accessible only to its owner, if it does not exist.
  ///
  /// A file that would grow beyond `limit` is first renamed to `old`, replacing a file of that
  /// name. Never waits for a lock or a reader: if another process is busy with it, the file grows a
  /// bit more. Only writes to regular files.
  package static func append(
    _ bytes: [UInt8], to path: String, limit: Int64, old: String
  ) throws(HostError) {
    var file = try openToAppend(path)
    // Once is usually enough; a few more only if others fill whole files in the meantime.
    for _ in 0..<4 {
      let status = try file.status()
      guard status.size > 0, status.size + Int64(bytes.count) > limit else { break }
      guard try Lock.isTaken(file.descriptor.number, path: path) else { break }
      // Only the process that holds the lock of the file with this name may rename it. Another may
      // have done so since this one was opened.
      if try FileStatus.of(path, followingLinks: false)?.identity == status.identity {
        try File.rename(path, to: old)
      }
      file = try openToAppend(path)
    }
    try file.writeOnce(bytes)
  }

  private static func openToAppend(_ path: String) throws(HostError) -> File {
    // Without O_NONBLOCK, a FIFO of that name would block until it has a reader.
    let flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    // The owner of a log stays able to write to it after root has.
    let descriptor = try Ownership.open(path, flags, like: Directory.above(path))
    let number = descriptor.number
    let file = File(descriptor, path: path)
    let status = try file.status()
    guard status.kind == .regular else { throw HostError(call: "open", path: path, code: EINVAL) }
    if status.names > 1 { try checkIsAlone(Directory.above(path), path) }
    if status.mode != 0o600, status.owner == FileStatus.currentUser {
      try SystemCall.run("fchmod", on: path) { fchmod(number, 0o600) }
    }
    return file
  }

  /// Refuses a file with a second name in a folder that others may write to: they could have linked
  /// any of this user's files there.
  private static func checkIsAlone(_ folder: String, _ path: String) throws(HostError) {
    let status = try FileStatus.of(folder, followingLinks: true)
    guard let status, status.owner == FileStatus.currentUser, status.mode & 0o022 == 0 else {
      throw HostError(call: "open", path: path, code: EMLINK)
    }
  }

  private borrowing func writeOnce(_ bytes: [UInt8]) throws(HostError) {
    let number = descriptor.number
    try SystemCall.run("write", on: path) {
      unsafe bytes.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
    }
  }
}
