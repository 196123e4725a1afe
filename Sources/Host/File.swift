#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// An open file, closed when it goes out of scope.
package struct File: ~Copyable {
  let descriptor: Int32
  private let path: String?
  private let closes: Bool

  init(descriptor: Int32, path: String?, closes: Bool = true) {
    self.descriptor = descriptor
    self.path = path
    self.closes = closes
  }

  /// Opens a file that is there, to read it.
  package init(reading path: String) throws(HostError) {
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw HostError.last("open", path) }
    self.init(descriptor: opened, path: path)
  }

  deinit {
    if closes { close(descriptor) }
  }

  /// Standard input; it stays open.
  package static func standardInput() -> File {
    File(descriptor: 0, path: nil, closes: false)
  }

  /// Appends what comes next, up to so many bytes; gives how many, 0 at the end.
  package func read(into bytes: inout [UInt8], upTo count: Int) throws(HostError) -> Int {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    var result: Int
    repeat {
      result = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe readBytes(descriptor, buffer.baseAddress?.advanced(by: start), count)
      }
    } while result < 0 && errno == EINTR
    guard result >= 0 else {
      let error = HostError.last("read", path)
      bytes.removeLast(count)
      throw error
    }
    bytes.removeLast(count - result)
    return result
  }

  /// Makes what was written durable.
  package func sync() throws(HostError) {
    guard fsync(descriptor) == 0 else { throw HostError.last("sync", path) }
  }
}

/// The corresponding C function is `read`, whose name `File` uses.
private func readBytes(
  _ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
  unsafe read(descriptor, start, count)
}
