internal import CHost

/// The rights that new files of this process do not get.
package enum Umask {
  /// What the user had set; nil as long as that holds. Set once, by the first thread.
  nonisolated(unsafe) private static var users: mode_t?

  /// Keeps group and others out of every file made from now on, also those that SQLite makes.
  package static func restrict() {
    let before = umask(0o077)
    if unsafe users == nil { unsafe users = before }
  }

  /// Runs what starts another program, which gets the user's own.
  static func lending<Result>(_ body: () -> Result) -> Result {
    guard let users = unsafe users else { return body() }
    let ours = umask(users)
    defer { _ = umask(ours) }
    return body()
  }
}
