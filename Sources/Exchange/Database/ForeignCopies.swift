internal import Host

/// The folders that hold private copies of other programs' databases while these are read.
package enum ForeignCopies {
  /// A copy's name in its folder.
  static let name = "copy.db"
  /// Their use, by which those are known that a process left behind.
  static let use = PrivateFolder.Use("import") { names in
    // Of favs' own there may be a lock and a backup besides.
    names.allSatisfy { $0.utf8.starts(with: name.utf8) }
  }

  /// Removes what imports left behind that were killed.
  package static func sweep() { PrivateFolder.sweep(use) }
}
