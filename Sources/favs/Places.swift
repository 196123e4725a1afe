internal import Host

/// Where favs keeps its files.
enum Places {
  /// The folder that a file is in.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The diagnostics log; nil where there is no place for it.
  static func log() -> String? {
    if let state = Environment.value("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/favs/favs.log"
    }
    guard let home = Environment.value("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/favs/favs.log"
  }

  /// The file of favourites: what was asked for, `$FAVS_DB`, or the place that the XDG Base Directory
  /// Specification gives.
  static func database(_ asked: String?) throws(Failure) -> String {
    if let asked {
      guard !asked.isEmpty else { throw Failure(.usage, "--db needs a value (FILE)") }
      return asked
    }
    if let path = Environment.value("FAVS_DB") { return path }
    // "All paths set in these environment variables must be absolute. If an implementation encounters a
    // relative path […] it should consider the path invalid and ignore it."
    if let data = Environment.value("XDG_DATA_HOME"), data.hasPrefix("/") {
      return data + "/favs/favs.db"
    }
    guard let home = Environment.value("HOME"), home.hasPrefix("/") else {
      throw Failure(
        .usage, "no place for the database: $HOME is not an absolute path",
        hint: "name a file with --db")
    }
    return home + "/.local/share/favs/favs.db"
  }
}
