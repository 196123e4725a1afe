#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Child {
  /// Runs a program as `run` does and answers with what it wrote to standard output too.
  ///
  /// Throws EFBIG when that is more than `limit` bytes. Input and output may both be long: they are
  /// moved as the program takes and gives them, so that neither side waits for the other.
  package static func output(
    of words: [String], input: [UInt8]? = nil, limit: Int
  ) throws(HostError) -> (status: Int32, bytes: [UInt8]) {
    try converse(words, input: input, limit: limit)
  }

  /// Starts a program, gives it `input` and takes its output, unless `limit` is nil: then that goes
  /// where ours goes.
  static func converse(
    _ words: [String], input: [UInt8]?, limit: Int?
  ) throws(HostError) -> (status: Int32, bytes: [UInt8]) {
    guard let program = words.first, !program.isEmpty else {
      throw HostError(call: "posix_spawn", path: nil, code: EINVAL)
    }
    let (inputReader, inputWriter) = try pipe(if: input != nil)
    let theirInput = Descriptor(inputReader, isOwned: input != nil)
    let ourInput = Descriptor(inputWriter, isOwned: input != nil)
    let (outputReader, outputWriter) = try pipe(if: limit != nil)
    let ourOutput = Descriptor(outputReader, isOwned: limit != nil)
    let theirOutput = Descriptor(outputWriter, isOwned: limit != nil)

    let process = try start(
      words, standardInput: input.map { _ in inputReader },
      standardOutput: limit.map { _ in outputWriter })
    do throws(HostError) {
      try theirInput.close(path: nil)
      try theirOutput.close(path: nil)
      let bytes = try exchange(
        input: input ?? [], through: ourInput, output: ourOutput, limit: limit)
      return (try wait(for: process, program: program), bytes)
    } catch {
      // Its pipes are closed, so it ends.
      _ = try? wait(for: process, program: program)
      throw error
    }
  }

  /// Both ends of a pipe, or of none.
  private static func pipe(if isNeeded: Bool) throws(HostError) -> (Int32, Int32) {
    isNeeded ? try Pipe.make() : (-1, -1)
  }

  private static func exchange(
    input: [UInt8], through writer: consuming Descriptor, output reader: consuming Descriptor,
    limit: Int?
  ) throws(HostError) -> [UInt8] {
    let before = Signals.blockBrokenPipe()
    defer { Signals.unblockBrokenPipe(before) }
    let (writerNumber, readerNumber) = (writer.number, reader.number)
    if writerNumber >= 0 { _ = fcntl(writerNumber, F_SETFL, O_NONBLOCK) }
    var open: Descriptor? = writer
    if input.isEmpty { open = nil }
    let output = File(reader, path: nil)
    var rest = input[...]
    var bytes: [UInt8] = []
    var isReading = limit != nil
    while isReading || number(of: open) >= 0 {
      // A number below 0 is passed over.
      var both = [
        pollfd(fd: number(of: open), events: Int16(POLLOUT), revents: 0),
        pollfd(fd: isReading ? readerNumber : -1, events: Int16(POLLIN), revents: 0),
      ]
      try SystemCall.run("poll") { unsafe poll(&both, 2, -1) }
      if both[0].revents != 0 {
        try feed(&rest, to: writerNumber)
        // The program sees the end of its input.
        if rest.isEmpty { open = nil }
      }
      if both[1].revents != 0 {
        isReading = try output.read(into: &bytes, upTo: 65_536) > 0
        if let limit, bytes.count > limit { throw HostError(call: "read", code: EFBIG) }
      }
    }
    return bytes
  }

  private static func number(of descriptor: borrowing Descriptor?) -> Int32 {
    switch descriptor {
    case .some(let descriptor): descriptor.number
    case nil: -1
    }
  }

  /// Writes as much as the pipe takes.
  private static func feed(_ rest: inout ArraySlice<UInt8>, to writer: Int32) throws(HostError) {
    do throws(HostError) {
      let count = try SystemCall.run("write") {
        unsafe rest.withUnsafeBytes { unsafe write(writer, $0.baseAddress, $0.count) }
      }
      rest = rest.dropFirst(count)
    } catch let error where error.isBrokenPipe {
      // One that has read enough is no error: its exit status says whether it was.
      rest = []
    } catch let error where error.code == EAGAIN {
      return
    }
  }
}
