internal import CHost

/// A program at work for us: it reads a text or a file on its standard input, and what it prints is read as it comes. Of
/// its two outputs one is read, and the other dropped.
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
  ///     not end it. Nil for as many as we may.
  package convenience init(
    _ words: [String], input: [UInt8], readsErrors: Bool = false, largestFile: UInt64? = nil
  ) throws(HostError) {
    let feed = try Feed(input)
    try self.init(
      words, reading: feed.reader.number, readsErrors: readsErrors, largestFile: largestFile)
    try feed.feed()
  }

  /// Starts a program that reads a plain file, of which some bytes were read already, from there again.
  fileprivate convenience init(
    _ words: [String], input: borrowing File, rewinding count: Int
  ) throws(HostError) {
    let number = input.descriptor.number
    try SystemCall.run("lseek", on: input.path) { lseek(number, off_t(-count), SEEK_CUR) }
    try self.init(words, reading: number, readsErrors: false, largestFile: nil)
  }

  private init(
    _ words: [String], reading input: Int32, readsErrors: Bool, largestFile: UInt64?
  ) throws(HostError) {
    program = words.first ?? ""
    let ends = try Pipe.make()
    output = File(Descriptor(ends.reader), path: nil)
    let writer = Descriptor(ends.writer)
    let nowhere = try Descriptor(opening: "/dev/null", O_WRONLY)
    let files = [
      (input, STDIN_FILENO),
      (writer.number, readsErrors ? STDERR_FILENO : STDOUT_FILENO),
      (nowhere.number, readsErrors ? STDOUT_FILENO : STDERR_FILENO),
    ]
    if let largestFile {
      process = try Self.limitingFiles(to: largestFile) { () throws(HostError) in
        try Child.start(words, moving: files, limitsFiles: true)
      }
    } else {
      process = try Child.start(words, moving: files)
    }
    try writer.close(path: nil)
    try nowhere.close(path: nil)
  }

  /// The two ends of a pipe, and what goes through it.
  private struct Feed: ~Copyable {
    let reader: Descriptor
    let writer: Descriptor
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) throws(HostError) {
      let ends = try Pipe.make()
      reader = Descriptor(ends.reader)
      writer = Descriptor(ends.writer)
      self.bytes = bytes
    }

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

  /// Runs a body under a limit to the size of files, which a program that is started there keeps.
  private static func limitingFiles<Result>(
    to size: UInt64, _ body: () throws(HostError) -> Result
  ) throws(HostError) -> Result {
    var before = rlimit()
    try SystemCall.run("getrlimit") { unsafe favs_file_limit(&before) }
    var limited = before
    limited.rlim_cur = min(before.rlim_cur, rlim_t(size))
    try SystemCall.run("setrlimit") { unsafe favs_set_file_limit(&limited) }
    defer { _ = unsafe favs_set_file_limit(&before) }
    return try body()
  }

  /// Waits until at least one of several has printed something or closed its output; gives which have.
  ///
  /// - Parameter milliseconds: how long at most.
  package static func wait(for workers: [Worker], milliseconds: Int) -> [Bool] {
    var all = workers.map {
      pollfd(fd: $0.output.descriptor.number, events: Int16(POLLIN), revents: 0)
    }
    guard unsafe poll(&all, nfds_t(all.count), Int32(clamping: milliseconds)) > 0 else {
      return workers.map { _ in false }
    }
    return all.map { $0.revents != 0 }
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

  /// The same, however long it takes; how many bytes, 0 when it has ended.
  package func read(into bytes: inout [UInt8], upTo limit: Int) throws(HostError) -> Int {
    let count = try output.read(into: &bytes, upTo: limit)
    if count == 0 { _ = try end() }
    return count
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

extension File {
  /// What a program makes of this plain file, of which some bytes were read already, from there again.
  package borrowing func filtered(
    by words: [String], rewinding count: Int
  ) throws(HostError) -> Worker {
    try Worker(words, input: self, rewinding: count)
  }
}
