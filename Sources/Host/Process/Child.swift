internal import CHost

/// Another program, started directly and never through a shell.
package struct Child: Sendable {
  /// Runs a program with its arguments and waits for it; returns its exit status.
  ///
  /// It gets our standard input, output and errors and no other open file, and the user's umask. If
  /// a signal ended it, the status is 128 plus the signal's number. Throws if it cannot be started.
  /// While it runs, the interrupt key only affects the program, as an editor expects.
  /// - Parameters:
  ///   - keepsInput: false to give it nothing to read.
  ///   - keepsOutput: false to send its output to our standard errors, so that none of it gets into
  ///     ours.
  ///   - terminal: a descriptor for its input, output and errors; nil for ours.
  package static func run(
    _ words: [String], keepsInput: Bool = true, keepsOutput: Bool = true,
    on terminal: Int32? = nil
  ) throws(HostError) -> Int32 {
    guard let program = words.first, !program.isEmpty else {
      throw HostError(call: "posix_spawn", path: nil, code: EINVAL)
    }
    let nothing = try Descriptor(opening: "/dev/null", O_RDONLY)
    let moves =
      terminal.map { terminal in (STDIN_FILENO...STDERR_FILENO).map { (terminal, $0) } }
      ?? (keepsInput ? [] : [(nothing.number, STDIN_FILENO)])
      + (keepsOutput ? [] : [(STDERR_FILENO, STDOUT_FILENO)])
    let process = try start(words, moving: moves)
    return try leavingKeys { () throws(HostError) in try status(of: process, program: program) }
  }

  /// Runs a program that reads bytes on its standard input, and waits for it; returns its exit
  /// status. It may end before it has read everything. Otherwise like `run(_:keepsOutput:)`.
  package static func feed(
    _ words: [String], _ bytes: [UInt8], adding more: [(name: String, value: String)] = []
  ) throws(HostError) -> Int32 {
    guard let program = words.first, !program.isEmpty else {
      throw HostError(call: "posix_spawn", path: nil, code: EINVAL)
    }
    let ends = try Pipe.make()
    let reader = Descriptor(ends.reader)
    let process: pid_t
    do {
      process = try start(words, moving: [(reader.number, STDIN_FILENO)], adding: more)
    } catch {
      try Descriptor(ends.writer).close(path: nil)
      throw error
    }
    try reader.close(path: nil)
    return try leavingKeys { () throws(HostError) in
      let writer = Descriptor(ends.writer)
      let blocked = Signals.blockBrokenPipe()
      var failure: HostError?
      do throws(HostError) {
        try Standard.write(bytes, to: writer.number)
      } catch {
        if !error.isBrokenPipe { failure = error }
      }
      Signals.unblockBrokenPipe(blocked)
      try writer.close(path: nil)
      let ended = try status(of: process, program: program)
      if let failure { throw failure }
      return ended
    }
  }

  /// Starts a program, mapping descriptors of ours to its own.
  ///
  /// - Parameters:
  ///   - isPrivate: true if it works for us alone: it gets our umask, so that only the user may
  ///     read the files it makes. Otherwise it gets the user's.
  ///   - limitsFiles: true to let the program continue when a file exceeds its size limit: the
  ///     signal for that stays ignored.
  static func start(
    _ words: [String], moving descriptors: [(Int32, Int32)],
    adding more: [(name: String, value: String)] = [], isPrivate: Bool = false,
    limitsFiles: Bool = false, without isDropped: (String) -> Bool = { _ in false }
  ) throws(HostError) -> pid_t {
    if limitsFiles { Signals.prepare() }
    for word in words where word.utf8.contains(0) {
      throw HostError(call: "posix_spawn", path: words[0], code: EINVAL)
    }
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { unsafe pointers.forEach { unsafe free($0) } }
    let (variables, added) = unsafe variables(adding: more, without: isDropped)
    defer { unsafe added.forEach { unsafe free($0) } }
    var process: pid_t = 0
    guard unsafe pointers[0] != nil else {
      throw HostError(call: "posix_spawn", path: words[0], code: ENOMEM)
    }
    Descriptor.keepFromChildren()
    let moves = descriptors.flatMap { [$0, $1] }
    // The program does not inherit that we ignore this signal.
    let usual = limitsFiles ? 0 : SIGXFSZ
    let spawn = {
      unsafe favs_spawn(&process, pointers, variables, moves, Int32(descriptors.count), usual)
    }
    let code = isPrivate ? spawn() : Umask.lending(spawn)
    if code != 0 { throw HostError(call: "posix_spawn", path: words[0], code: code) }
    return process
  }

  /// Our variables, with some replaced or added; and those that have to be freed.
  private static func variables(
    adding more: [(name: String, value: String)], without isDropped: (String) -> Bool
  ) -> (all: [UnsafeMutablePointer<CChar>?], added: [UnsafeMutablePointer<CChar>?]) {
    let ours = unsafe favs_variables()
    var all: [UnsafeMutablePointer<CChar>?] = unsafe []
    var place = 0
    while let one = unsafe ours?[place] {
      place += 1
      let isReplaced = more.contains { name, _ in
        unsafe strncmp(one, name + "=", name.utf8.count + 1) == 0
      }
      if !isReplaced, unsafe !isDropped(name(of: one)) { unsafe all.append(one) }
    }
    let added = unsafe more.map { unsafe strdup("\($0.name)=\($0.value)") }
    return unsafe (all + added + [nil], added)
  }

  /// The name of a variable: the part before its equals sign.
  private static func name(of variable: UnsafeMutablePointer<CChar>) -> String {
    let length = unsafe strcspn(variable, "=")
    let bytes = unsafe UnsafeBufferPointer(start: variable, count: length)
    return unsafe String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Leaves the interrupt key to a program while it runs.
  static func leavingKeys<Result>(
    _ body: () throws(HostError) -> Result
  ) throws(HostError) -> Result {
    let interrupt = favs_take_signal(SIGINT, favs_ignoring())
    let quit = favs_take_signal(SIGQUIT, favs_ignoring())
    defer {
      _ = favs_take_signal(SIGINT, interrupt)
      _ = favs_take_signal(SIGQUIT, quit)
    }
    return try body()
  }

  /// Waits for a program; returns its exit status, or 128 plus the number of the signal that ended
  /// it.
  static func status(of process: pid_t, program: String) throws(HostError) -> Int32 {
    var status: Int32 = 0
    try SystemCall.run("waitpid", on: program) { unsafe waitpid(process, &status, 0) }
    // The low seven bits are the signal that ended it, 0 if it exited.
    let number = status & 0x7F
    return number == 0 ? (status >> 8) & 0xFF : 128 + number
  }
}
