internal import CHost

/// The three standard descriptors, and the only loop that writes.
package enum Standard {
  /// Writes all of `bytes` to a descriptor, or throws.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(HostError) {
    try write(bytes, to: descriptor, path: nil)
  }

  /// Makes sure that 0, 1 and 2 are in use, before any file is opened.
  ///
  /// A process started with `>&-` would get number 1 for the first file it opens and then print
  /// into it. The replacement for a closed descriptor cannot be used, so that the loss is noticed.
  package static func reserve() {
    for number in STDIN_FILENO...STDERR_FILENO {
      guard favs_flags(number) == -1, errno == EBADF else { continue }
      // The system assigns the lowest free number: this one.
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
        // POSIX does not define a write of zero bytes; retrying could loop forever.
        throw HostError(call: "write", path: path, code: EIO)
      } else if code == EAGAIN {
        wait(for: Int16(POLLOUT), on: descriptor)
      } else if code != EINTR {
        throw HostError(call: "write", path: path, code: code)
      }
    }
  }

  /// How much a writable pipe accepts without blocking its writer: PIPE_BUF of POSIX.1-2017.
  package static var pieceOfPipe: Int { Int(PIPE_BUF) }

  /// Whether a descriptor is a pipe that accepts `pieceOfPipe` bytes at once, or has lost its
  /// reader.
  package static func isReadyPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, favs_kind_of(status.st_mode) == FAVS_PIPE else {
      return false
    }
    var one = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&one, 1, 0) > 0
  }

  /// Whether writing to a descriptor never blocks: it is a regular file.
  package static func isPlainFile(_ descriptor: Int32) -> Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && favs_kind_of(status.st_mode) == FAVS_FILE
  }

  /// Whether data written to a pipe or a terminal can still be read.
  package static func hasReader(_ descriptor: Int32) -> Bool {
    var one = pollfd(fd: descriptor, events: 0, revents: 0)
    _ = unsafe poll(&one, 1, 0)
    return one.revents & Int16(POLLERR | POLLHUP | POLLNVAL) == 0
  }

  /// Waits until a descriptor that another process made non-blocking can be used.
  static func wait(for events: Int16, on descriptor: Int32) {
    var one = pollfd(fd: descriptor, events: events, revents: 0)
    _ = unsafe poll(&one, 1, -1)
  }
}
