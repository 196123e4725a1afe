internal import Host

/// Output that its reader has not taken yet, kept in a file without a name.
///
/// A pager waits for its reader, and so would whoever writes to it, with the database open for reading and every
/// writer waiting in turn. So nobody is waited for before the database is closed: what a pipe takes at once it gets,
/// and the rest lies here, in no memory, until then.
final class OutputSpool {
  private let file: File
  private var start: Int64 = 0
  private var end: Int64 = 0

  /// How much is given to a pipe in one piece: a pipe that can be written to takes as much without waiting
  /// (POSIX.1-2017, `write`, PIPE_BUF), 4,096 bytes on Linux and 512 at least.
  private static let step = Standard.pieceOfPipe
  private static let pieceSize = 1 << 18

  /// Nil where no file can be made; the output is then written as it comes.
  init?() {
    guard let file = try? File.nameless(in: Environment.temporaryFolder) else {
      return nil
    }
    self.file = file
  }

  /// True where nothing is kept.
  var isEmpty: Bool { start == end }

  /// Takes output: what standard output takes without waiting goes there, if nothing stands before it.
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
      // There is no room for it: then its reader is waited for.
      try writeOut()
      try Standard.write(rest, to: 1)
    }
  }

  /// Gives a pipe what it takes without waiting.
  private func passOn() throws(HostError) {
    while !isEmpty, Standard.isReadyPipe(1) {
      let bytes = try file.read(at: start, count: Int(min(Int64(Self.step), end - start)))
      guard !bytes.isEmpty else { return }
      try Standard.write(bytes, to: 1)
      start += Int64(bytes.count)
    }
    try reset()
  }

  /// Writes all of it, however long that takes.
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
