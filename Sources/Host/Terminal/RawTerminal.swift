internal import CHost

/// The terminal of this process, for drawing and reading keys, wherever standard input and output
/// go.
///
/// The terminal is always restored: at the end of its scope, if an error is thrown, and if a signal
/// or a crash ends the process. Ctrl-\ still ends the process; Ctrl-C and Ctrl-Z are keys.
package struct RawTerminal: ~Copyable {
  private let file: Descriptor
  private let wakeReader: Descriptor
  private let wakeWriter: Descriptor
  private let before: termios
  private let during: termios
  /// The text written when the terminal is taken, and before it is released.
  private let entering: [UInt8]
  private var leaving: [UInt8]
  private var watch: TerminalGuard?

  /// Takes the terminal.
  ///
  /// - Parameters:
  ///   - entering: the text written to it first, and again after it was lent or the process was
  ///     stopped.
  ///   - leaving: the text written to it last.
  /// - Throws: if the process has none.
  package static func take(entering: String, leaving: String) throws(HostError) -> RawTerminal {
    let file = try Descriptor(opening: Terminal.path, O_RDWR)
    let number = file.number
    var now = termios()
    try SystemCall.run("tcgetattr", on: Terminal.path) { unsafe tcgetattr(number, &now) }
    let ends = try Pipe.make()
    // A signal handler never waits for a reader.
    for end in [ends.reader, ends.writer] { _ = favs_set_file_flags(end, O_NONBLOCK) }
    var terminal = RawTerminal(
      file, wake: ends, before: now, entering: Array(entering.utf8), leaving: Array(leaving.utf8))
    try terminal.take()
    return terminal
  }

  private init(
    _ file: consuming Descriptor, wake: (reader: Int32, writer: Int32), before: termios,
    entering: [UInt8], leaving: [UInt8]
  ) {
    self.file = file
    wakeReader = Descriptor(wake.reader)
    wakeWriter = Descriptor(wake.writer)
    self.before = before
    during = Self.raw(before)
    self.entering = entering
    self.leaving = leaving
    watch = nil
  }

  deinit {
    guard watch != nil else { return }
    Self.giveBack(file.number, before, leaving)
  }

  private static func giveBack(_ number: Int32, _ before: termios, _ leaving: [UInt8]) {
    var before = before
    TerminalGuard.dropAnswer(from: number)
    try? Standard.write(leaving, to: number)
    _ = unsafe tcsetattr(number, TCSADRAIN, &before)
  }

  private mutating func take() throws(HostError) {
    watch = TerminalGuard(
      terminal: file.number, wake: wakeWriter.number, before: before, during: during,
      leaving: leaving, entering: entering)
    var during = during
    let number = file.number
    try SystemCall.run("tcsetattr", on: Terminal.path) {
      unsafe tcsetattr(number, TCSADRAIN, &during)
    }
    try Standard.write(entering, to: number)
  }

  /// Sets another text to write before the terminal is released.
  package mutating func leave(with text: String) {
    leaving = Array(text.utf8)
    watch?.leave(with: leaving)
  }

  /// Lends the terminal, restored, to another program, and takes it again afterwards.
  package mutating func lending<Result, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    Self.giveBack(file.number, before, leaving)
    watch = nil
    defer { try? take() }
    return try body()
  }

  /// The mode in which each key arrives at once, and only Ctrl-\ is a signal.
  private static func raw(_ before: termios) -> termios {
    var mode = before
    unsafe favs_make_raw(&mode)
    return mode
  }

  /// The terminal's lines and columns; nil if it does not report them.
  package var size: (rows: Int, columns: Int)? {
    guard let size = Terminal.size(of: file.number), size.rows > 0, size.columns > 0 else {
      return nil
    }
    return size
  }

  /// Its descriptor, for a program that is to be started on it.
  package var descriptor: Int32 { file.number }

  /// Writes to the screen.
  package func write(_ text: String) throws(HostError) {
    try Standard.write(Array(text.utf8), to: file.number, path: Terminal.path)
  }

  /// Asks the terminal for the position of its cursor. The answer arrives as if it were typed:
  /// until `endAsking()`, whatever leaves the terminal waits for it, so that no shell reads it.
  package func askPosition() throws(HostError) {
    TerminalGuard.expectsAnswer(true)
    try write("\u{1B}[6n")
  }

  /// Notes that the answer was read, or is not waited for any longer.
  package func endAsking() { TerminalGuard.expectsAnswer(false) }

  /// The result of waiting.
  package enum Event: Equatable, Sendable {
    /// Typed bytes.
    case typed([UInt8])
    /// The terminal was resized.
    case resized
    /// The process was stopped and continued: the screen has to be redrawn.
    case wentOn
    /// Nothing arrived in time.
    case nothing
    /// The terminal is gone.
    case gone
  }

  /// Waits for input or an event.
  /// - Parameter milliseconds: the longest time to wait; nil for no limit.
  package func wait(milliseconds: Int?) throws(HostError) -> Event {
    let input = file.number
    var both = Self.watched(input, wakeReader.number)
    let time = Int32(clamping: milliseconds ?? -1)
    guard try SystemCall.run("poll", { unsafe poll(&both, 2, time) }) > 0 else { return .nothing }
    if both[1].revents != 0 { return woken() }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(input, buffer.baseAddress, buffer.count)
    }
    if count < 0, [EINTR, EAGAIN].contains(errno) { return .nothing }
    return count > 0 ? .typed(Array(bytes.prefix(count))) : .gone
  }

  private func woken() -> Event {
    var bytes = [UInt8](repeating: 0, count: 64)
    let number = wakeReader.number
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(number, buffer.baseAddress, buffer.count)
    }
    return bytes.prefix(max(0, count)).contains(TerminalGuard.wentOn) ? .wentOn : .resized
  }

  /// Checks, without waiting, for input or an event.
  package var hasNews: Bool { Self.hasNews(file.number, wakeReader.number) }

  /// A closure for this check while the terminal is in use elsewhere.
  package var news: @Sendable () -> Bool {
    let (input, wake) = (file.number, wakeReader.number)
    return { Self.hasNews(input, wake) }
  }

  private static func hasNews(_ input: Int32, _ wake: Int32) -> Bool {
    var both = watched(input, wake)
    return unsafe poll(&both, 2, 0) > 0
  }

  private static func watched(_ input: Int32, _ wake: Int32) -> [pollfd] {
    [input, wake].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  }
}
