#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The environment's variables.
package enum Environment {
  /// The value of a variable; nil when it is not set, is empty, or is not UTF-8.
  package static func value(_ name: String) -> String? {
    guard let text = unsafe getenv(name), unsafe text.pointee != 0 else { return nil }
    return unsafe String(validatingCString: text)
  }
}
