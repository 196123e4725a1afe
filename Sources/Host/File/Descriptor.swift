internal import CHost

/// A file descriptor, closed once.
struct Descriptor: ~Copyable {
  /// The number itself.
  let number: Int32
  private let isOwned: Bool

  /// Takes ownership of a descriptor; only borrows it if `isOwned` is false.
  init(_ number: Int32, isOwned: Bool = true) {
    self.number = number
    self.isOwned = isOwned
  }

  /// Opens an existing file; programs that are started do not inherit it.
  init(opening path: String, _ flags: Int32) throws(HostError) {
    self.init(
      try SystemCall.run("open", on: path) {
        unsafe favs_open(path, flags | O_NOCTTY | O_CLOEXEC, 0)
      })
  }

  deinit {
    if isOwned { _ = CHost.close(number) }
  }

  /// Closes it, and throws if a write failed.
  consuming func close(path: String?) throws(HostError) {
    let number = number
    let isOwned = isOwned
    discard self
    // Never retried: Linux has released the number even if a signal interrupted the call.
    guard isOwned, CHost.close(number) != 0 else { return }
    let code = errno
    if code != EINTR { throw HostError(call: "close", path: path, code: code) }
  }

  /// Makes programs started from now on inherit only standard input, output and errors, not even
  /// files that were open when this process started.
  ///
  /// `posix_spawn_file_actions_addclosefrom_np` would do the same, but only exists in glibc from
  /// 2.34 on.
  static func keepFromChildren() {
    var open = ((try? Directory.names(in: "/dev/fd")) ?? []).compactMap { Int32($0) }
    // Where /proc is not mounted.
    if open.isEmpty { open = Array(0..<Int32(clamping: min(sysconf(Int32(_SC_OPEN_MAX)), 4_096))) }
    for number in open where number > STDERR_FILENO {
      let flags = favs_flags(number)
      if flags != -1, flags & FD_CLOEXEC == 0 { _ = favs_set_flags(number, flags | FD_CLOEXEC) }
    }
  }
}
