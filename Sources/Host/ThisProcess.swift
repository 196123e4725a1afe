#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// This process, as others see it.
package enum ThisProcess {
  /// Its number.
  package static var number: Int32 { getpid() }
}
