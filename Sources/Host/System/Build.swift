internal import CHost

/// What is known of how this program was built.
package enum Build {
  /// The commit of its sources, 40 hexadecimal digits; nil where the build did not say, as outside of `make dist`.
  package static var commit: String? {
    let commit = unsafe String(cString: favs_build_commit())
    return commit.isEmpty ? nil : commit
  }
}
