internal import CHost

extension HostError {
  /// No room is left: on the disk, in the quota, or below the file-size limit.
  package var isDiskFull: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }

  /// Whoever read our output has gone.
  package var isBrokenPipe: Bool { code == EPIPE }

  /// Something by that name is there already.
  package var isExists: Bool { code == EEXIST }

  /// Nothing by that name is there.
  package var isNotFound: Bool { code == ENOENT }

  /// A program was to be run that is not installed.
  package var isMissingProgram: Bool { call == "posix_spawn" && isNotFound }

  /// The path can lead to nothing: it is too long, goes through what is no folder, or runs in a circle of links.
  package var isOfPath: Bool { [ENOTDIR, ENAMETOOLONG, ELOOP].contains(code) }

  /// The file, its folder or its file system may not be written, or not be read.
  package var isRefused: Bool { [EACCES, EPERM, EROFS].contains(code) }

  /// A lock that another process kept for longer than we were willing to wait.
  package var isTimedOut: Bool { call == "flock" && code == EWOULDBLOCK }

  /// The file system has no locks to give.
  package var isLockingUnavailable: Bool {
    call == "flock" && [ENOLCK, ENOSYS, EOPNOTSUPP].contains(code)
  }

  /// The error of a file that is not there.
  package static func missing(_ path: String) -> HostError {
    HostError(call: "open", path: path, code: ENOENT)
  }
}
