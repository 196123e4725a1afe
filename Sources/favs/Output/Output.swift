internal import Host

/// The only writer: standard output in large pieces, standard error at once.
struct Output {
  /// True when standard output is a terminal.
  let isTerminal: Bool
  /// How text is coloured.
  let style: Style
  /// True when headings, counts and hints are not wanted.
  let isQuiet: Bool
  /// How long whoever reads the output was waited for, in nanoseconds; counted where it is much.
  private(set) var waited: UInt64 = 0
  private var buffer: [UInt8] = []
  /// What was written before that and its reader did not take at once.
  private var spool: OutputSpool?
  /// What is to be written and said later, in its order; nil while nothing is held back.
  private var held: [Piece]?
  /// True while all that a person is to see is gathered, to be shown in a pager where it is long.
  private var isGathering = false

  private enum Piece {
    case output([UInt8])
    case note(String)
  }

  /// How many bytes are gathered before they are written: as a rule all of them, and the database is closed by then.
  /// A pager that waits for its reader would otherwise make every writer wait for it too. What is more goes into a
  /// file until then.
  private static let pieceSize = 32 << 20

  /// What a pipe takes at once, though nobody reads it.
  private static let pipeSize = 1 << 16

  init(color: Style.Choice? = nil, isQuiet: Bool = false) {
    isTerminal = Terminal.isTerminal(1)
    style = Style(color, isTerminal: isTerminal)
    self.isQuiet = isQuiet
  }

  /// Writes data to standard output, sooner or later: byte for byte into a file or a pipe, and with nothing in it
  /// that is obeyed or not seen where it is a terminal.
  ///
  /// The one place for that, whatever the format: whoever writes data need not think of it.
  mutating func write(_ text: String) throws(Failure) {
    try append(isTerminal ? Escaping.forScreen(text) : text)
  }

  /// Writes data that is whole characters of UTF-8; as `write(_:)` of text.
  mutating func write(_ bytes: [UInt8]) throws(Failure) {
    guard !isTerminal else {
      return try append(Escaping.forScreen(String(decoding: bytes, as: UTF8.self)))
    }
    try append(bytes)
  }

  /// Writes what was laid out for a person: colours and links are obeyed, so whatever is stored was escaped by
  /// whoever laid it out.
  mutating func show(_ text: String) throws(Failure) { try append(text) }

  private mutating func append(_ text: String) throws(Failure) {
    buffer.append(contentsOf: text.utf8)
    if held == nil, buffer.count >= Self.pieceSize { try putAside() }
  }

  private mutating func append(_ bytes: [UInt8]) throws(Failure) {
    buffer.append(contentsOf: bytes)
    if held == nil, buffer.count >= Self.pieceSize { try putAside() }
  }

  /// Takes what was gathered out of memory, and waits for nobody: a plain file gets it, a pipe what it takes at once,
  /// and the rest lies aside.
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

  /// From here on everything is gathered, what is said beside the data as well; long output goes to a pager. Only
  /// where both go to a terminal that is as large as it says.
  mutating func gather() {
    isGathering = isTerminal && Terminal.isTerminal(2) && Terminal.height() > 0 && Pager.isWanted
  }

  /// Writes what was gathered without a pager: what was said before a failure is said all the same.
  mutating func flushGathered() throws(Failure) {
    guard isGathering else { return }
    isGathering = false
    try flush()
  }

  /// Hands what was gathered to a pager where it is long; gathers no more.
  private mutating func page() throws(Failure) {
    guard isGathering else { return }
    isGathering = false
    guard spool == nil, Pager.isLong(buffer) else { return }
    let start = Clock.monotonicNanoseconds()
    defer { waited += Clock.monotonicNanoseconds() - start }
    if try Pager.show(buffer) { buffer = [] }
  }

  /// Writes what was gathered.
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

  /// Keeps everything back until `release()`: while a lock is held nobody may have to wait for whoever
  /// reads the output.
  mutating func holdBack() { held = [] }

  /// Writes and says what was kept back, in its order.
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

  /// Says something to a person, beside the data: a count, a hint. Whatever it names, nothing in it is obeyed.
  mutating func note(_ text: String) throws(Failure) {
    guard !isQuiet else { return }
    try warn(text)
  }

  /// Says something that was laid out and may bear colours: a heading, a footer. What is stored was escaped.
  mutating func note(laidOut text: String) throws(Failure) {
    guard !isQuiet else { return }
    try tellNow(text)
  }

  /// Says what a person has to know, however quiet the output is to be.
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
    // What was written before is read before.
    try flush()
    Output.tell(text + "\n")
  }

  /// Writes to standard error. That it cannot be written to changes nothing: nobody is left to be told.
  static func tell(_ text: String) {
    try? Standard.write(Array(text.utf8), to: 2)
  }
}
