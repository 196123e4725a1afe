internal import CHost

/// An open file, closed when it goes out of scope.
package struct File: ~Copyable {
  /// The path it was opened by; nil if it was passed to us open.
  package let path: String?
  let descriptor: Descriptor

  init(_ descriptor: consuming Descriptor, path: String?) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Opens the file at `path` for reading.
  ///
  /// - Parameter waits: false not to wait for a writer if it is a named pipe.
  package init(reading path: String, waits: Bool = true) throws(HostError) {
    let flags = O_RDONLY | O_CLOEXEC | (waits ? 0 : O_NONBLOCK)
    let number = try SystemCall.run("open", on: path) { unsafe favs_open(path, flags, 0) }
    self.init(Descriptor(number), path: path)
  }

  /// Standard input, which stays open afterwards.
  package static func standardInput() -> File {
    File(Descriptor(STDIN_FILENO, isOwned: false), path: nil)
  }

  /// Appends the result of one read, at most `limit` bytes; returns 0 at the end of the file.
  @discardableResult
  package borrowing func read(
    into bytes: inout [UInt8], upTo limit: Int
  ) throws(HostError) -> Int {
    precondition(limit > 0, "a read needs room")
    let start = bytes.count
    let number = descriptor.number
    bytes.append(contentsOf: repeatElement(0, count: limit))
    var count = 0
    defer { bytes.removeLast(limit - count) }
    while true {
      let (result, code) = unsafe bytes.withUnsafeMutableBytes { buffer in
        let result = unsafe CHost.read(number, buffer.baseAddress?.advanced(by: start), limit)
        return (result, errno)
      }
      if result >= 0 {
        count = result
        return result
      }
      if code == EAGAIN {
        Standard.wait(for: Int16(POLLIN), on: number)
      } else if code != EINTR {
        throw HostError(call: "read", path: path, code: code)
      }
    }
  }

  /// Up to `count` bytes from an offset, independent of the current position.
  package borrowing func read(
    at offset: Int64, count: Int
  ) throws(HostError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let number = descriptor.number
    var filled = 0
    while filled < count {
      let (result, code) = unsafe bytes.withUnsafeMutableBytes { buffer in
        let result = unsafe pread(
          number, buffer.baseAddress?.advanced(by: filled), count - filled,
          off_t(offset) + off_t(filled))
        return (result, errno)
      }
      if result > 0 { filled += result }
      if result == 0 { break }
      guard result > 0 || code == EINTR else {
        throw HostError(call: "read", path: path, code: code)
      }
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// Everything up to the end, or nil if that is more than `limit` bytes.
  ///
  /// Stops reading at the limit, so that endless input costs no more memory than that.
  package borrowing func readToEnd(atMost limit: Int) throws(HostError) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      let room = min(65_536, limit + 1 - bytes.count)
      if try read(into: &bytes, upTo: room) == 0 { return bytes }
    }
    return nil
  }

  /// Writes all of `bytes`, or throws.
  package borrowing func writeAll(_ bytes: [UInt8]) throws(HostError) {
    try Standard.write(bytes, to: descriptor.number, path: path)
  }

  /// Its status, whatever its name is by now.
  package borrowing func status() throws(HostError) -> FileStatus {
    try FileStatus.of(descriptor, path: path ?? "standard input")
  }

  /// Waits until written data is on the disk.
  package borrowing func sync() throws(HostError) {
    let number = descriptor.number
    try SystemCall.run("fsync", on: path) { favs_sync(number) }
  }

  /// Closes the file; throws if the system only now reports a failed write.
  package consuming func close() throws(HostError) {
    try descriptor.close(path: path)
  }
}
