import Testing

@testable import Host

// Without Foundation, which has a `Pipe` and a `Host` of its own.
struct SignalsTests {
  @Test func `a broken pipe is an error while its signal is kept away`() throws {
    let (reader, writer) = try Pipe.make()
    _ = Descriptor(reader)
    let before = Signals.blockBrokenPipe()
    #expect(throws: HostError(call: "write", code: 32)) { try Standard.write([1], to: writer) }
    Signals.unblockBrokenPipe(before)
    _ = Descriptor(writer)
  }
}
