internal import Host

/// Output that its reader has not taken yet, kept in an unnamed file.
///
/// A pager waits for its user, and a command that writes to it would wait too, with the database
/// open for reading and every writer blocked. So nothing waits before the database is closed: a
/// pipe gets what it accepts immediately, and the rest is kept here, outside of memory, until then.
final class OutputSpool {
  private let file: File
  private var start: Int64 = 0
  private var end: Int64 = 0

  /// The number of bytes to write to a pipe at a time: a pipe that is ready accepts this many
  /// without blocking (POSIX.1-2017, `write`, PIPE_BUF), 4,096 bytes on Linux and at least 512
  /// elsewhere.
  private static let step = Standard.pieceOfPipe
  private static let pieceSize = 1 << 18

  /// Returns nil if no file can be created; output is then written directly.
  init?() {
    guard let file = try? File.nameless(in: Environment.temporaryFolder) else {
      return nil
    }
    self.file = file
  }

  /// Whether no output is kept.
  var isEmpty: Bool { start == end }

  /// Adds output. If nothing is waiting, writes as much as standard output accepts without
  /// blocking.
  func take(_ bytes: [UInt8]) throws(HostError) {
    try passOn()
    var given = 0
    if isEmpty {
      while given < bytes.count, Standard.isReadyPipe(1) {
        let next = min(given + Self.step, bytes.count)
        try Standard.write(Array(bytes[given..<next]), to: 1)
        given = next
      }
    }
    guard given < bytes.count else { return }
    let rest = given == 0 ? bytes : Array(bytes[given...])
    do {
      try file.put(rest, at: end)
      end += Int64(rest.count)
    } catch {
      // The disk is full, so wait for the reader.
      try writeOut()
      try Standard.write(rest, to: 1)
    }
  }

  /// Writes as much to a pipe as it accepts without blocking.
  private func passOn() throws(HostError) {
    while !isEmpty, Standard.isReadyPipe(1) {
      let bytes = try file.read(at: start, count: Int(min(Int64(Self.step), end - start)))
      guard !bytes.isEmpty else { return }
      try Standard.write(bytes, to: 1)
      start += Int64(bytes.count)
    }
    try reset()
  }

  /// Writes everything, however long that takes.
  func writeOut() throws(HostError) {
    while !isEmpty {
      let bytes = try file.read(at: start, count: Int(min(Int64(Self.pieceSize), end - start)))
      guard !bytes.isEmpty else { break }
      try Standard.write(bytes, to: 1)
      start += Int64(bytes.count)
    }
    try reset()
  }

  private func reset() throws(HostError) {
    guard isEmpty, end > 0 else { return }
    try file.empty()
    (start, end) = (0, 0)
  }
}
