internal import CHost

/// A program that works for us: it reads a text or a file on its standard input, and its output is
/// read as it arrives. Of its two outputs, one is read and the other discarded.
///
/// It is started directly and never through a shell.
package final class Worker {
  private let process: pid_t
  private let program: String
  private let output: File
  private var status: Int32?

  /// The result of a read.
  package enum Piece: Equatable, Sendable {
    case bytes
    /// Nothing arrived in the time allowed.
    case nothing
    /// It has closed its output.
    case end
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - input: its whole input. It has to read it before it prints much.
  ///   - readsErrors: true to read its standard errors: most programs write these at once, and
  ///     buffer their output.
  ///   - largestFile: the size limit of files that it writes, in bytes; a write beyond that fails
  ///     there (EFBIG), but does not end it. Nil for our own limit.
  package convenience init(
    _ words: [String], input: [UInt8], readsErrors: Bool = false, largestFile: UInt64? = nil
  ) throws(HostError) {
    let feed = try Feed(input)
    try self.init(
      words, reading: feed.reader.number, readsErrors: readsErrors, largestFile: largestFile)
    try feed.feed()
  }

  /// Starts a program that reads a regular file, after going back over the `count` bytes that were
  /// read already.
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
    let start = { () throws(HostError) in
      try Child.start(words, moving: files, isPrivate: true, limitsFiles: largestFile != nil)
    }
    process =
      if let largestFile { try Self.limitingFiles(to: largestFile, start) } else { try start() }
    try writer.close(path: nil)
    try nowhere.close(path: nil)
  }

  /// The two ends of a pipe, and its data.
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

    /// Writes everything. A reader may stop early.
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

  /// Runs a body under a file-size limit, which a program started in it inherits.
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

  /// Waits until at least one of several workers has printed something or closed its output;
  /// returns which have.
  ///
  /// - Parameter milliseconds: the longest time to wait.
  package static func wait(for workers: [Worker], milliseconds: Int) -> [Bool] {
    var all = workers.map {
      pollfd(fd: $0.output.descriptor.number, events: Int16(POLLIN), revents: 0)
    }
    guard unsafe poll(&all, nfds_t(all.count), Int32(clamping: milliseconds)) > 0 else {
      return workers.map { _ in false }
    }
    return all.map { $0.revents != 0 }
  }

  /// Appends its next output, at most `limit` bytes.
  ///
  /// - Parameter milliseconds: the longest time to wait for anything.
  package func read(
    into bytes: inout [UInt8], upTo limit: Int, waiting milliseconds: Int
  ) throws(HostError) -> Piece {
    var one = pollfd(fd: output.descriptor.number, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&one, 1, Int32(clamping: milliseconds)) > 0 else { return .nothing }
    return try output.read(into: &bytes, upTo: limit) > 0 ? .bytes : .end
  }

  /// Like the other `read`, without a time limit; returns the number of bytes, 0 when it has ended.
  package func read(into bytes: inout [UInt8], upTo limit: Int) throws(HostError) -> Int {
    let count = try output.read(into: &bytes, upTo: limit)
    if count == 0 { _ = try end() }
    return count
  }

  /// Waits for it, and returns its exit status.
  package func end() throws(HostError) -> Int32 {
    if let status { return status }
    let status = try Child.status(of: process, program: program)
    self.status = status
    return status
  }

  /// Ends it early.
  package func stop() {
    guard status == nil else { return }
    kill(process, SIGTERM)
    _ = try? end()
  }

  deinit { stop() }
}

extension File {
  /// The output of a program for this regular file, after going back over the `count` bytes that
  /// were read already.
  package borrowing func filtered(
    by words: [String], rewinding count: Int
  ) throws(HostError) -> Worker {
    try Worker(words, input: self, rewinding: count)
  }
}
