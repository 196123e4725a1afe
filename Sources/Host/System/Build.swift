internal import CHost

/// How this program was built.
package enum Build {
  /// The commit of its sources, 40 hexadecimal digits; nil if not recorded, as outside `make dist`.
  package static var commit: String? {
    let commit = unsafe String(cString: favs_build_commit())
    return commit.isEmpty ? nil : commit
  }
}
