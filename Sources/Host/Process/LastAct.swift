internal import CHost
internal import Synchronization

/// What is still done when a signal ends the process: files that are not complete are removed, or a
/// text is told. It is due until the end of its scope.
///
/// A signal arrives at any moment, in any thread. So all that its handler needs is in memory that
/// is never freed and, once it can be reached, does not change but for a flag. It only calls
/// functions that POSIX allows there (`unlink`, `write`, `raise`, `signal`). See `TerminalGuard`,
/// which shares the handler.
@safe package struct LastAct: ~Copyable {
  @unsafe private struct Found: ~Copyable {
    let next: UInt
    let isDue = Atomic<Bool>(true)
    let paths: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>
    let text: UnsafeMutableBufferPointer<UInt8>

    init(
      next: UInt, paths: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>,
      text: UnsafeMutableBufferPointer<UInt8>
    ) {
      unsafe (self.next, self.paths, self.text) = (next, paths, text)
    }
  }

  /// The address of the latest; 0 for none.
  private static let latest = Atomic<UInt>(0)
  private static let numbers = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// Installs the handler, which stays: without anything due it only ends the process.
  private static let isPrepared: Bool = {
    for number in numbers {
      let before = favs_take_signal(number, endBySignal)
      if isIgnoring(before) { _ = favs_take_signal(number, favs_ignoring()) }
    }
    return true
  }()

  private let found: UnsafeMutablePointer<Found>

  /// Removes files.
  package init(removing paths: [String]) { self.init(paths, "") }

  /// Writes a text to standard error.
  package init(saying text: String) { self.init([], text) }

  private init(_ paths: [String], _ text: String) {
    let copies = UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: paths.count)
    _ = unsafe copies.initialize(from: paths.map { unsafe strdup($0) })
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = unsafe bytes.initialize(from: text.utf8)
    unsafe found = .allocate(capacity: 1)
    unsafe found.initialize(
      to: Found(next: Self.latest.load(ordering: .acquiring), paths: copies, text: bytes))
    Self.latest.store(unsafe UInt(bitPattern: found), ordering: .releasing)
    _ = Self.isPrepared
  }

  deinit { unsafe found.pointee.isDue.store(false, ordering: .releasing) }

  /// Does all that is due, whatever the process is doing.
  static func perform() {
    var address = latest.load(ordering: .acquiring)
    while let found = unsafe UnsafeMutablePointer<Found>(bitPattern: address) {
      if unsafe found.pointee.isDue.load(ordering: .acquiring) {
        for index in unsafe found.pointee.paths.indices {
          if let path = unsafe found.pointee.paths[index] { _ = unsafe unlink(path) }
        }
        let text = unsafe found.pointee.text
        if !text.isEmpty {
          _ = unsafe write(STDERR_FILENO, text.baseAddress, text.count)
        }
      }
      address = unsafe found.pointee.next
    }
  }
}
