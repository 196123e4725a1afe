import Foundation
import Testing

@testable import Host

struct FileTests {
  @Test func `what is written is read`() throws {
    let folder = try ScratchFolder()
    let path = folder.file("new")
    let file = try File.createPrivate(at: path)
    try file.writeAll(Array("Dune".utf8))
    try file.sync()
    try file.close()
    let read = try File(reading: path)
    var bytes: [UInt8] = [0x3E]
    #expect(try read.read(into: &bytes, upTo: 2) == 2)
    #expect(bytes == Array(">Du".utf8))
    #expect(try read.read(into: &bytes, upTo: 100) == 2)
    #expect(try read.read(into: &bytes, upTo: 100) == 0)
    #expect(bytes == Array(">Dune".utf8))
  }

  @Test func `reading to the end stops at the limit`() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(String(repeating: "a", count: 200_000), to: "big")
    #expect(try File(reading: path).readToEnd(atMost: 200_000)?.count == 200_000)
    #expect(try File(reading: path).readToEnd(atMost: 199_999) == nil)
    #expect(try File(reading: "/dev/zero").readToEnd(atMost: 100_000) == nil)
    #expect(try File(reading: "/dev/null").readToEnd(atMost: 0) == [])
  }

  @Test func `a new file is private and never replaces one`() throws {
    let folder = try ScratchFolder()
    let path = folder.file("new")
    try File.createPrivate(at: path).close()
    #expect(try FileStatus.of(path, followingLinks: false)?.mode == 0o600)
    #expect(throws: HostError(call: "open", path: path, code: EEXIST)) {
      try File.createPrivate(at: path).close()
    }
    let link = folder.file("link")
    symlink(folder.file("elsewhere"), link)
    #expect(throws: HostError(call: "open", path: link, code: EEXIST)) {
      try File.createPrivate(at: link).close()
    }
    #expect(try folder.names == ["link", "new"])
  }

  @Test func `a file is linked, moved and removed`() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("x", to: "a")
    try File.link(path, to: folder.file("b"))
    #expect(throws: HostError(call: "link", path: folder.file("b"), code: EEXIST)) {
      try File.link(path, to: folder.file("b"))
    }
    try File.rename(folder.file("b"), to: folder.file("c"))
    try File.remove(path)
    try File.syncDirectory(folder.path)
    #expect(try folder.names == ["c"])
    #expect(throws: HostError(call: "unlink", path: path, code: ENOENT)) { try File.remove(path) }
  }

  @Test func `a path with a NUL is refused, not cut`() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("x", to: "a")
    #expect(throws: HostError(call: "unlink", path: path + "\0b", code: EINVAL)) {
      try File.remove(path + "\0b")
    }
    #expect(throws: HostError(call: "rename", path: path + "\0b", code: EINVAL)) {
      try File.rename(path + "\0b", to: folder.file("c"))
    }
    #expect(try folder.names == ["a"])
  }

  @Test func `a missing file is named`() {
    #expect(throws: HostError(call: "open", path: "/nowhere/at/all", code: ENOENT)) {
      _ = try File(reading: "/nowhere/at/all").path
    }
  }

  @Test func `a full device is an error`() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    #expect(throws: HostError(call: "write", code: ENOSPC)) { try Standard.write([1], to: full) }
    try Standard.write([], to: full)
  }

  @Test func `a closed descriptor is an error`() {
    #expect(throws: HostError(call: "write", code: EBADF)) { try Standard.write([1], to: 9_999) }
  }

  @Test func `a pipe that nobody reads is a broken pipe`() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    close(ends[0])
    defer { close(ends[1]) }
    let writer = ends[1]
    #expect(throws: HostError(call: "write", code: EPIPE)) { try Standard.write([1], to: writer) }
  }

  @Test func `a non-blocking pipe is waited for, both ways`() throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    let reader = File(Descriptor(ends[0]), path: nil)
    let writer = ends[1]
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
    let thread = Thread {
      usleep(20_000)
      try? Standard.write(bytes, to: writer)
      close(writer)
    }
    thread.start()
    #expect(try reader.readToEnd(atMost: 2_000_000) == bytes)
  }

  @Test
  func `a plain file is read where it is, what comes through a pipe from a copy without a name`()
    throws
  {
    let folder = try ScratchFolder()
    let path = try folder.write("Dune", to: "plain")
    let plain = try File(reading: path).settled()
    let place = plain.path
    #expect(place == path)
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let text = String(repeating: "0123456789", count: 60_000)
    let writer = Thread {
      try? text.write(toFile: pipe, atomically: false, encoding: .utf8)
    }
    writer.start()
    let settled = try File(reading: pipe).settled()
    #expect(
      try settled.readToEnd(atMost: 1 << 20).map { String(decoding: $0, as: UTF8.self) } == text)
    let copy = settled.path ?? "none"
    #expect(try FileStatus.of(copy, followingLinks: false) == nil)
  }

  @Test func `the rights of others are taken from a file and not from where a link leads`() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("x", to: "a")
    chmod(path, 0o754)
    let link = folder.file("link")
    symlink(path, link)
    #expect(throws: HostError(call: "open", path: link, code: ELOOP)) {
      try File.take(0o077, from: link)
    }
    #expect(try FileStatus.of(path, followingLinks: false)?.mode == 0o754)
    try File.take(0o077, from: path)
    #expect(try FileStatus.of(path, followingLinks: false)?.mode == 0o700)
    chmod(folder.path, 0o777)
    try File.take(0o022, from: folder.path)
    #expect(try FileStatus.of(folder.path, followingLinks: false)?.mode == 0o755)
  }

  @Test func `a pipe without an end is read up to a limit, and a device not at all`() throws {
    let folder = try ScratchFolder()
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    func settle(_ count: Int, atMost limit: Int64) throws -> Int64 {
      let writer = Thread {
        let descriptor = open(pipe, O_WRONLY)
        let bytes = [UInt8](repeating: 0x61, count: count)
        _ = write(descriptor, bytes, bytes.count)
        close(descriptor)
      }
      writer.start()
      return try File(reading: pipe).settled(atMost: limit).status().size
    }
    #expect(try settle(1_000, atMost: 1_000) == 1_000)
    #expect(throws: UnusableInput.endless(limit: 999)) { try settle(1_000, atMost: 999) }
    for device in ["/dev/zero", "/dev/full", "/dev/urandom"] {
      #expect(throws: UnusableInput.device) { _ = try File(reading: device).settled() }
    }
    #expect(try File(reading: "/dev/null").settled().status().size == 0)
  }
}
