/// A folder for this process alone, which goes with the files in it at the end of its scope.
///
/// It stands in `$TMPDIR`, else in `/tmp`, and its name tells whose it is, should the process be killed.
package struct PrivateFolder: ~Copyable {
  /// Where it is, free of links.
  package let path: String

  /// Makes one.
  /// - Parameter use: what it is for, as its name tells: `import` makes it `favs-import-…`.
  package init(for use: String) throws(HostError) {
    let parent = try Directory.resolve(Environment.value("TMPDIR") ?? "/tmp")
    let name = Randomness.bytes(12).map { String($0, radix: 16) }.joined()
    let made = "\(parent)/favs-\(use)-\(ThisProcess.number)-\(name)"
    try Directory.createPrivate(made)
    path = made
  }

  deinit {
    // Best effort: what cannot be removed now is told by its name.
    for name in (try? Directory.names(in: path)) ?? [] { try? File.remove(path + "/" + name) }
    try? Directory.remove(path)
  }
}
