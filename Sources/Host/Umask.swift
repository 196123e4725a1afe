#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The rights that new files of this process do not get.
package enum Umask {
  /// Keeps group and others out of every file made from now on, also those that SQLite makes.
  package static func restrict() { _ = umask(0o077) }
}
