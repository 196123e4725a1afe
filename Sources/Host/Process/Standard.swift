internal import CHost

/// The three descriptors every process starts with, and the one loop that writes.
package enum Standard {
  /// Writes all of `bytes` to a descriptor, or throws.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(HostError) {
    try write(bytes, to: descriptor, path: nil)
  }

  /// Makes sure that 0, 1 and 2 are taken, before any file is opened.
  ///
  /// A process started with `>&-` would get number 1 for the first file it opens and then print
  /// into it. What takes the place of a closed one refuses to be used, so that the loss is seen.
  package static func reserve() {
    for number in STDIN_FILENO...STDERR_FILENO {
      guard favs_flags(number) == -1, errno == EBADF else { continue }
      // The lowest free number is given: this one.
      _ = unsafe favs_open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY, 0)
    }
  }

  static func write(
    _ bytes: [UInt8], to descriptor: Int32, path: String?
  ) throws(HostError) {
    var start = 0
    while start < bytes.count {
      let (count, code) = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        return (unsafe CHost.write(descriptor, rest.baseAddress, rest.count), errno)
      }
      if count > 0 {
        start += count
      } else if count == 0 {
        // POSIX gives no meaning to a write of nothing; going round again could be forever.
        throw HostError(call: "write", path: path, code: EIO)
      } else if code == EAGAIN {
        wait(for: Int16(POLLOUT), on: descriptor)
      } else if code != EINTR {
        throw HostError(call: "write", path: path, code: code)
      }
    }
  }

  /// How much a pipe that can be written to takes without keeping its writer waiting: PIPE_BUF of POSIX.1-2017.
  package static var pieceOfPipe: Int { Int(PIPE_BUF) }

  /// Whether a descriptor is a pipe that takes `pieceOfPipe` bytes at once, or has lost its reader.
  package static func isReadyPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, favs_kind_of(status.st_mode) == FAVS_PIPE else {
      return false
    }
    var one = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&one, 1, 0) > 0
  }

  /// Whether writing to a descriptor never waits for anybody: it is a plain file.
  package static func isPlainFile(_ descriptor: Int32) -> Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && favs_kind_of(status.st_mode) == FAVS_FILE
  }

  /// False once nobody can read any more what is written to a pipe or a terminal.
  package static func hasReader(_ descriptor: Int32) -> Bool {
    var one = pollfd(fd: descriptor, events: 0, revents: 0)
    _ = unsafe poll(&one, 1, 0)
    return one.revents & Int16(POLLERR | POLLHUP | POLLNVAL) == 0
  }

  /// Waits until a descriptor that somebody else made non-blocking can be used.
  static func wait(for events: Int16, on descriptor: Int32) {
    var one = pollfd(fd: descriptor, events: events, revents: 0)
    _ = unsafe poll(&one, 1, -1)
  }
}
