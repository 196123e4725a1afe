import Foundation
import Host
import Testing

struct DirectoryTests {
  @Test func `missing folders are made for their owner alone`() throws {
    let folder = try ScratchFolder()
    chmod(folder.path, 0o755)
    try Directory.createPrivate(folder.file("a//b/c/"))
    for name in ["a", "a/b", "a/b/c"] {
      #expect(try FileStatus.of(folder.file(name), followingLinks: false)?.mode == 0o700)
    }
    #expect(try FileStatus.of(folder.path, followingLinks: false)?.mode == 0o755)
    try Directory.createPrivate(folder.file("a/b/c"))
    try Directory.createPrivate("/")
  }

  @Test func `a folder is made where the one above may be written and not be read`() throws {
    let folder = try ScratchFolder()
    try Directory.createPrivate(folder.file("above"))
    chmod(folder.file("above"), 0o300)
    defer { chmod(folder.file("above"), 0o700) }
    try Directory.createPrivate(folder.file("above/below"))
    #expect(try FileStatus.of(folder.file("above/below"), followingLinks: false)?.mode == 0o700)
  }

  @Test func `a file in the way is an error`() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("x", to: "a")
    #expect(throws: HostError(call: "mkdir", path: path, code: ENOTDIR)) {
      try Directory.createPrivate(path)
    }
  }

  @Test func `a path is resolved through its links`() throws {
    let folder = try ScratchFolder()
    let root = try Directory.resolve(folder.path)
    try Directory.createPrivate(folder.file("real"))
    symlink("real", folder.file("link"))
    #expect(try Directory.resolve(folder.file("real/../link")) == root + "/real")
    let missing = folder.file("missing")
    #expect(throws: HostError(call: "realpath", path: missing, code: ENOENT)) {
      try Directory.resolve(missing)
    }
  }

  @Test func `a folder goes with all in it, and what links lead to stays`() throws {
    let folder = try ScratchFolder()
    let kept = try folder.write("x", to: "kept")
    try Directory.createPrivate(folder.file("a/b/c"))
    _ = try folder.write("y", to: "a/b/file")
    symlink(folder.path, folder.file("a/b/up"))
    symlink(kept, folder.file("a/link"))
    try Directory.removeAll(folder.file("a"))
    #expect(try Directory.names(in: folder.path) == ["kept"])
    try Directory.removeAll(folder.file("a"))
    try Directory.removeAll(kept)
    #expect(try Directory.names(in: folder.path) == [])
  }

  @Test func `all names of a folder are told, short ones and the longest, however many`() throws {
    let folder = try ScratchFolder()
    let names = (0..<600).map { number in
      "\(number)" + String(repeating: "x", count: number % 2 == 0 ? 0 : 252)
    }
    for name in names { _ = try folder.write("", to: name) }
    #expect(try Directory.names(in: folder.path).sorted() == names.sorted())
  }
}
