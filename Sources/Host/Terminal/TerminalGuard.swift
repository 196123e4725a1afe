internal import CHost
internal import Synchronization

/// The data with which a signal handler restores a terminal that is in another mode.
///
/// A signal arrives at any moment, and its handler gets nothing but its number. So the data it
/// needs is at one place in memory that does not change while it is reachable, and its address is
/// shared by the whole process, with one flag. The handler only calls functions that POSIX allows
/// there (`tcsetattr`, `write`, `poll`, `read`, `raise`, `signal`), and allocates nothing.
@safe final class TerminalGuard {
  /// The data that the handlers read.
  @unsafe private struct Found {
    let terminal: Int32
    let wake: Int32
    var before: termios
    var during: termios
    var leaving: UnsafeMutableBufferPointer<UInt8>
    let entering: UnsafeMutableBufferPointer<UInt8>
  }

  /// The address of this data; 0 while there is no terminal to restore.
  private static let address = Atomic<UInt>(0)

  /// Whether the terminal has been asked something and has not answered yet.
  private static let isAnswerDue = Atomic<Bool>(false)

  /// The signals that end the process; they still do.
  private static let fatal: [Int32] = [
    SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP,
    SIGSYS, SIGXCPU,
  ]

  private var found: UnsafeMutablePointer<Found>
  private var others: [(number: Int32, handler: favs_signal_handler?)] = []

  /// - Parameters:
  ///   - wake: a byte is written there when the terminal is resized, or the process continues after
  ///     a stop.
  ///   - leaving: the text written to the terminal before it is left, and the one when it is
  ///     entered again.
  init(
    terminal: Int32, wake: Int32, before: termios, during: termios, leaving: [UInt8],
    entering: [UInt8]
  ) {
    unsafe found = .allocate(capacity: 1)
    unsafe found.initialize(
      to: Found(
        terminal: terminal, wake: wake, before: before, during: during,
        leaving: Self.copy(leaving), entering: Self.copy(entering)))
    Self.address.store(unsafe UInt(bitPattern: found), ordering: .releasing)
    for number in Self.fatal { take(number, by: endBySignal) }
    take(SIGTSTP, by: stopBySignal)
    take(SIGCONT, by: goOnBySignal)
    take(SIGWINCH, by: resizeBySignal)
  }

  deinit {
    for (number, handler) in others { _ = favs_take_signal(number, handler) }
    Self.address.store(0, ordering: .releasing)
    unsafe found.pointee.leaving.deallocate()
    unsafe found.pointee.entering.deallocate()
    unsafe found.deallocate()
  }

  /// Sets another text to write before the terminal is left.
  func leave(with bytes: [UInt8]) {
    let old = unsafe found
    unsafe found = .allocate(capacity: 1)
    unsafe found.initialize(to: old.pointee)
    unsafe found.pointee.leaving = Self.copy(bytes)
    // A handler finds either the old or the new data, each complete.
    Self.address.store(unsafe UInt(bitPattern: found), ordering: .releasing)
    unsafe old.pointee.leaving.deallocate()
    unsafe old.deallocate()
  }

  private static func copy(_ bytes: [UInt8]) -> UnsafeMutableBufferPointer<UInt8> {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = unsafe copy.initialize(from: bytes)
    return unsafe copy
  }

  /// Installs a handler for a signal, unless it was ignored when the process started.
  private func take(_ number: Int32, by handler: @escaping @convention(c) (Int32) -> Void) {
    let before = favs_take_signal(number, handler)
    if isIgnoring(before) {
      _ = favs_take_signal(number, favs_ignoring())
    } else {
      others.append((number, before))
    }
  }

  /// How long to wait for the answer before the terminal is left, in milliseconds.
  private static var patience: Int32 { 500 }
  /// The most bytes to drop before the answer.
  private static var mostTyped: Int { 4_096 }

  /// Says whether the terminal owes the answer to a request for the cursor's position.
  static func expectsAnswer(_ isDue: Bool) { isAnswerDue.store(isDue, ordering: .releasing) }

  /// Drops the answer that a terminal owes, with what was typed before it: a shell would take it
  /// for a command.
  static func dropAnswer(from terminal: Int32) {
    guard isAnswerDue.exchange(false, ordering: .acquiringAndReleasing) else { return }
    var (last, byte): (UInt8, UInt8) = (0, 0)
    var count = 0
    while count < mostTyped {
      var input = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&input, 1, patience) > 0, unsafe read(terminal, &byte, 1) == 1 else {
        return
      }
      // It ends like ESC [ 1 2 ; 1 R.
      if byte == 0x52, last >= 0x30, last <= 0x39 { return }
      last = byte
      count += 1
    }
  }

  /// Restores the terminal, whatever the process is doing.
  fileprivate static func leave() {
    guard let found = unsafe current else { return }
    dropAnswer(from: unsafe found.pointee.terminal)
    let bytes = unsafe found.pointee.leaving
    _ = unsafe write(found.pointee.terminal, bytes.baseAddress, bytes.count)
    _ = unsafe tcsetattr(found.pointee.terminal, TCSANOW, &found.pointee.before)
  }

  /// Takes the terminal again.
  fileprivate static func enter() {
    guard let found = unsafe current else { return }
    _ = unsafe tcsetattr(found.pointee.terminal, TCSANOW, &found.pointee.during)
    let bytes = unsafe found.pointee.entering
    _ = unsafe write(found.pointee.terminal, bytes.baseAddress, bytes.count)
  }

  fileprivate static func wake(_ byte: UInt8) {
    guard let found = unsafe current else { return }
    var byte = byte
    _ = unsafe write(found.pointee.wake, &byte, 1)
  }

  private static var current: UnsafeMutablePointer<Found>? {
    unsafe UnsafeMutablePointer(bitPattern: address.load(ordering: .acquiring))
  }

  /// The byte written to `wake`.
  static let resized: UInt8 = 1
  static let wentOn: UInt8 = 2
}

/// Whether a signal is ignored by this handler.
func isIgnoring(_ handler: favs_signal_handler?) -> Bool {
  unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(favs_ignoring(), to: Int.self)
}

/// Ends the process as the signal would have, with the terminal restored and nothing left behind.
func endBySignal(_ number: Int32) {
  TerminalGuard.leave()
  LastAct.perform()
  _ = favs_take_signal(number, favs_usual())
  // It is delivered once this returns.
  _ = raise(number)
}

private func stopBySignal(_ number: Int32) {
  let code = errno
  TerminalGuard.leave()
  _ = raise(SIGSTOP)
  errno = code
}

private func goOnBySignal(_ number: Int32) {
  let code = errno
  TerminalGuard.enter()
  TerminalGuard.wake(TerminalGuard.wentOn)
  errno = code
}

private func resizeBySignal(_ number: Int32) {
  let code = errno
  TerminalGuard.wake(TerminalGuard.resized)
  errno = code
}
