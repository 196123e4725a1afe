#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Standard output and standard error.
package enum Standard {
  /// Standard output.
  package static let output: Int32 = 1
  /// Standard error.
  package static let error: Int32 = 2

  /// Writes all bytes or throws: a short write is never a success.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(HostError) {
    var written = 0
    while written < bytes.count {
      let result = unsafe bytes.withUnsafeBytes { buffer in
        unsafe writeBytes(
          descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if result < 0 {
        if errno == EINTR { continue }
        throw HostError.last("write", nil)
      }
      written += result
    }
  }
}

/// The corresponding C function is `write`, whose name `Standard` uses.
private func writeBytes(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, start, count)
}
