internal import CHost

extension Child {
  /// Runs a program and returns its exit status and its output, at most `limit` bytes.
  ///
  /// Its standard input is empty, and its standard errors are ours, or the terminal.
  /// - Parameters:
  ///   - variables: variables to add to ours, replacing those of the same name.
  ///   - onTerminal: true to connect its standard errors to this process's terminal, wherever ours
  ///     go.
  package static func output(
    of words: [String], adding variables: [(name: String, value: String)] = [],
    onTerminal: Bool = false, atMost limit: Int
  ) throws(HostError) -> (status: Int32, bytes: [UInt8]) {
    let ends = try Pipe.make()
    let output = File(Descriptor(ends.reader), path: nil)
    let writer = Descriptor(ends.writer)
    let nothing = try Descriptor(opening: "/dev/null", O_RDONLY)
    let errors = try Descriptor(opening: onTerminal ? Terminal.path : "/dev/null", O_RDWR)
    let moves = [
      (nothing.number, STDIN_FILENO), (writer.number, STDOUT_FILENO),
      (errors.number, STDERR_FILENO),
    ]
    let process = try start(words, moving: moves, adding: variables)
    try writer.close(path: nil)
    var bytes: [UInt8] = []
    let code = try leavingKeys { () throws(HostError) in
      var isEnded = false
      while !isEnded, bytes.count < limit {
        isEnded = try output.read(into: &bytes, upTo: limit - bytes.count) == 0
      }
      return try status(of: process, program: words.first ?? "")
    }
    return (code, bytes)
  }
}
