internal import Favourites
internal import Host

// The settings on the disk. Some of them are run as commands, so no other user may have written the
// file.

extension SettingsFile {
  /// Why the file is refused.
  enum Refusal: Equatable, Sendable {
    /// It is a folder, a pipe or a device.
    case notPlain
    case notOurs
    case isOpen
    case tooLong
  }

  /// Reads the file at a path; nil if there is none.
  static func read(_ path: String) throws(Failure) -> SettingsFile? {
    let bytes: [UInt8]?
    let refusal: Refusal?
    do throws(HostError) {
      // A pipe of that name would block every command.
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

  /// A file owned by root, as system managers install it, is as good as the user's own.
  private static func refusal(of status: FileStatus) -> Refusal? {
    if status.kind != .regular { return .notPlain }
    if status.owner != FileStatus.currentUser, status.owner != 0 { return .notOurs }
    return status.mode & 0o002 == 0 ? nil : .isOpen
  }

  /// The right to change the file at a path: two that read it, and then write it, would undo each
  /// other's change. Nil if its folder does not exist.
  /// - Parameter makesFolder: whether that is created then.
  static func lock(_ path: String, makesFolder: Bool) throws(Failure) -> Lock? {
    let folder = Directory.above(path)
    do throws(HostError) {
      if makesFolder { try Directory.createPrivate(folder, like: folder) }
      return try Lock(folder: folder, milliseconds: 10_000)
    } catch let error where error.isNotFound {
      return nil
    } catch {
      throw error.isTimedOut ? Failure(StoreError.busy(path: path), path: path) : Failure(error)
    }
  }

  /// Replaces the file atomically. If the path is a symbolic link, the link stays.
  func write(to path: String) throws(Failure) {
    let folder = Directory.above(path)
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
