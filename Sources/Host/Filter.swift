#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A program that a file goes through: it reads the file, and what it prints is read from it as it comes.
///
/// It is started directly and never through a shell. What it says on its standard errors is dropped.
package final class Filter {
  private let process: pid_t
  private let program: String
  private let output: File
  private var status: Int32?

  /// Starts a program that reads a plain file, of which some bytes were read already, from there again.
  fileprivate init(
    _ words: [String], input: borrowing File, rewinding count: Int
  ) throws(HostError) {
    let number = input.descriptor.number
    try SystemCall.run("lseek", on: input.path) { lseek(number, off_t(-count), SEEK_CUR) }
    let ends = try Pipe.make()
    output = File(Descriptor(ends.reader), path: nil)
    let writer = Descriptor(ends.writer)
    let nowhere = Descriptor(
      try SystemCall.run("open", on: "/dev/null") { unsafe open("/dev/null", O_WRONLY | O_CLOEXEC) }
    )
    program = words.first ?? ""
    process = try Child.start(
      words,
      moving: [
        (number, STDIN_FILENO), (writer.number, STDOUT_FILENO),
        (nowhere.number, STDERR_FILENO),
      ])
    try writer.close(path: nil)
    try nowhere.close(path: nil)
  }

  /// Appends what it printed next, `limit` bytes at most; 0 when it has ended.
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

  deinit {
    guard status == nil else { return }
    // Nobody wants the rest.
    kill(process, SIGTERM)
    _ = try? Child.status(of: process, program: program)
  }
}

extension File {
  /// What a program makes of this plain file, of which some bytes were read already, from there again.
  package borrowing func filtered(
    by words: [String], rewinding count: Int
  ) throws(HostError) -> Filter {
    try Filter(words, input: self, rewinding: count)
  }
}
