internal import Favourites
internal import Host

/// A file of favourites, read as it is needed.
struct DraftSource: ~Copyable {
  private let file: File
  private let name: String
  private var stream = DraftStream()
  private var isAtEnd = false

  /// Opens a file; `-` is standard input.
  init(_ path: String, named name: String) throws(Failure) {
    self.name = name
    do {
      file = try (path == "-" ? File.standardInput() : File(reading: path)).settled()
    } catch {
      throw Failure(
        error.isNotFound ? .notFound : .inputOutput, "cannot open '\(path)': \(error.reason)",
        systemError: error.code)
    }
  }

  /// The line that the last favourite stands on, from 1.
  var lineNumber: Int { stream.lineNumber }

  /// The next favourite; nil at the end.
  mutating func next() throws(Failure) -> Draft? {
    while true {
      do {
        if let draft = try stream.next() { return draft }
      } catch {
        throw Failure(error, in: name)
      }
      guard !isAtEnd else { return nil }
      try fill()
    }
  }

  private mutating func fill() throws(Failure) {
    var bytes: [UInt8] = []
    do {
      isAtEnd = try file.read(into: &bytes, upTo: 1 << 18) == 0
    } catch {
      throw Failure(error)
    }
    stream.append(bytes)
    if isAtEnd { stream.finish() }
  }
}
