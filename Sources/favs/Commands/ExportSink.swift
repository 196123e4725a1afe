internal import Host

/// Where an export goes: standard output, or a file that takes its name only when it is whole and on the disk.
struct ExportSink: ~Copyable {
  /// How much is gathered before it is written, in bytes.
  static let pieceSize = 1 << 18

  private var output: Output
  private let target: String?
  private let draft: String
  private let file: File?

  private init(output: Output, target: String?, draft: String, file: consuming File?) {
    self.output = output
    self.target = target
    self.draft = draft
    self.file = file
  }

  /// Fills a file, or standard output where none is named; what fails leaves nothing behind.
  static func fill<Result>(
    _ path: String?, _ output: inout Output,
    _ body: (inout ExportSink) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var sink = try to(path, output)
    do throws(Failure) {
      let result = try body(&sink)
      output = try sink.finish()
      return result
    } catch {
      sink.abandon()
      throw error
    }
  }

  /// Opens a private file beside the one that is to be; nil for standard output.
  private static func to(_ path: String?, _ output: Output) throws(Failure) -> ExportSink {
    guard let path else { return ExportSink(output: output, target: nil, draft: "", file: nil) }
    do throws(HostError) {
      // A link stays one: what it leads to is replaced.
      let place = try FileStatus.of(path, followingLinks: true)
      if place == nil || place?.kind == .regular {
        let target = place == nil ? path : try Directory.resolve(path)
        let draft = beside(target)
        return ExportSink(
          output: output, target: target, draft: draft, file: try File.createPrivate(at: draft))
      }
    } catch {
      throw Failure(
        .inputOutput, "cannot write '\(path)': \(error.reason)", systemError: error.code)
    }
    throw Failure(.inputOutput, "cannot write '\(path)': not a plain file")
  }

  /// Writes bytes, and empties them.
  mutating func write(_ bytes: inout [UInt8]) throws(Failure) {
    guard target != nil else {
      try output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
      return
    }
    do throws(HostError) {
      try file?.writeAll(bytes)
    } catch {
      throw Failure(error)
    }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Gives the file its name; gives the output back.
  private mutating func finish() throws(Failure) -> Output {
    guard let target else { return output }
    do throws(HostError) {
      try file?.sync()
      try File.rename(draft, to: target)
      try File.syncDirectory(Self.folder(of: target))
    } catch {
      throw Failure(error)
    }
    return output
  }

  /// Removes what was written, if it has no name yet.
  private mutating func abandon() {
    if target != nil { try? File.remove(draft) }
  }

  private static func beside(_ path: String) -> String {
    let name = Randomness.bytes(8).map { String($0, radix: 16) }.joined()
    return folder(of: path) + "/.favs-export-" + name
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }
}
