internal import CHost

extension File {
  /// The most that is read from a pipe, in bytes: far more than anyone stores, and a limit for
  /// endless ones.
  package static let longestStream: Int64 = 4 << 30

  /// How much space has to stay free on the disk, in bytes, and how much is written between checks.
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

  /// The same content in a file that never blocks its reader: the file itself if it is regular,
  /// otherwise a private, nameless copy of everything that arrives, which is gone when closed.
  ///
  /// Call this before taking a lock: reading a pipe may take as long as its writer likes. Devices
  /// such as `/dev/zero` are refused, and so is an endless pipe, once it exceeds `limit` bytes.
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

  /// Seeks to the beginning.
  package borrowing func rewind() throws(HostError) {
    let number = descriptor.number
    try SystemCall.run("lseek", on: path) { Int32(truncatingIfNeeded: lseek(number, 0, SEEK_SET)) }
  }

  /// Whether it is a terminal.
  private var isTerminal: Bool { Terminal.isTerminal(descriptor.number) }

  /// The number of free bytes on its disk; nil if unknown.
  private var freeBytes: Int64? {
    var status = statvfs()
    guard unsafe fstatvfs(descriptor.number, &status) == 0 else { return nil }
    let blocks = Int64(clamping: status.f_bavail)
    let (bytes, isTooMuch) = blocks.multipliedReportingOverflow(
      by: Int64(clamping: status.f_frsize))
    return isTooMuch ? nil : bytes
  }

  /// Makes a private file without a name, which is gone when closed.
  package static func nameless(in folder: String) throws(HostError) -> File {
    if let number = try? SystemCall.run(
      "open", on: folder, { unsafe favs_open_nameless(folder, 0o600) })
    {
      return File(Descriptor(number), path: nil)
    }
    // The file system does not support it: use one with a name, for a moment.
    let path = "\(folder)/.favs-input-\(Randomness.name(ofBytes: 12))"
    let file = try File.createPrivate(at: path)
    try File.remove(path)
    return file
  }
}
