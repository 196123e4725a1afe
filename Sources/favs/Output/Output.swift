internal import Host

/// The only writer: standard output in large pieces, standard error at once.
struct Output {
  /// True when standard output is a terminal.
  let isTerminal: Bool
  /// How text is coloured.
  let style: Style
  /// True when headings, counts and hints are not wanted.
  let isQuiet: Bool
  private var buffer: [UInt8] = []

  /// How many bytes are gathered before they are written.
  private static let pieceSize = 1 << 16

  init(color: Style.Choice? = nil, isQuiet: Bool = false) {
    isTerminal = Terminal.isTerminal(Standard.output)
    style = Style(color, isTerminal: isTerminal)
    self.isQuiet = isQuiet
  }

  /// Writes text to standard output, sooner or later.
  mutating func write(_ text: String) throws(Failure) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// Writes bytes to standard output, sooner or later.
  mutating func write(_ bytes: [UInt8]) throws(Failure) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// Writes what was gathered.
  mutating func flush() throws(Failure) {
    guard !buffer.isEmpty else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    do {
      try Standard.write(buffer, to: Standard.output)
    } catch {
      if error.isBrokenPipe { Process.endOfPipe() }
      throw Failure(.inputOutput, "cannot write output: \(error.reason)")
    }
  }

  /// Says something to a person, beside the data: a heading, a count, a hint.
  func note(_ text: String) {
    guard !isQuiet else { return }
    Output.tell(text + "\n")
  }

  /// Writes to standard error. That it cannot be written to changes nothing: nobody is left to be told.
  static func tell(_ text: String) {
    try? Standard.write(Array(text.utf8), to: Standard.error)
  }
}
