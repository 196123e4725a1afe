/// A folder for this process alone, which goes with the files in it at the end of its scope.
///
/// It stands in `$TMPDIR`, else in `/tmp`, and is locked: the lock ends with the process, so that what one that was
/// killed left behind is told from what another is at work on. It goes with the next that is made for the same use.
package struct PrivateFolder: ~Copyable {
  /// Where it is, free of links.
  package let path: String
  private let descriptor: Descriptor

  /// Makes one.
  /// - Parameter use: what it is for, as its name tells: `import` makes it `favs-import-…`.
  package init(for use: String) throws(HostError) {
    let parent = try Directory.resolve(Environment.value("TMPDIR") ?? "/tmp")
    Self.sweep(parent, use)
    while true {
      let name = Randomness.bytes(12).map { String($0, radix: 16) }.joined()
      let made = "\(parent)/favs-\(use)-\(name)"
      try Directory.createPrivate(made, isLasting: false)
      let folder = try Directory.open(made)
      // Another that swept just now took it for left behind: once more.
      guard try Lock.isKept(folder, path: made) else { continue }
      path = made
      descriptor = folder
      return
    }
  }

  deinit { Self.remove(path) }

  /// Removes those that processes left behind that were killed. Best effort.
  private static func sweep(_ parent: String, _ use: String) {
    let mark = "favs-\(use)-"
    for name in (try? Directory.names(in: parent)) ?? [] where name.utf8.starts(with: mark.utf8) {
      let path = parent + "/" + name
      guard let status = try? FileStatus.of(path, followingLinks: false),
        status.kind == .directory, status.owner == FileStatus.currentUser,
        let folder = try? Directory.open(path),
        (try? Lock.isTaken(folder.number, path: path)) == true
      else { continue }
      remove(path)
    }
  }

  private static func remove(_ path: String) {
    for name in (try? Directory.names(in: path)) ?? [] { try? File.remove(path + "/" + name) }
    try? Directory.remove(path)
  }
}
