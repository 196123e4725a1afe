internal import CHost

/// The permissions that new files of this process do not get.
package enum Umask {
  /// The user's umask; nil while it is still set. Written once, by the first thread.
  nonisolated(unsafe) private static var users: mode_t?

  /// Denies group and others access to every file made from now on, including those that SQLite
  /// makes.
  package static func restrict() {
    let before = umask(0o077)
    if unsafe users == nil { unsafe users = before }
  }

  /// Runs code that starts another program, which gets the user's umask.
  static func lending<Result>(_ body: () -> Result) -> Result {
    guard let users = unsafe users else { return body() }
    let ours = umask(users)
    defer { _ = umask(ours) }
    return body()
  }
}
