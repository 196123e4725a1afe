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

  /// The path of its program.
  package static func program() throws(HostError) -> String {
    #if canImport(Darwin)
      var size: UInt32 = 4_096
      var buffer = [CChar](repeating: 0, count: Int(size))
      guard unsafe _NSGetExecutablePath(&buffer, &size) == 0 else {
        throw HostError(call: "open", path: nil, code: ENAMETOOLONG)
      }
      return String(
        decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #else
      return try Directory.resolve("/proc/self/exe")
    #endif
  }
}
