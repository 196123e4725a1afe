internal import Host

/// The temporary folders for private copies of other programs' databases.
package enum ForeignCopies {
  /// The name of a copy in its folder.
  static let name = "copy.db"
  /// Identifies the folders that a killed process left behind.
  static let use = PrivateFolder.Use("import") { names in
    // A copy of a favs database may also have a lock and a backup.
    names.allSatisfy { $0.utf8.starts(with: name.utf8) }
  }

  /// Removes the folders of imports that were killed.
  package static func sweep() { PrivateFolder.sweep(use) }
}
