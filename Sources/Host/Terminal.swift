#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The terminal, if there is one.
package enum Terminal {
  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of a line: `$COLUMNS` where it is a number, else what the terminal says, else 80.
  package static func width() -> Int {
    if let given = Environment.value("COLUMNS").flatMap({ Int($0) }), given > 0 { return given }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      var size = winsize()
      if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
        return Int(size.ws_col)
      }
    }
    return 80
  }

  /// Whether text is UTF-8 to whoever reads it here, so that block characters can be drawn: what the first of the
  /// variables says that is set.
  ///
  /// Source: POSIX.1-2017, 8.2: `LC_ALL`, else `LC_CTYPE`, else `LANG`.
  package static var isUTF8: Bool {
    let locale =
      Environment.value("LC_ALL") ?? Environment.value("LC_CTYPE") ?? Environment.value("LANG")
    let letters = (locale ?? "").lowercased().utf8.filter { $0 != UInt8(ascii: "-") }
    return letters.reversed().starts(with: "utf8".utf8.reversed())
      || letters.split(separator: UInt8(ascii: "@")).first?.reversed()
        .starts(with: "utf8".utf8.reversed()) ?? false
  }
}

extension Terminal {
  /// Whether this process has a terminal, wherever its standard streams lead.
  package static var isThere: Bool {
    guard
      let number = try? SystemCall.run(
        "open", { unsafe open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC) })
    else { return false }
    _ = Descriptor(number)
    return true
  }

  /// Writes to the terminal of this process, wherever standard output leads.
  package static func write(_ text: String) throws(HostError) {
    let path = "/dev/tty"
    let file = Descriptor(
      try SystemCall.run("open", on: path) { unsafe open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC) })
    try Standard.write(Array(text.utf8), to: file.number, path: path)
  }
}
