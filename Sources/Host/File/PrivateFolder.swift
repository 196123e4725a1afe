/// A folder for this process alone, which goes with the files in it at the end of its scope.
///
/// It is locked: the lock ends with the process, so that what one that was killed left behind is told from what another
/// is at work on. Only what has the names goes that are put there; a folder that holds anything else stays.
package struct PrivateFolder: ~Copyable {
  /// Where it is, free of links.
  package let path: String
  private let descriptor: Descriptor
  private let use: Use
  private var isKept = false

  /// What such folders are for.
  package struct Use: Sendable {
    /// A folder's name begins with it: `import` makes `favs-import-…`.
    fileprivate let mark: String
    /// Whether names in a folder are all of its kind.
    fileprivate let belongs: @Sendable ([String]) -> Bool

    /// A use.
    ///
    /// - Parameters:
    ///   - name: what the names of folders tell.
    ///   - belongs: whether names in a folder are all of what is put there.
    package init(_ name: String, _ belongs: @escaping @Sendable ([String]) -> Bool) {
      mark = "favs-\(name)-"
      self.belongs = belongs
    }

    /// Whether a folder of this name is one of them.
    fileprivate func isName(_ name: String) -> Bool {
      let start = name.utf8.prefix(mark.utf8.count)
      return start.elementsEqual(mark.utf8)
        && Randomness.isName(name[start.endIndex...].utf8, ofBytes: nameBytes)
    }
  }

  private static let nameBytes = 12

  /// Makes one.
  ///
  /// - Parameter parent: the folder that it is to stand in; nil for that of temporary files.
  package init(for use: Use, in parent: String? = nil) throws(HostError) {
    let parent = try Directory.resolve(parent ?? Environment.temporaryFolder)
    while true {
      let made = "\(parent)/\(use.mark)\(Randomness.name(ofBytes: Self.nameBytes))"
      try Directory.createPrivate(made, isLasting: false)
      let folder = try Directory.open(made)
      // Another that swept just now took it for left behind: once more.
      guard try Lock.isKept(folder, path: made) else { continue }
      path = made
      descriptor = folder
      self.use = use
      return
    }
  }

  deinit {
    if !isKept {
      // While this process is at work nobody takes it for left behind.
      let names = ((try? Directory.names(in: path)) ?? []).filter { use.belongs([$0]) }
      for name in names { try? File.remove(path + "/" + name) }
      try? Directory.remove(path)
    }
  }

  /// Ends its use and leaves what is in it where it is.
  package consuming func keep() { isKept = true }

  /// Removes those that processes left behind that were killed, and nothing else: see `Leftovers`. Best effort.
  ///
  /// - Parameters:
  ///   - parent: the folder that they stand in; nil for that of temporary files.
  ///   - isMeant: whether a folder with these names in it is to go.
  package static func sweep(
    _ use: Use, in parent: String? = nil, where isMeant: ([String]) -> Bool = { _ in true }
  ) {
    guard let left = Leftovers(in: parent ?? Environment.temporaryFolder) else { return }
    for name in left.names where use.isName(name) {
      left.removeFolder(name) { use.belongs($0) && isMeant($0) }
    }
  }
}
