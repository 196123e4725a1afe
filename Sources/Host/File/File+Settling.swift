internal import CHost

extension File {
  /// The most that is taken from a pipe, in bytes: far above what anybody keeps, and an end to what has none.
  package static let longestStream: Int64 = 4 << 30

  /// What stays free on the disk, in bytes, and how much is kept before that is looked at.
  private static let reserve: Int64 = 256 << 20
  private static let unasked: Int64 = 16 << 20

  /// The file at a path; standard input for `-`.
  package static func input(_ path: String) throws(UnusableInput) -> File {
    guard path != "-" else { return standardInput() }
    do {
      return try File(reading: path)
    } catch {
      throw .host(error)
    }
  }

  /// The same content in a file that never keeps its reader waiting: itself where it is a plain file,
  /// else a private copy of all that comes, which has no name and goes when it is closed.
  ///
  /// To be used before a lock is taken: who reads a pipe may wait for as long as its writer pleases. Devices such
  /// as `/dev/zero` are refused, and so is a pipe without an end, once it gave more than `limit` bytes.
  package consuming func settled(
    atMost limit: Int64 = File.longestStream
  ) throws(UnusableInput) -> File {
    let status: FileStatus
    do {
      status = try self.status()
    } catch {
      throw .host(error)
    }
    if status.kind == .regular { return self }
    guard !status.isDevice || isTerminal || status.isNull else { throw .device }
    let folder = Environment.temporaryFolder
    let copy: File
    do {
      copy = try File.nameless(in: folder)
    } catch {
      throw .host(error)
    }
    var bytes: [UInt8] = []
    var size: Int64 = 0
    var nextLook = File.unasked
    while true {
      let count: Int
      do {
        count = try read(into: &bytes, upTo: 1 << 18)
      } catch {
        throw .host(error)
      }
      guard count > 0 else { break }
      size += Int64(count)
      guard size <= limit else { throw .endless(limit: limit) }
      if size >= nextLook {
        nextLook += File.unasked
        guard copy.freeBytes.map({ $0 >= File.reserve }) ?? true else {
          throw .fillsDisk(folder: folder, reserve: File.reserve)
        }
      }
      do {
        try copy.writeAll(bytes)
      } catch {
        throw .host(error)
      }
      bytes.removeAll(keepingCapacity: true)
    }
    do {
      try copy.rewind()
    } catch {
      throw .host(error)
    }
    return copy
  }

  /// Goes back to the beginning.
  package borrowing func rewind() throws(HostError) {
    let number = descriptor.number
    try SystemCall.run("lseek", on: path) { Int32(truncatingIfNeeded: lseek(number, 0, SEEK_SET)) }
  }

  /// Whether it is a terminal.
  private var isTerminal: Bool { Terminal.isTerminal(descriptor.number) }

  /// How many bytes are free on the disk that it is on; nil where that cannot be told.
  private var freeBytes: Int64? {
    var status = statvfs()
    guard unsafe fstatvfs(descriptor.number, &status) == 0 else { return nil }
    let blocks = Int64(clamping: status.f_bavail)
    let (bytes, isTooMuch) = blocks.multipliedReportingOverflow(
      by: Int64(clamping: status.f_frsize))
    return isTooMuch ? nil : bytes
  }

  /// Makes a private file that has no name and goes when it is closed.
  package static func nameless(in folder: String) throws(HostError) -> File {
    if let number = try? SystemCall.run(
      "open", on: folder, { unsafe favs_open_nameless(folder, 0o600) })
    {
      return File(Descriptor(number), path: nil)
    }
    // The file system has none: one with a name, for a moment.
    let name = Randomness.bytes(12).map { String($0, radix: 16) }.joined()
    let path = "\(folder)/.favs-input-\(name)"
    let file = try File.createPrivate(at: path)
    try File.remove(path)
    return file
  }
}
