internal import CHost

/// A number the system gave for an open file, closed once.
struct Descriptor: ~Copyable {
  /// The number itself.
  let number: Int32
  private let isOwned: Bool

  /// Takes over a descriptor, or with `isOwned` false only lends it.
  init(_ number: Int32, isOwned: Bool = true) {
    self.number = number
    self.isOwned = isOwned
  }

  /// Opens something that is there; it is not passed on to programs that are started.
  init(opening path: String, _ flags: Int32) throws(HostError) {
    self.init(
      try SystemCall.run("open", on: path) {
        unsafe favs_open(path, flags | O_NOCTTY | O_CLOEXEC, 0)
      })
  }

  deinit {
    if isOwned { _ = CHost.close(number) }
  }

  /// Closes it and says so if what was written did not arrive.
  consuming func close(path: String?) throws(HostError) {
    let number = number
    let isOwned = isOwned
    discard self
    // Never retried: Linux has given the number back even when a signal interrupts the call.
    guard isOwned, CHost.close(number) != 0 else { return }
    let code = errno
    if code != EINTR { throw HostError(call: "close", path: path, code: code) }
  }

  /// Has every open file but standard input, output and errors closed in programs that are started from now on: those
  /// that whoever started this one left open too.
  ///
  /// `posix_spawn_file_actions_addclosefrom_np` would do the same, from glibc 2.34 on and nowhere else.
  static func keepFromChildren() {
    var open = ((try? Directory.names(in: "/dev/fd")) ?? []).compactMap { Int32($0) }
    // Where no /proc is mounted.
    if open.isEmpty { open = Array(0..<Int32(clamping: min(sysconf(Int32(_SC_OPEN_MAX)), 4_096))) }
    for number in open where number > STDERR_FILENO {
      let flags = favs_flags(number)
      if flags != -1, flags & FD_CLOEXEC == 0 { _ = favs_set_flags(number, flags | FD_CLOEXEC) }
    }
  }
}
