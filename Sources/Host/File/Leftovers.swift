internal import CHost

/// A folder in which a killed process may have left files behind.
///
/// A name alone proves nothing: a file is removed only if its name has the exact form that favs
/// uses, it is of the kind that favs makes, and no process has locked it. It is checked and removed
/// through the open folder, so that nothing can be swapped in between.
struct Leftovers: ~Copyable {
  private let folder: Descriptor
  private let path: String

  /// Opens a folder; nil if that fails.
  init?(in path: String) {
    guard let resolved = try? Directory.resolve(path), let folder = try? Directory.open(resolved)
    else { return nil }
    self.folder = folder
    self.path = resolved
  }

  /// The names in it.
  var names: [String] { (try? Directory.names(in: folder, path: path)) ?? [] }

  /// Whether a name exists there.
  func has(_ name: String) -> Bool {
    status(of: name) != nil
  }

  /// Removes a file of this user that no process has locked. Best effort.
  func removeFile(_ name: String) {
    guard let number = try? open(name, O_RDWR | O_NONBLOCK) else { return }
    let file = Descriptor(number)
    guard let status = try? FileStatus.of(file, path: name), status.kind == .regular,
      status.owner == FileStatus.currentUser,
      (try? Lock.isTaken(file.number, path: name)) == true,
      self.status(of: name)?.identity == status.identity
    else { return }
    _ = unsafe unlinkat(folder.number, name, 0)
  }

  /// Removes a folder of this user that no process has locked, with the files in it. If it contains
  /// anything else, it stays as it is. Best effort.
  ///
  /// - Parameter belongs: whether a name in it was made by favs, or by a program working for it.
  func removeFolder(_ name: String, _ belongs: ([String]) -> Bool) {
    guard let number = try? open(name, O_RDONLY | O_DIRECTORY) else { return }
    let inner = Descriptor(number)
    guard let status = try? FileStatus.of(inner, path: name),
      status.owner == FileStatus.currentUser,
      (try? Lock.isTaken(inner.number, path: name)) == true,
      let names = try? Directory.names(in: inner, path: name), belongs(names)
    else { return }
    for each in names { _ = unsafe unlinkat(inner.number, each, 0) }
    guard self.status(of: name)?.identity == status.identity else { return }
    _ = unsafe unlinkat(folder.number, name, AT_REMOVEDIR)
  }

  private func open(_ name: String, _ flags: Int32) throws(HostError) -> Int32 {
    let number = folder.number
    return try SystemCall.run("open", on: name) {
      unsafe favs_openat(number, name, flags | O_NOFOLLOW | O_CLOEXEC)
    }
  }

  private func status(of name: String) -> FileStatus? {
    try? FileStatus.of(name, in: folder)
  }
}
