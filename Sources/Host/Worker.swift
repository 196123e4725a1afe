#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A program at work for us: it reads a text on its standard input, and what it prints is read as it comes. Of its two
/// outputs one is read, and the other dropped.
///
/// It is started directly and never through a shell.
package final class Worker {
  private let process: pid_t
  private let program: String
  private let output: File
  private var status: Int32?

  /// What there was to read.
  package enum Piece: Equatable, Sendable {
    case bytes
    /// Nothing has come in the time that was allowed.
    case nothing
    /// It has closed its output.
    case end
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - input: all that it reads. It has to read it before it prints much.
  ///   - readsErrors: true to read its standard errors: most programs write these at once, and keep their output back.
  ///   - largestFile: how many bytes a file that it writes may have; a write beyond that fails there (EFBIG), and does
  ///     not end it.
  package init(
    _ words: [String], input: [UInt8], readsErrors: Bool = false, largestFile: UInt64 = .max
  ) throws(HostError) {
    program = words.first ?? ""
    let input = try Self.pipe(holding: input)
    let ends = try Pipe.make()
    output = File(Descriptor(ends.reader), path: nil)
    let writer = Descriptor(ends.writer)
    let nowhere = Descriptor(
      try SystemCall.run("open", on: "/dev/null") { unsafe open("/dev/null", O_WRONLY | O_CLOEXEC) }
    )
    let files = [
      (input.reader.number, STDIN_FILENO),
      (writer.number, readsErrors ? STDERR_FILENO : STDOUT_FILENO),
      (nowhere.number, readsErrors ? STDOUT_FILENO : STDERR_FILENO),
    ]
    process = try Self.limitingFiles(to: largestFile) { () throws(HostError) in
      try Child.start(words, moving: files, limitsFiles: true)
    }
    try writer.close(path: nil)
    try nowhere.close(path: nil)
    try input.feed()
  }

  /// The two ends of a pipe, and what goes through it.
  private struct Feed: ~Copyable {
    let reader: Descriptor
    let writer: Descriptor
    let bytes: [UInt8]

    /// Writes all of it. Who does not want all of it is not made to take it.
    consuming func feed() throws(HostError) {
      let before = Signals.blockBrokenPipe()
      defer { Signals.unblockBrokenPipe(before) }
      try reader.close(path: nil)
      do throws(HostError) {
        try Standard.write(bytes, to: writer.number)
      } catch let error where error.isBrokenPipe {
      }
      try writer.close(path: nil)
    }
  }

  private static func pipe(holding bytes: [UInt8]) throws(HostError) -> Feed {
    let ends = try Pipe.make()
    return Feed(reader: Descriptor(ends.reader), writer: Descriptor(ends.writer), bytes: bytes)
  }

  /// Runs a body under a limit to the size of files, which a program that is started there keeps.
  private static func limitingFiles<Result>(
    to size: UInt64, _ body: () throws(HostError) -> Result
  ) throws(HostError) -> Result {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
      let resource = RLIMIT_FSIZE
    #endif
    var before = rlimit()
    try SystemCall.run("getrlimit") { unsafe getrlimit(resource, &before) }
    var limited = before
    limited.rlim_cur = min(before.rlim_cur, rlim_t(size))
    try SystemCall.run("setrlimit") { unsafe setrlimit(resource, &limited) }
    defer { _ = unsafe setrlimit(resource, &before) }
    return try body()
  }

  /// Appends what it printed next, `limit` bytes at most.
  ///
  /// - Parameter milliseconds: how long is waited for anything.
  package func read(
    into bytes: inout [UInt8], upTo limit: Int, waiting milliseconds: Int
  ) throws(HostError) -> Piece {
    var one = pollfd(fd: output.descriptor.number, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&one, 1, Int32(clamping: milliseconds)) > 0 else { return .nothing }
    return try output.read(into: &bytes, upTo: limit) > 0 ? .bytes : .end
  }

  /// Waits for it, and gives its exit status.
  package func end() throws(HostError) -> Int32 {
    if let status { return status }
    let status = try Child.status(of: process, program: program)
    self.status = status
    return status
  }

  /// Ends it before its time.
  package func stop() {
    guard status == nil else { return }
    kill(process, SIGTERM)
    _ = try? end()
  }

  deinit { stop() }
}
