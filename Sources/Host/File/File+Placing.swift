internal import CHost

extension File {
  /// Writes bytes at an offset, independent of the current position.
  package borrowing func put(_ bytes: [UInt8], at offset: Int64) throws(HostError) {
    let number = descriptor.number
    var start = 0
    while start < bytes.count {
      let (count, code) = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        let count = unsafe pwrite(
          number, rest.baseAddress, rest.count, off_t(offset) + off_t(start))
        return (count, errno)
      }
      guard count != 0 else { throw HostError(call: "write", path: path, code: EIO) }
      guard count > 0 || code == EINTR else {
        throw HostError(call: "write", path: path, code: code)
      }
      start += max(count, 0)
    }
  }

  /// Truncates the file to nothing.
  package borrowing func empty() throws(HostError) {
    let number = descriptor.number
    try SystemCall.run("ftruncate", on: path) { ftruncate(number, 0) }
  }
}
