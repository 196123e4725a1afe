#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The variables this process was started with.
package enum Environment {
  /// The value of one of them; nil when it is unset, empty or not UTF-8.
  package static func value(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    guard let text = unsafe String(validatingCString: value), !text.isEmpty else { return nil }
    return text
  }
}
