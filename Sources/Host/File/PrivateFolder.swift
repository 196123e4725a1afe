/// A folder for this process alone, removed with its files at the end of its scope.
///
/// It is locked: the lock ends with the process, which tells leftovers of a killed process from a
/// folder in use. Only files with the expected names are removed; a folder that contains anything
/// else stays.
package struct PrivateFolder: ~Copyable {
  /// Its path, without links.
  package let path: String
  private let descriptor: Descriptor
  private let use: Use
  private var isKept = false

  /// A purpose of such folders.
  package struct Use: Sendable {
    /// The beginning of a folder's name: `import` makes `favs-import-…`.
    fileprivate let mark: String
    /// Whether all names in a folder belong to this purpose.
    fileprivate let belongs: @Sendable ([String]) -> Bool

    /// Makes a purpose.
    ///
    /// - Parameters:
    ///   - name: the part of folder names that identifies it.
    ///   - belongs: whether all names in a folder belong to this purpose.
    package init(_ name: String, _ belongs: @escaping @Sendable ([String]) -> Bool) {
      mark = "favs-\(name)-"
      self.belongs = belongs
    }

    /// Whether a folder with this name is for this purpose.
    fileprivate func isName(_ name: String) -> Bool {
      let start = name.utf8.prefix(mark.utf8.count)
      return start.elementsEqual(mark.utf8)
        && Randomness.isName(name[start.endIndex...].utf8, ofBytes: nameBytes)
    }
  }

  private static let nameBytes = 12

  /// Makes a folder.
  ///
  /// - Parameter parent: the folder to make it in; nil for that of temporary files.
  package init(for use: Use, in parent: String? = nil) throws(HostError) {
    let parent = try Directory.resolve(parent ?? Environment.temporaryFolder)
    while true {
      let made = "\(parent)/\(use.mark)\(Randomness.name(ofBytes: Self.nameBytes))"
      try Directory.createPrivate(made, isLasting: false)
      let folder = try Directory.open(made)
      // Another process that was sweeping took it for a leftover: retry.
      guard try Lock.isKept(folder, path: made) else { continue }
      path = made
      descriptor = folder
      self.use = use
      return
    }
  }

  deinit {
    if !isKept {
      // While this process works, no other takes it for a leftover.
      let names = ((try? Directory.names(in: path)) ?? []).filter { use.belongs([$0]) }
      for name in names { try? File.remove(path + "/" + name) }
      try? Directory.remove(path)
    }
  }

  /// Ends its use and leaves its contents where they are.
  package consuming func keep() { isKept = true }

  /// Removes the folders that killed processes left behind, and nothing else: see `Leftovers`. Best
  /// effort.
  ///
  /// - Parameters:
  ///   - parent: the folder that contains them; nil for that of temporary files.
  ///   - isMeant: whether to remove a folder with these names in it.
  package static func sweep(
    _ use: Use, in parent: String? = nil, where isMeant: ([String]) -> Bool = { _ in true }
  ) {
    guard let left = Leftovers(in: parent ?? Environment.temporaryFolder) else { return }
    for name in left.names where use.isName(name) {
      left.removeFolder(name) { use.belongs($0) && isMeant($0) }
    }
  }
}
