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
    let copy = try File.nameless(in: folder)
    var bytes: [UInt8] = []
    while try read(into: &bytes, upTo: 1 << 18) > 0 {
      try copy.writeAll(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    try copy.rewind()
    return copy
  }

  /// Goes back to the beginning of a plain file.
  package borrowing func rewind() throws(HostError) {
    let number = descriptor.number
    try SystemCall.run("lseek", on: path) {
      Int32(truncatingIfNeeded: lseek(number, 0, SEEK_SET))
    }
  }

  /// Makes a private file that has no name and goes when it is closed.
  private static func nameless(in folder: String) throws(HostError) -> File {
    #if os(Linux)
      // O_TMPFILE of include/uapi/asm-generic/fcntl.h, a macro that Swift cannot take over.
      let flags = 0o20000000 | O_DIRECTORY | O_RDWR | O_CLOEXEC
      if let number = try? SystemCall.run("open", on: folder, { unsafe open(folder, flags, 0o600) })
      {
        return File(Descriptor(number), path: nil)
      }
    #endif
    // The file system has none: one with a name, for a moment.
    let name = Randomness.bytes(12).map { String($0, radix: 16) }.joined()
    let path = "\(folder)/.favs-input-\(name)"
    let file = try File.createPrivate(at: path)
    try File.remove(path)
    return file
  }
}
