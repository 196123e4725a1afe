internal import Host

/// The folders that hold private copies of other programs' databases while these are read.
package enum ForeignCopies {
  /// A copy's name in its folder.
  static let name = "copy.db"
  /// Their use, by which those are known that a process left behind.
  static let use = PrivateFolder.Use("import") { names in
    names.allSatisfy { [name, name + "-wal", name + "-shm", name + "-journal"].contains($0) }
  }

  /// Removes what imports left behind that were killed.
  package static func sweep() { PrivateFolder.sweep(use) }
}
