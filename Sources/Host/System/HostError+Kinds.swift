internal import CHost

extension HostError {
  /// There is no space left: on the disk, in the quota, or below the file-size limit.
  package var isDiskFull: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }

  /// The reader of our output is gone.
  package var isBrokenPipe: Bool { code == EPIPE }

  /// The name exists already.
  package var isExists: Bool { code == EEXIST }

  /// The name does not exist.
  package var isNotFound: Bool { code == ENOENT }

  /// A program to be run is not installed.
  package var isMissingProgram: Bool { call == "posix_spawn" && isNotFound }

  /// The path is invalid: it is too long, goes through a non-folder, or is a loop of links.
  package var isOfPath: Bool { [ENOTDIR, ENAMETOOLONG, ELOOP].contains(code) }

  /// The file, its folder or its file system is not writable or not readable.
  package var isRefused: Bool { [EACCES, EPERM, EROFS].contains(code) }

  /// Another process held a lock for longer than we wait.
  package var isTimedOut: Bool { call == "flock" && code == EWOULDBLOCK }

  /// The file system does not support locks.
  package var isLockingUnavailable: Bool {
    call == "flock" && [ENOLCK, ENOSYS, EOPNOTSUPP].contains(code)
  }

  /// The error for a file that does not exist.
  package static func missing(_ path: String) -> HostError {
    HostError(call: "open", path: path, code: ENOENT)
  }
}
