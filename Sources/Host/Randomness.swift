#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Unpredictable bytes.
package enum Randomness {
  /// Up to 256 bytes from the kernel.
  ///
  /// The corresponding C function is `getentropy`.
  package static func bytes(_ count: Int) -> [UInt8] {
    precondition(count <= 256, "getentropy gives 256 bytes at most")
    var bytes = [UInt8](repeating: 0, count: count)
    let result = unsafe bytes.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return Int32(0) }
      return unsafe getentropy(start, count)
    }
    precondition(result == 0, "the kernel gives random bytes once the machine has started")
    return bytes
  }
}
