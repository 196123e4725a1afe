internal import Host

/// The paths of favs' files.
enum StandardPaths {
  /// The path of the diagnostics log; nil if there is no place for it.
  static func log() throws(Failure) -> String? {
    if let state = try folder(named: "XDG_STATE_HOME") { return state + "/favs/favs.log" }
    guard let home = try folder(named: "HOME") else { return nil }
    return home + "/.local/state/favs/favs.log"
  }

  /// The path of the settings; nil if there is no place for them.
  static func settings() throws(Failure) -> String? {
    if let folder = try folder(named: "XDG_CONFIG_HOME") { return folder + "/favs/config" }
    guard let home = try folder(named: "HOME") else { return nil }
    return home + "/.config/favs/config"
  }

  /// The path of the database: as requested, from `$FAVS_DB`, or the default of the XDG Base
  /// Directory Specification.
  static func database(_ asked: String?) throws(Failure) -> String {
    if let asked {
      guard !asked.isEmpty else { throw Failure(.usage, "--db needs a value (FILE)") }
      return asked
    }
    if let path = try variable("FAVS_DB") { return path }
    if let data = try folder(named: "XDG_DATA_HOME") { return data + "/favs/favs.db" }
    guard let home = try folder(named: "HOME") else {
      throw Failure(
        .usage, "no folder for the database: $HOME is not an absolute path",
        hint: "name a file with --db")
    }
    return home + "/.local/share/favs/favs.db"
  }

  /// The folder that a variable names; nil if it names none.
  ///
  /// "All paths set in these environment variables must be absolute. If an implementation
  /// encounters a relative path […] it should consider the path invalid and ignore it."
  static func folder(named name: String) throws(Failure) -> String? {
    try variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  /// The value of a variable that names a path or a command; nil if unset or empty.
  static func variable(_ name: String) throws(Failure) -> String? {
    do {
      return try Environment.text(name)
    } catch {
      throw Failure(error)
    }
  }
}
