internal import Host

/// The destination of an export: standard output, or a file that gets its name only once it is
/// complete and on the disk.
struct ExportSink: ~Copyable {
  /// The number of bytes to collect before each write.
  static let pieceSize = 1 << 18

  private var output: Output
  private var draft: StagedFile?

  private init(output: Output, draft: consuming StagedFile?) {
    self.output = output
    self.draft = draft
  }

  /// Writes a file, or standard output if no file is named; a failure leaves nothing behind.
  static func fill<Result>(
    _ path: String?, _ output: inout Output,
    _ body: (inout ExportSink) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var sink = try to(path, output)
    let result = try body(&sink)
    output = try sink.finish()
    return result
  }

  /// Opens a private file next to the final one; standard output if the path is nil.
  private static func to(_ path: String?, _ output: Output) throws(Failure) -> ExportSink {
    guard let path else { return ExportSink(output: output, draft: nil) }
    let place: FileStatus?
    do throws(HostError) {
      place = try FileStatus.of(path, followingLinks: false)
      if place == nil || place?.kind == .regular {
        return ExportSink(output: output, draft: try StagedFile(for: path))
      }
    } catch {
      throw Failure(
        .inputOutput, "cannot write '\(path)': \(error.reason)", systemError: error.code)
    }
    guard place?.kind == .symbolicLink else {
      throw Failure(.inputOutput, "cannot write '\(path)': not a plain file")
    }
    // Anyone who may write to the folder could have made the link, to a file that must not be
    // overwritten.
    throw Failure(
      .inputOutput, "cannot write '\(path)': it is a symbolic link, which favs does not follow",
      hint: "name the file that it points to")
  }

  /// Writes bytes, and clears the buffer.
  mutating func write(_ bytes: inout [UInt8]) throws(Failure) {
    guard draft != nil else {
      try output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
      return
    }
    try Failure.of(draft?.write(bytes))
    bytes.removeAll(keepingCapacity: true)
  }

  /// Renames the file to its final name; returns the output.
  private mutating func finish() throws(Failure) -> Output {
    _ = try Failure.of(draft.take()?.replace(keepsMode: true))
    return output
  }
}
