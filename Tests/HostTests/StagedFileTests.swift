import Foundation
import Testing

@testable import Host

struct StagedFileTests {
  @Test func `takes its name only when it is whole`() throws {
    let folder = try ScratchFolder()
    let target = try folder.write("old", to: "it")
    let staged = try StagedFile(for: target)
    try staged.write(Array("new".utf8))
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "old")
    #expect(try FileStatus.of(staged.path, followingLinks: false)?.mode == 0o600)
    #expect(try staged.replace() == 3)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
    #expect(try Directory.names(in: folder.path) == ["it"])
  }

  @Test func `never replaces what has the name where that is not wanted`() throws {
    let folder = try ScratchFolder()
    let target = try folder.write("old", to: "it")
    #expect(throws: HostError(call: "link", path: target, code: EEXIST)) {
      try StagedFile(for: target).name()
    }
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "old")
    #expect(try Directory.names(in: folder.path) == ["it"])
    let other = folder.file("other")
    try StagedFile(for: other).name()
    #expect(try FileStatus.of(other, followingLinks: false)?.names == 1)
  }

  @Test func `one that is given up leaves nothing behind`() throws {
    let folder = try ScratchFolder()
    do {
      let staged = try StagedFile(for: folder.file("it"))
      try staged.write([1])
    }
    #expect(try Directory.names(in: folder.path).isEmpty)
  }

  @Test func `what a killed process left behind goes with the next, and nothing else does`() throws
  {
    let folder = try ScratchFolder()
    let atWork = try StagedFile(for: folder.file("it"))
    let ours = URL(filePath: atWork.path).lastPathComponent
    for name in [
      ".favs-new-0123456789abcdef", ".favs-new-0123456789abcdef-journal", ours + "-journal",
      "favs-new-0123456789abcdef", ".favs-other",
    ] {
      _ = try folder.write("x", to: name)
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.file(".favs-new-00000000000000aa"), withDestinationPath: "it")
    StagedFile.sweep(folder.path)
    let left: Set = [
      ours, ours + "-journal", "favs-new-0123456789abcdef", ".favs-other",
      ".favs-new-00000000000000aa",
    ]
    #expect(try Set(Directory.names(in: folder.path)) == left)
    _ = consume atWork
  }

  @Test func `a private folder that was left behind goes with the next of its use`() throws {
    let use = "test\(UInt32.random(in: 0 ... .max))"
    let temporary = try Directory.resolve(Environment.value("TMPDIR") ?? "/tmp")
    let left = "\(temporary)/favs-\(use)-0123"
    try Directory.createPrivate(left)
    try File.createPrivate(at: left + "/copy").close()
    do {
      let first = try PrivateFolder(for: use)
      #expect(try FileStatus.of(left, followingLinks: false) == nil)
      let second = try PrivateFolder(for: use)
      #expect(first.path != second.path)
      #expect(try FileStatus.of(first.path, followingLinks: false)?.mode == 0o700)
    }
    #expect(try Directory.names(in: temporary).allSatisfy { !$0.contains(use) })
  }
}
