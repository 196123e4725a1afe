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
    let others: Set = [
      "favs-new-0123456789abcdef", ".favs-other", ".favs-new-notes.txt", ".favs-new-",
      ".favs-new-1",
      ".favs-new-0123456789ABCDEF", ".favs-new-0123456789abcdef0", ".favs-new-0123456789abcdef.txt",
      ".favs-new-0123456789abcdefjournal", ".favs-new-0123456789abcdeg",
    ]
    for name in others.union([
      ".favs-new-0123456789abcdef", ".favs-new-0123456789abcdef-journal",
      ".favs-new-fedcba9876543210-wal", ours + "-journal",
    ]) {
      _ = try folder.write("x", to: name)
    }
    try FileManager.default.createDirectory(
      atPath: folder.file(".favs-new-00000000000000bb"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file(".favs-new-00000000000000aa"), withDestinationPath: "it")
    // Root could take away what is another's.
    if geteuid() == 0 {
      #expect(chown(try folder.write("x", to: ".favs-new-00000000000000cc"), 12_345, 12_345) == 0)
    }
    StagedFile.sweep(folder.path)
    if geteuid() == 0 {
      #expect(try Directory.names(in: folder.path).contains(".favs-new-00000000000000cc"))
      try File.remove(folder.file(".favs-new-00000000000000cc"))
    }
    let left = others.union([
      ours, ours + "-journal", ".favs-new-00000000000000aa", ".favs-new-00000000000000bb",
    ])
    #expect(try Set(Directory.names(in: folder.path)) == left)
    _ = consume atWork
  }

  @Test func `a private folder that was left behind is swept, and a person's own is not`() throws {
    let parent = try ScratchFolder()
    let use = PrivateFolder.Use("test") { $0.allSatisfy(["copy", "copy-wal"].contains) }
    let digits = "0123456789abcdef01234567"
    func make(_ name: String, _ files: String...) throws {
      try Directory.createPrivate(parent.file(name))
      for file in files { _ = try parent.write("x", to: "\(name)/\(file)") }
    }
    try make("favs-test-\(digits)", "copy", "copy-wal")
    try make("favs-test-" + String(repeating: "0", count: 24))
    let kept = [
      "favs-test-2026", "favs-test-a\(digits)", "favs-test-" + String(repeating: "1", count: 24),
      "favs-other-\(digits)",
    ]
    for name in kept { try make(name, "copy", "keep.txt") }
    // Of the form, but for its name, to the last.
    try make("favs-test-20260101", "copy")
    if geteuid() == 0 {
      try make("favs-test-" + String(repeating: "5", count: 24), "copy")
      #expect(
        chown(parent.file("favs-test-" + String(repeating: "5", count: 24)), 12_345, 12_345) == 0)
    }
    _ = try parent.write("x", to: "favs-test-" + String(repeating: "3", count: 24))
    try FileManager.default.createSymbolicLink(
      atPath: parent.file("favs-test-" + String(repeating: "4", count: 24)),
      withDestinationPath: "favs-test-2026")
    let atWork = try PrivateFolder(for: use, in: parent.path)
    _ = try File.createPrivate(at: atWork.path + "/copy")
    let before = try Set(Directory.names(in: parent.path))
    PrivateFolder.sweep(use, in: parent.path)
    let gone = try before.subtracting(Directory.names(in: parent.path))
    #expect(
      gone == ["favs-test-\(digits)", "favs-test-" + String(repeating: "0", count: 24)])
    for name in kept {
      #expect(try Directory.names(in: parent.file(name)).contains("keep.txt"))
    }
    #expect(try Directory.names(in: atWork.path) == ["copy"])
    _ = consume atWork
  }

  @Test func `a private folder goes at the end of its scope, but for what others put there`() throws
  {
    let parent = try ScratchFolder()
    let use = PrivateFolder.Use("test") { $0.allSatisfy { $0 == "copy" } }
    var paths: [String] = []
    for name in ["copy", "other"] {
      let folder = try PrivateFolder(for: use, in: parent.path)
      paths.append(folder.path)
      try File.createPrivate(at: "\(folder.path)/\(name)").close()
      #expect(try FileStatus.of(folder.path, followingLinks: false)?.mode == 0o700)
    }
    #expect(try FileStatus.of(paths[0], followingLinks: false) == nil)
    #expect(try Directory.names(in: paths[1]) == ["other"])
    let kept = try PrivateFolder(for: use, in: parent.path)
    let path = kept.path
    try File.createPrivate(at: path + "/copy").close()
    kept.keep()
    #expect(try Directory.names(in: path) == ["copy"])
  }
}
