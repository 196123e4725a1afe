internal import Host

/// Where an export goes: standard output, or a file that takes its name only when it is whole and on the disk.
struct ExportSink: ~Copyable {
  /// How much is gathered before it is written, in bytes.
  static let pieceSize = 1 << 18

  private var output: Output
  private var draft: StagedFile?

  private init(output: Output, draft: consuming StagedFile?) {
    self.output = output
    self.draft = draft
  }

  /// Fills a file, or standard output where none is named; what fails leaves nothing behind.
  static func fill<Result>(
    _ path: String?, _ output: inout Output,
    _ body: (inout ExportSink) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var sink = try to(path, output)
    let result = try body(&sink)
    output = try sink.finish()
    return result
  }

  /// Opens a private file beside the one that is to be; nil for standard output.
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
    // Whoever may write to the folder could have laid it, towards a file that is not to be written over.
    throw Failure(
      .inputOutput, "cannot write '\(path)': it is a symbolic link, which favs does not follow",
      hint: "name the file that it points to")
  }

  /// Writes bytes, and empties them.
  mutating func write(_ bytes: inout [UInt8]) throws(Failure) {
    guard draft != nil else {
      try output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
      return
    }
    try Failure.of(draft?.write(bytes))
    bytes.removeAll(keepingCapacity: true)
  }

  /// Gives the file its name; gives the output back.
  private mutating func finish() throws(Failure) -> Output {
    _ = try Failure.of(draft.take()?.replace(keepsMode: true))
    return output
  }
}
