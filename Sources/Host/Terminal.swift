#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The terminal, if there is one.
package enum Terminal {
  /// Whether a descriptor leads to a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Its width in columns: `$COLUMNS`, else what it says itself, else 80.
  package static func width() -> Int {
    if let text = Environment.value("COLUMNS"), let columns = Int(text), (1...10_000).contains(columns)
    {
      return columns
    }
    for descriptor: Int32 in [1, 2, 0] {
      var size = winsize()
      if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
        return Int(size.ws_col)
      }
    }
    return 80
  }
}
