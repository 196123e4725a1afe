#if canImport(Glibc)
  internal import Glibc
#endif
package struct HostError: Error, Equatable, Sendable {
  package let call: String
  package let path: String?
  package let code: Int32
  package init(call: String, path: String?, code: Int32) { self.call = call; self.path = path; self.code = code }
  package static var notFoundCode: Int32 { ENOENT }
  package var isNotFound: Bool { code == ENOENT }
  package var isExists: Bool { code == EEXIST }
  package var isTimedOut: Bool { code == EWOULDBLOCK }
  package var reason: String { unsafe String(cString: strerror(code)) }
}
package enum Clock { package static func now() -> Int64 { var t = timespec(); unsafe clock_gettime(CLOCK_REALTIME, &t); return Int64(t.tv_sec) * 1000 + Int64(t.tv_nsec) / 1_000_000 } }
package enum Randomness { package static func bytes(_ n: Int) -> [UInt8] { var b = [UInt8](repeating: 0, count: n); _ = unsafe b.withUnsafeMutableBytes { unsafe getentropy($0.baseAddress!, n) }; return b } }
package enum Device { package static func name() -> String { "host" } }
package struct FileStatus { package enum Kind { case regular, directory, symbolicLink, other }
  package let kind: Kind; package let size: Int64; package let owner: UInt32
  package static var currentUser: UInt32 { getuid() }
  package static func of(_ path: String, followingLinks: Bool) throws(HostError) -> FileStatus? {
    var s = stat(); let r = unsafe lstat(path, &s)
    if r != 0 { if errno == ENOENT { return nil }; throw HostError(call: "stat", path: path, code: errno) }
    let k: Kind = switch s.st_mode & S_IFMT { case S_IFREG: .regular; case S_IFDIR: .directory; case S_IFLNK: .symbolicLink; default: .other }
    return FileStatus(kind: k, size: Int64(s.st_size), owner: s.st_uid) } }
package struct File: ~Copyable { let fd: Int32
  init(fd: Int32) { self.fd = fd }
  package init(reading path: String) throws(HostError) { fd = unsafe open(path, O_RDONLY | O_CLOEXEC); if fd < 0 { throw HostError(call: "open", path: path, code: errno) } }
  deinit { close(fd) }
  package func read(into b: inout [UInt8], upTo n: Int) throws(HostError) -> Int { var t = [UInt8](repeating: 0, count: n); let r = unsafe t.withUnsafeMutableBytes { unsafe Glibc.read(fd, $0.baseAddress, n) }; if r < 0 { throw HostError(call: "read", path: nil, code: errno) }; b += t[..<r]; return r }
  package static func createPrivate(at path: String) throws(HostError) -> File { let fd = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600); if fd < 0 { throw HostError(call: "create", path: path, code: errno) }; return File(fd: fd) }
  package func sync() throws(HostError) { if fsync(fd) != 0 { throw HostError(call: "fsync", path: nil, code: errno) } }
  package static func link(_ a: String, to b: String) throws(HostError) { if unsafe Glibc.link(a, b) != 0 { throw HostError(call: "link", path: b, code: errno) } }
  package static func rename(_ a: String, to b: String) throws(HostError) { if unsafe Glibc.rename(a, b) != 0 { throw HostError(call: "rename", path: b, code: errno) } }
  package static func remove(_ a: String) throws(HostError) { if unsafe unlink(a) != 0 { throw HostError(call: "unlink", path: a, code: errno) } }
  package static func syncDirectory(_ p: String) throws(HostError) { let f = try File(reading: p); try f.sync() } }
package enum Directory { package static func createPrivate(_ p: String) throws(HostError) { unsafe mkdir(p, 0o700) }
  package static func resolve(_ p: String) throws(HostError) -> String { guard let r = unsafe realpath(p, nil) else { throw HostError(call: "resolve", path: p, code: errno) }; let s = unsafe String(cString: r); unsafe free(r); return s } }
package struct Lock: ~Copyable { let fd: Int32; package let waitedMilliseconds = 0
  package init(path: String, milliseconds: Int) throws(HostError) { fd = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600); if fd < 0 { throw HostError(call: "open", path: path, code: errno) }; flock(fd, LOCK_EX) }
  deinit { close(fd) } }
