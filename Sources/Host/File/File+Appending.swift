internal import CHost

extension File {
  /// Adds bytes to the end of the file at `path` with one write, so that what many processes add at once
  /// stands there whole; makes it, for its owner alone, where it is not there yet.
  ///
  /// A file that would grow beyond `limit` is first given the name `old`, in place of what was called so.
  /// Never waits, neither for a lock nor for a reader: where another is at it, the file grows a bit more.
  /// Only a plain file is written to.
  package static func append(
    _ bytes: [UInt8], to path: String, limit: Int64, old: String
  ) throws(HostError) {
    var file = try openToAppend(path)
    // Once around is enough as a rule; more than a few times only if others fill whole files meanwhile.
    for _ in 0..<4 {
      let status = try file.status()
      guard status.size > 0, status.size + Int64(bytes.count) > limit else { break }
      guard try Lock.isTaken(file.descriptor.number, path: path) else { break }
      // Only who holds the lock of the file that has the name may take the name from it. Another may have
      // done so since this one was opened.
      if try FileStatus.of(path, followingLinks: false)?.identity == status.identity {
        try File.rename(path, to: old)
      }
      file = try openToAppend(path)
    }
    try file.writeOnce(bytes)
  }

  private static func openToAppend(_ path: String) throws(HostError) -> File {
    // Without O_NONBLOCK a FIFO of that name would keep us waiting for its reader.
    let flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    // Root's line in the log of another leaves that user able to write to it.
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

  /// Refuses a file that has another name besides, where others may write to the folder: they could have put any file
  /// of this user's there.
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
