import Foundation
import Testing

@testable import Host

struct AppendingTests {
  @Test func `what is appended stands behind what was there, in a private file`() throws {
    let folder = try ScratchFolder()
    let (path, old) = (folder.file("log"), folder.file("log.1"))
    for line in ["one\n", "two\n"] {
      try File.append(Array(line.utf8), to: path, limit: 100, old: old)
    }
    #expect(try folder.text("log") == "one\ntwo\n")
    #expect(try FileStatus.of(path, followingLinks: false)?.mode == 0o600)
    chmod(path, 0o644)
    try File.append(Array("three\n".utf8), to: path, limit: 100, old: old)
    #expect(try FileStatus.of(path, followingLinks: false)?.mode == 0o600)
    #expect(try folder.names == ["log"])
  }

  @Test func `a file that would grow too large is set aside, in place of the one before`() throws {
    let folder = try ScratchFolder()
    let (path, old) = (folder.file("log"), folder.file("log.1"))
    _ = try folder.write("older", to: "log.1")
    _ = try folder.write("12345678", to: "log")
    try File.append(Array("ab".utf8), to: path, limit: 10, old: old)
    #expect(try folder.text("log.1") == "older")
    try File.append(Array("c".utf8), to: path, limit: 10, old: old)
    #expect(try folder.text("log.1") == "12345678ab")
    #expect(try folder.text("log") == "c")
    // What is longer than the limit alone goes into a file of its own.
    try File.append(Array("a long line".utf8), to: path, limit: 10, old: old)
    #expect(try folder.text("log.1") == "c")
    #expect(try folder.text("log") == "a long line")
  }

  @Test func `whoever finds the file locked appends to it and waits for nobody`() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("12345678", to: "log")
    let other = open(path, O_RDWR | O_CLOEXEC)
    defer { close(other) }
    #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
    try File.append(Array("abc".utf8), to: path, limit: 10, old: folder.file("log.1"))
    #expect(try folder.text("log") == "12345678abc")
    #expect(try folder.names == ["log"])
  }

  /// Who may write to the folder could have put any file of this user's there.
  @Test func `a file with another name is written to only where nobody else can have put it`()
    throws
  {
    let folder = try ScratchFolder()
    let path = try folder.write("mine\n", to: "mine.txt")
    #expect(chmod(path, 0o644) == 0)
    #expect(link(path, folder.file("log")) == 0)
    func append() throws {
      try File.append([0x78, 0x0A], to: folder.file("log"), limit: 100, old: folder.file("old"))
    }
    for mode: mode_t in [0o777, 0o1777, 0o770] {
      #expect(chmod(folder.path, mode) == 0)
      let error = #expect(throws: HostError.self) { try append() }
      #expect(error?.code == EMLINK)
    }
    #expect(chmod(folder.path, 0o700) == 0)
    if geteuid() == 0 {
      #expect(chown(folder.path, 12_345, 12_345) == 0)
      #expect(throws: HostError.self) { try append() }
      #expect(chown(folder.path, 0, 0) == 0)
    }
    #expect(try folder.text("mine.txt") == "mine\n")
    #expect(try FileStatus.of(path, followingLinks: false)?.mode == 0o644)
    try append()
    #expect(try folder.text("mine.txt") == "mine\nx\n")
  }

  @Test func `only a plain file is written to, and nobody is waited for`() throws {
    let folder = try ScratchFolder()
    let bytes = Array("x\n".utf8)
    func append(_ name: String) throws {
      try File.append(bytes, to: folder.file(name), limit: 10, old: folder.file("old"))
    }
    symlink(try folder.write("", to: "target"), folder.file("link"))
    mkdir(folder.file("folder"), 0o700)
    mkfifo(folder.file("fifo"), 0o600)
    // A FIFO with a reader can be opened, and is no file all the same.
    mkfifo(folder.file("read"), 0o600)
    let reader = open(folder.file("read"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    for name in ["link", "folder", "fifo", "read", "missing/log"] {
      #expect(throws: HostError.self, "\(name)") { try append(name) }
    }
    #expect(try folder.text("target") == "")
  }

  @Test func `many that append at once lose nothing and break no line`() throws {
    let folder = try ScratchFolder()
    let (path, old) = (folder.file("log"), folder.file("log.1"))
    _ = try folder.write(String(repeating: "=", count: 99) + "\n", to: "log")
    // One turn of the file at most: all that is written is in one of the two.
    DispatchQueue.concurrentPerform(iterations: 8) { writer in
      for number in 0..<50 {
        let line = "\(writer) \(number) " + String(repeating: "x", count: 200) + "\n"
        try? File.append(Array(line.utf8), to: path, limit: 60_000, old: old)
      }
    }
    let text = try folder.text("log.1") + folder.text("log")
    let lines = text.split(separator: "\n").dropFirst()
    #expect(lines.count == 400)
    #expect(Set(lines).count == 400)
    #expect(lines.allSatisfy { $0.hasSuffix(" " + String(repeating: "x", count: 200)) })
  }
}
