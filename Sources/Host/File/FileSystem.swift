internal import CHost

/// The file system that something is on.
package struct FileSystem: Equatable, Sendable {
  /// Its type as the system names it, such as `ext4` or `nfs4`; empty if unknown.
  package let kind: String
  /// The number of bytes that users may still write.
  package let free: Int64

  /// The file system of an absolute path without links.
  package static func of(_ path: String) throws(HostError) -> FileSystem {
    var status = statvfs()
    try SystemCall.run("statfs", on: path) { unsafe statvfs(path, &status) }
    let (free, isHuge) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return FileSystem(kind: kind(of: path), free: isHuge ? .max : Int64(clamping: free))
  }

  /// Whether locks and syncs of this type are unreliable: file systems on other machines or
  /// implemented by programs.
  package var isDoubtful: Bool {
    let doubtful = [
      "nfs", "cifs", "smb", "fuse", "9p", "ceph", "afs", "webdav", "davfs", "macfuse", "virtiofs",
    ]
    return doubtful.contains { kind.hasPrefix($0) } && kind != "fuseblk" && kind != "fusectl"
  }

  private static func kind(of path: String) -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe favs_file_system(path, &name, name.count) != 0 else {
      return kindOfMount(of: path)
    }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The type of the mount with the longest path that contains it.
  ///
  /// Source: proc(5), `/proc/self/mounts`: device, path and kind, with octal escapes for white
  /// space.
  private static func kindOfMount(of path: String) -> String {
    guard let file = try? File(reading: "/proc/self/mounts"),
      let bytes = try? file.readToEnd(atMost: 4 << 20)
    else { return "" }
    var best = (length: -1, kind: "")
    for line in bytes.split(separator: 0x0A) {
      let fields = line.split(separator: 0x20)
      guard fields.count > 2 else { continue }
      let mount = unescaped(fields[1])
      let isRoot = mount == Array("/".utf8)
      let isAbove =
        path.utf8.starts(with: mount)
        && (isRoot || path.utf8.count == mount.count
          || path.utf8.dropFirst(mount.count).first == UInt8(ascii: "/"))
      // Of two mounts at the same place, the later one hides the other.
      guard isAbove, mount.count >= best.length else { continue }
      best = (mount.count, String(decoding: fields[2], as: UTF8.self))
    }
    return best.kind
  }

  private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = field.startIndex
    while index < field.endIndex {
      let digits = field[index...].dropFirst().prefix(3)
      if field[index] == UInt8(ascii: "\\"), digits.count == 3,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(value)
        index += 4
      } else {
        bytes.append(field[index])
        index += 1
      }
    }
    return bytes
  }
}
