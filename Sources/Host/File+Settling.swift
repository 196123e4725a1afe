#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension File {
  /// The same content in a file that never keeps its reader waiting: itself where it is a plain file,
  /// else a private copy of all that comes, which has no name and goes when it is closed.
  ///
  /// To be used before a lock is taken: who reads a pipe may wait for as long as its writer pleases.
  package consuming func settled() throws(HostError) -> File {
    if try FileStatus.of(descriptor, path: path ?? "standard input").kind == .regular {
      return self
    }
    let folder = Environment.value("TMPDIR") ?? "/tmp"
    let name = Randomness.bytes(12).map { String($0, radix: 16) }.joined()
    let copyPath = "\(folder)/.favs-input-\(name)"
    let copy = try File.createPrivate(at: copyPath)
    try File.remove(copyPath)
    var bytes: [UInt8] = []
    while try read(into: &bytes, upTo: 1 << 18) > 0 {
      try copy.writeAll(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    let number = copy.descriptor.number
    try SystemCall.run("read", on: copyPath) {
      Int32(truncatingIfNeeded: lseek(number, 0, SEEK_SET))
    }
    return copy
  }
}
