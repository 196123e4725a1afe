internal import Host

/// The lines of the log as they come, also when the log is set aside and begun anew meanwhile.
struct LogTail: ~Copyable {
  private let path: String
  private var file: File?
  private var rest: [UInt8] = []
  private var position: Int64 = 0

  /// Begins before the first line of the log at `path`, which need not be there yet.
  init(_ path: String) throws(HostError) {
    self.path = path
    try open()
  }

  /// All lines of a log that was set aside, unless it is the one being read.
  borrowing func linesSetAside(at old: String) throws(HostError) -> [[UInt8]] {
    let other = try LogTail(old)
    if let status = try other.file?.status(), try status.identity == file?.status().identity {
      return []
    }
    return try other.all()
  }

  /// The lines that have come since they were last asked for.
  mutating func next() throws(HostError) -> [[UInt8]] {
    let status = try FileStatus.of(path, followingLinks: false)
    var lines = try read()
    if let status, try status.identity != file?.status().identity || status.size < position {
      // What was begun there and never ended is of no use any more.
      rest = []
      try open()
      lines += try read()
    }
    return lines
  }

  /// What stands behind the last line feed, if anything does: a line that was not written whole.
  var unfinished: [UInt8] { rest }

  private consuming func all() throws(HostError) -> [[UInt8]] {
    let lines = try read()
    return rest.isEmpty ? lines : lines + [rest]
  }

  private mutating func open() throws(HostError) {
    position = 0
    file = nil
    // Nothing but a plain file is a log; a FIFO would keep its reader waiting.
    guard try FileStatus.of(path, followingLinks: false)?.kind == .regular else { return }
    do throws(HostError) {
      file = try File(reading: path)
    } catch let error where error.isNotFound {
      // It has just been set aside.
    }
  }

  private mutating func read() throws(HostError) -> [[UInt8]] {
    var count = 0
    repeat {
      count = try file?.read(into: &rest, upTo: 1 << 18) ?? 0
      position += Int64(count)
    } while count > 0
    guard let end = rest.lastIndex(of: 0x0A) else { return [] }
    let lines = rest[..<end].split(separator: 0x0A).map(Array.init)
    rest.removeSubrange(...end)
    return lines
  }
}
