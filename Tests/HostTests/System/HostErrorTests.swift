import Foundation
import Host
import Testing

struct HostErrorTests {
  @Test func `the reason is the system's, with a small letter`() {
    #expect(HostError(call: "open", path: "x", code: EACCES).reason == "permission denied")
    #expect(HostError(call: "write", code: EIO).reason == "input/output error")
  }

  #if os(Linux)
    @Test func `an initialism keeps its capitals`() {
      #expect(HostError(call: "open", code: EADV).reason == "advertise error")
      #expect(HostError(call: "open", code: EDOTDOT).reason == "RFS specific error")
    }
  #endif

  @Test func `kinds are told apart`() {
    #expect(HostError(call: "write", code: ENOSPC).isDiskFull)
    #expect(HostError(call: "write", code: EDQUOT).isDiskFull)
    #expect(HostError(call: "write", code: EFBIG).isDiskFull)
    #expect(!HostError(call: "write", code: EIO).isDiskFull)
    #expect(HostError(call: "write", code: EPIPE).isBrokenPipe)
    #expect(HostError(call: "open", code: EEXIST).isExists)
    #expect(HostError(call: "open", code: ENOENT).isNotFound)
    #expect(HostError(call: "open", code: EROFS).isRefused)
    #expect(HostError(call: "flock", code: EWOULDBLOCK).isTimedOut)
    #expect(!HostError(call: "write", code: EWOULDBLOCK).isTimedOut)
    #expect(HostError(call: "flock", code: ENOLCK).isLockingUnavailable)
  }
}
