#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Child {
  /// What came of a program that was talked to.
  package struct Answer: Sendable {
    package let status: Int32
    package let output: [UInt8]
    package let errors: [UInt8]
  }

  /// Runs a program that reads a text and may print much, and gives what it printed.
  ///
  /// All goes through files without a name, so that neither waits for the other.
  /// - Parameters:
  ///   - input: all that it reads, in pieces.
  ///   - more: what is added to the variables that we have.
  ///   - isDropped: whether it does not get a variable of ours.
  ///   - lock: what it and all that it starts hold until they end; nil for nothing.
  ///   - folder: where the files are made; nobody else may write there.
  ///   - limit: how much is taken of what it prints, in bytes.
  package static func talk(
    _ words: [String], input: [[UInt8]] = [], adding more: [(name: String, value: String)] = [],
    without isDropped: (String) -> Bool = { _ in false }, holding lock: Lock.Share? = nil,
    in folder: String, atMost limit: Int
  ) throws(HostError) -> Answer {
    let given = try Scratch(in: folder)
    let output = try Scratch(in: folder)
    let errors = try Scratch(in: folder)
    var place: Int64 = 0
    for piece in input {
      try given.file.put(piece, at: place)
      place += Int64(piece.count)
    }
    var moves = [
      (given.file.descriptor.number, STDIN_FILENO), (output.file.descriptor.number, STDOUT_FILENO),
      (errors.file.descriptor.number, STDERR_FILENO),
    ]
    // A number of its own: the last, so that it stands in the way of none of the others.
    if let lock { moves.append((lock.number, Self.lockNumber)) }
    let process = try start(words, moving: moves, adding: more, without: isDropped)
    let code = try leavingKeys { () throws(HostError) in
      try status(of: process, program: words.first ?? "")
    }
    return Answer(
      status: code, output: try output.bytes(atMost: limit),
      errors: try errors.bytes(atMost: 65_536))
  }

  /// The descriptor of a lock in a program that holds it: greater than any of ours, so that both are never the same.
  private static let lockNumber: Int32 = 63

  /// A file that loses its name at once.
  private struct Scratch: ~Copyable {
    let file: File

    init(in folder: String) throws(HostError) {
      let path = "\(folder)/talk-\(Randomness.name(ofBytes: 8))"
      let made = try File.createPrivate(at: path)
      try File.remove(path)
      file = made
    }

    func bytes(atMost limit: Int) throws(HostError) -> [UInt8] {
      try file.read(at: 0, count: Int(min(try file.status().size, Int64(limit))))
    }
  }
}
