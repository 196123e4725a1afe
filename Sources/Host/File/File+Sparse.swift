#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension File {
  #if canImport(Darwin)
    private static let seekHole: Int32 = 3
    private static let seekData: Int32 = 4
  #else
    // Of <unistd.h>, which keeps them for GNU programs.
    private static let seekData: Int32 = 3
    private static let seekHole: Int32 = 4
  #endif

  /// Writes all of it to another, which is empty. What takes no room on the disk takes none there either.
  package borrowing func copyAll(to other: borrowing File) throws(HostError) {
    let size = try status().size
    let (number, target) = (descriptor.number, other.descriptor.number)
    var offset: Int64 = 0
    while offset < size {
      let data = lseek(number, off_t(offset), Self.seekData)
      // Nothing but a hole is left. A file system that knows of none has data everywhere.
      if data < 0, errno == ENXIO { break }
      let start = data < 0 ? offset : Int64(data)
      let hole = data < 0 ? -1 : lseek(number, off_t(start), Self.seekHole)
      let end = hole < 0 ? size : min(Int64(hole), size)
      try SystemCall.run("lseek", on: other.path) { lseek(target, off_t(start), SEEK_SET) }
      offset = start
      while offset < end {
        let piece = try read(at: offset, count: Int(min(1 << 20, end - offset)))
        guard !piece.isEmpty else { return }
        try other.writeAll(piece)
        offset += Int64(piece.count)
      }
    }
    try SystemCall.run("ftruncate", on: other.path) { ftruncate(target, off_t(size)) }
  }
}
