internal import Favourites
internal import Host

// Where the settings are on the disk. What they say is run and obeyed, so nobody else may have written it.

extension SettingsFile {
  /// Why a file is not read at all.
  enum Refusal: Equatable, Sendable {
    /// It is a folder, a pipe, a device.
    case notPlain
    case notOurs
    case isOpen
    case tooLong
  }

  /// Reads the file at a path; nil where there is none.
  static func read(_ path: String) throws(Failure) -> SettingsFile? {
    let bytes: [UInt8]?
    let refusal: Refusal?
    do throws(HostError) {
      // A pipe of that name would keep every command waiting.
      let file = try File(reading: path, waits: false)
      refusal = Self.refusal(of: try file.status())
      bytes = refusal == nil ? try file.readToEnd(atMost: longest) : []
    } catch {
      if error.isNotFound { return nil }
      throw Failure(error)
    }
    if let refusal { throw Failure(settings: path, refusal) }
    guard let bytes else { throw Failure(settings: path, .tooLong) }
    return SettingsFile(bytes)
  }

  /// A file of root's, as system managers put there, is as good as one's own.
  private static func refusal(of status: FileStatus) -> Refusal? {
    if status.kind != .regular { return .notPlain }
    if status.owner != FileStatus.currentUser, status.owner != 0 { return .notOurs }
    return status.mode & 0o002 == 0 ? nil : .isOpen
  }

  /// Puts it in the place of what is there, whole or not at all. A link to the file stays one.
  func write(to path: String) throws(Failure) {
    let folder = Places.folder(of: path)
    try Failure.of { () throws(HostError) in
      try Directory.createPrivate(folder, like: folder)
      let isThere = try FileStatus.of(path, followingLinks: true) != nil
      let target = isThere ? try Directory.resolve(path) : path
      let staged = try StagedFile(for: target, like: folder)
      try staged.write(bytes)
      _ = try staged.replace(keepsMode: true)
    }
  }
}
