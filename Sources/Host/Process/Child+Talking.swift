internal import CHost

extension Child {
  /// The result of talking to a program.
  package struct Answer: Sendable {
    package let status: Int32
    package let output: [UInt8]
    package let errors: [UInt8]
  }

  /// A part of a program's input.
  package enum Piece {
    case bytes([UInt8])
    /// A closure that returns the bytes when they are needed; nil if it cannot.
    case later(() -> [UInt8]?)
  }

  /// Runs a program that reads a text and may print much, and returns its output.
  ///
  /// Everything goes through nameless files, so that neither waits for the other. The interrupt key
  /// ends both.
  /// - Parameters:
  ///   - input: its whole input, in pieces.
  ///   - more: variables to add to ours.
  ///   - isDropped: whether to withhold a variable of ours.
  ///   - lock: a lock that it and its descendants hold until they end; nil for none.
  ///   - folder: where the files are made; no one else may write there.
  ///   - limit: how much of its output is read, in bytes.
  package static func talk(
    _ words: [String], input: [Piece] = [], adding more: [(name: String, value: String)] = [],
    without isDropped: (String) -> Bool = { _ in false }, holding lock: Lock.Share? = nil,
    in folder: String, atMost limit: Int
  ) throws(HostError) -> Answer {
    let output = try File.nameless(in: folder)
    let (status, errors) = try talk(
      words, input: input, output: output, adding: more, without: isDropped, holding: lock,
      in: folder)
    return Answer(status: status, output: try output.all(atMost: limit), errors: errors)
  }

  /// Like the other `talk`, for more output than should be held in memory.
  ///
  /// - Parameter output: the file for its output.
  package static func talk(
    _ words: [String], input: [Piece], output: borrowing File,
    adding more: [(name: String, value: String)] = [],
    without isDropped: (String) -> Bool = { _ in false }, holding lock: Lock.Share? = nil,
    in folder: String
  ) throws(HostError) -> (status: Int32, errors: [UInt8]) {
    let given = try File.nameless(in: folder)
    let errors = try File.nameless(in: folder)
    var place: Int64 = 0
    for piece in input {
      let bytes = try bytes(of: piece)
      try given.put(bytes, at: place)
      place += Int64(bytes.count)
    }
    var moves = [
      (given.descriptor.number, STDIN_FILENO), (output.descriptor.number, STDOUT_FILENO),
      (errors.descriptor.number, STDERR_FILENO),
    ]
    // A number of its own: the last, so that it does not conflict with the others.
    if let lock { moves.append((lock.number, Self.lockNumber)) }
    let process = try start(words, moving: moves, adding: more, without: isDropped)
    let code = try status(of: process, program: words.first ?? "")
    return (code, try errors.all(atMost: 65_536))
  }

  private static func bytes(of piece: Piece) throws(HostError) -> [UInt8] {
    switch piece {
    case .bytes(let bytes): return bytes
    case .later(let read):
      guard let bytes = read() else { throw .unreadable }
      return bytes
    }
  }

  /// The descriptor of a lock in a program that holds it: greater than any of ours, so that the two
  /// never coincide.
  private static let lockNumber: Int32 = 63
}

extension File {
  /// Its contents from the beginning.
  fileprivate borrowing func all(atMost limit: Int) throws(HostError) -> [UInt8] {
    try read(at: 0, count: Int(min(try status().size, Int64(limit))))
  }
}
