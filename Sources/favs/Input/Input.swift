internal import Favourites
internal import Host

/// Standard input.
enum Input {
  /// All lines that are not blank, trimmed.
  static func lines() throws(Failure) -> [String] {
    var source = try LineSource()
    var lines: [String] = []
    while case .word(let word)? = try source.next() { lines.append(word) }
    return lines
  }

  /// One line typed by the user.
  static func answer() throws(Failure) -> String {
    let input = File.standardInput()
    var bytes: [UInt8] = []
    while bytes.last != 0x0A, bytes.count < 1_000 {
      if try Failure.of(input.read(into: &bytes, upTo: 1)) == 0 { break }
    }
    return String(decoding: bytes, as: UTF8.self).trimmed
  }
}
