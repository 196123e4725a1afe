internal import CHost

extension Child {
  /// Runs a program and gives its exit status and what it printed, `limit` bytes at most.
  ///
  /// It has nothing on its standard input, and our standard errors, or the terminal.
  /// - Parameters:
  ///   - variables: what is added to the variables that we have; what is there under that name is replaced.
  ///   - onTerminal: true to have its standard errors on the terminal of this process, wherever ours lead.
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
