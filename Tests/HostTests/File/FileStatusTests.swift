import Foundation
import Host
import Testing

struct FileStatusTests {
  @Test func `kinds, sizes and rights are told`() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("Dune", to: "a")
    chmod(path, 0o640)
    symlink(path, folder.file("link"))
    let status = try #require(try FileStatus.of(path, followingLinks: false))
    #expect(status.kind == .regular)
    #expect(status.size == 4)
    #expect(status.mode == 0o640)
    #expect(status.owner == FileStatus.currentUser)
    #expect(try FileStatus.of(folder.path, followingLinks: false)?.kind == .directory)
    #expect(try FileStatus.of(folder.file("link"), followingLinks: false)?.kind == .symbolicLink)
    #expect(try FileStatus.of(folder.file("link"), followingLinks: true) == status)
    #expect(try FileStatus.of("/dev/null", followingLinks: true)?.kind == .other)
  }

  @Test func `nothing there is nil, and what cannot be seen is an error`() throws {
    let folder = try ScratchFolder()
    #expect(try FileStatus.of(folder.file("none"), followingLinks: true) == nil)
    let below = try folder.write("x", to: "a") + "/b"
    #expect(throws: HostError(call: "stat", path: below, code: ENOTDIR)) {
      try FileStatus.of(below, followingLinks: true)
    }
  }
}
