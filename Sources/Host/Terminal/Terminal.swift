internal import CHost

/// The terminal, if there is one.
package enum Terminal {
  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The number of columns in a line: `$COLUMNS` if it is a number, otherwise the terminal's,
  /// otherwise 80.
  package static func width() -> Int {
    if let given = Environment.value("COLUMNS").flatMap({ Int($0) }), given > 0 { return given }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      if let columns = size(of: descriptor)?.columns, columns > 0 { return columns }
    }
    return 80
  }

  /// A terminal's lines and columns; nil if it is not a terminal.
  static func size(of descriptor: Int32) -> (rows: Int, columns: Int)? {
    var size = winsize()
    guard unsafe favs_window_size(descriptor, &size) == 0 else { return nil }
    return (Int(size.ws_row), Int(size.ws_col))
  }

  /// The number of lines of the terminal on standard output; 0 if unknown.
  package static func height() -> Int { size(of: STDOUT_FILENO)?.rows ?? 0 }

  /// Whether text here is UTF-8, so that block characters can be drawn: according to the first of
  /// the variables that is set.
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
  /// The terminal of this process, wherever its standard streams go.
  static let path = "/dev/tty"

  /// Whether this process has one.
  package static var isThere: Bool { (try? Descriptor(opening: path, O_RDWR)) != nil }

  /// Writes to the terminal of this process, wherever standard output goes.
  package static func write(_ text: String) throws(HostError) {
    let file = try Descriptor(opening: path, O_WRONLY)
    try Standard.write(Array(text.utf8), to: file.number, path: path)
  }
}
