internal import Host

/// All output of the program: standard output in large pieces, standard error immediately.
struct Output {
  /// Whether standard output is a terminal.
  let isTerminal: Bool
  /// The style of text.
  let style: Style
  /// Whether to omit headings, counts and hints.
  let isQuiet: Bool
  /// The time spent waiting for the reader of the output, in nanoseconds; measured only for large
  /// output.
  private(set) var waited: UInt64 = 0
  private var buffer: [UInt8] = []
  /// Earlier output that its reader has not taken yet.
  private var spool: OutputSpool?
  /// Output and notes held back, in order; nil if nothing is held back.
  private var held: [Piece]?
  /// Whether everything for the user is collected, to be shown in a pager if it is long.
  private var isGathering = false

  private enum Piece {
    case output([UInt8])
    case note(String)
  }

  /// The number of bytes to collect before writing: usually all of them, so that the database is
  /// closed by then. Otherwise, a pager that waits for its user would block every writer. Longer
  /// output goes to a file until then.
  private static let pieceSize = 32 << 20

  /// The number of bytes that a pipe accepts even if nobody reads it.
  private static let pipeSize = 1 << 16

  init(color: Style.Choice? = nil, isQuiet: Bool = false) {
    isTerminal = Terminal.isTerminal(1)
    style = Style(color, isTerminal: isTerminal)
    self.isQuiet = isQuiet
  }

  /// Writes data to standard output, possibly later: unchanged to a file or a pipe, but without
  /// control characters and invisible characters to a terminal.
  ///
  /// All data passes through here, whatever the format, so that callers need not escape it.
  mutating func write(_ text: String) throws(Failure) {
    try append(isTerminal ? Escaping.forScreen(text) : text)
  }

  /// Writes data in complete UTF-8 characters; otherwise like `write(_:)` for text.
  mutating func write(_ bytes: [UInt8]) throws(Failure) {
    guard !isTerminal else {
      return try append(Escaping.forScreen(String(decoding: bytes, as: UTF8.self)))
    }
    try append(bytes)
  }

  /// Writes text that was laid out for people. Colours and links are kept, so the caller must have
  /// escaped stored text.
  mutating func show(_ text: String) throws(Failure) { try append(text) }

  private mutating func append(_ text: String) throws(Failure) {
    buffer.append(contentsOf: text.utf8)
    if held == nil, buffer.count >= Self.pieceSize { try putAside() }
  }

  private mutating func append(_ bytes: [UInt8]) throws(Failure) {
    buffer.append(contentsOf: bytes)
    if held == nil, buffer.count >= Self.pieceSize { try putAside() }
  }

  /// Moves collected output out of memory without blocking: all of it to a regular file, as much as
  /// fits to a pipe, and the rest to a temporary file.
  private mutating func putAside() throws(Failure) {
    isGathering = false
    if spool == nil, !Standard.isPlainFile(1) { spool = OutputSpool() }
    guard let spool else { return try flush() }
    defer { buffer.removeAll(keepingCapacity: true) }
    do {
      try spool.take(buffer)
    } catch {
      throw Self.failure(error)
    }
  }

  /// From here on, collects all output, including notes; long output goes to a pager. Does nothing
  /// unless both streams go to a terminal of known size.
  mutating func gather() {
    isGathering = isTerminal && Terminal.isTerminal(2) && Terminal.height() > 0 && Pager.isWanted
  }

  /// Writes collected output without a pager: output from before a failure is printed all the same.
  mutating func flushGathered() throws(Failure) {
    guard isGathering else { return }
    isGathering = false
    try flush()
  }

  /// Passes collected output to a pager if it is long, and stops collecting.
  private mutating func page() throws(Failure) {
    guard isGathering else { return }
    isGathering = false
    guard spool == nil, Pager.isLong(buffer) else { return }
    let start = Clock.monotonicNanoseconds()
    defer { waited += Clock.monotonicNanoseconds() - start }
    if try Pager.show(buffer) { buffer = [] }
  }

  /// Writes collected output.
  mutating func flush() throws(Failure) {
    try page()
    guard !buffer.isEmpty || spool != nil else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    let start =
      buffer.count > Self.pipeSize || spool != nil ? Clock.monotonicNanoseconds() : 0
    defer { if start > 0 { waited += Clock.monotonicNanoseconds() - start } }
    do {
      try spool?.writeOut()
      if !buffer.isEmpty { try Standard.write(buffer, to: 1) }
    } catch {
      throw Self.failure(error)
    }
  }

  private static func failure(_ error: HostError) -> Failure {
    if error.isBrokenPipe { Signals.dieOfBrokenPipe() }
    return Failure(
      .inputOutput, "cannot write output: \(error.reason)", systemError: error.code)
  }

  /// Holds back everything until `release()`: while a lock is held, no other process may have to
  /// wait for the reader of the output.
  mutating func holdBack() { held = [] }

  /// Writes everything held back, in order.
  mutating func release() throws(Failure) {
    let rest = buffer
    let pieces = held ?? []
    held = nil
    buffer = []
    for piece in pieces {
      switch piece {
      case .output(let bytes): try append(bytes)
      case .note(let text): try tellNow(text)
      }
    }
    try append(rest)
  }

  /// Prints a note for the user, such as a count or a hint. Control characters in it are escaped.
  mutating func note(_ text: String) throws(Failure) {
    guard !isQuiet else { return }
    try warn(text)
  }

  /// Prints a note that was laid out and may contain colours: a heading, a footer. Stored text in
  /// it must be escaped.
  mutating func note(laidOut text: String) throws(Failure) {
    guard !isQuiet else { return }
    try tellNow(text)
  }

  /// Prints a message that the user must see, even if the output is quiet.
  mutating func warn(_ text: String) throws(Failure) {
    try tellNow(Escaping.forParagraph(text))
  }

  private mutating func tellNow(_ text: String) throws(Failure) {
    if held != nil {
      held?.append(.output(buffer))
      held?.append(.note(text))
      buffer = []
      return
    }
    guard !isGathering else { return try append(text + "\n") }
    // Earlier output must be read first.
    try flush()
    Output.tell(text + "\n")
  }

  /// Writes to standard error. Ignores failures: there is nowhere left to report them.
  static func tell(_ text: String) {
    try? Standard.write(Array(text.utf8), to: 2)
  }
}
