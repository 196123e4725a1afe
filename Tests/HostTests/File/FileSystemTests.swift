import Foundation
import Testing

@testable import Host

struct FileSystemTests {
  @Test(
    arguments: [
      ("ext4", false), ("tmpfs", false), ("apfs", false), ("fuseblk", false), ("fusectl", false),
      ("", false), ("nfs", true), ("nfs4", true), ("cifs", true), ("smbfs", true), ("smb3", true),
      ("fuse.sshfs", true), ("9p", true), ("virtiofs", true), ("webdav", true),
    ])
  func `what is on another machine or made by a program is doubtful`(
    kind: String, isDoubtful: Bool
  ) {
    #expect(FileSystem(kind: kind, free: 0).isDoubtful == isDoubtful)
  }

  @Test func `a folder's file system and its room are known`() throws {
    let folder = try ScratchFolder()
    let system = try FileSystem.of(folder.path)
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
    let free = try #require(attributes[.systemFreeSize] as? Int64)
    // Others write meanwhile.
    #expect(abs(system.free - free) < 1 << 30)
    #expect(throws: HostError(call: "statfs", path: folder.file("none"), code: 2)) {
      try FileSystem.of(folder.file("none"))
    }
  }

  #if os(Linux)
    @Test func `the longest mount above a path is the one that counts`() throws {
      #expect(try FileSystem.of("/proc").kind == "proc")
      #expect(try FileSystem.of("/proc/self").kind == "proc")
      let mounts = try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)
      let root = mounts.split(separator: "\n").map { $0.split(separator: " ") }.last {
        $0[1] == "/"
      }
      #expect(try FileSystem.of("/").kind == root.map { String($0[2]) })
    }
  #endif
}
