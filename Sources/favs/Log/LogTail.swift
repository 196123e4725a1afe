internal import Host

/// Follows the log as lines are added, even when it is rotated meanwhile.
struct LogTail: ~Copyable {
  private let path: String
  private var file: File?
  private var rest: [UInt8] = []
  private var position: Int64 = 0

  /// Begins before the first line of the log at `path`, which need not exist yet.
  init(_ path: String) throws(HostError) {
    self.path = path
    try open()
  }

  /// All lines of a rotated log, unless it is the one being read.
  borrowing func linesSetAside(at old: String) throws(HostError) -> [[UInt8]] {
    let other = try LogTail(old)
    if let status = try other.file?.status(), try status.identity == file?.status().identity {
      return []
    }
    return try other.all()
  }

  /// The lines added since the last call.
  mutating func next() throws(HostError) -> [[UInt8]] {
    let status = try FileStatus.of(path, followingLinks: false)
    var lines = try read()
    if let status, try status.identity != file?.status().identity || status.size < position {
      // The unfinished line of the old log is of no use any more.
      rest = []
      try open()
      lines += try read()
    }
    return lines
  }

  /// The text after the last line feed: a line that was not written in full.
  var unfinished: [UInt8] { rest }

  private consuming func all() throws(HostError) -> [[UInt8]] {
    let lines = try read()
    return rest.isEmpty ? lines : lines + [rest]
  }

  private mutating func open() throws(HostError) {
    position = 0
    file = nil
    // A log is always a regular file; a FIFO would block its reader.
    guard try FileStatus.of(path, followingLinks: false)?.kind == .regular else { return }
    do throws(HostError) {
      file = try File(reading: path)
    } catch let error where error.isNotFound {
      // It has just been rotated.
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
