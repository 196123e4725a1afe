#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A number the system gave for an open file, closed once.
struct Descriptor: ~Copyable {
  /// The number itself.
  let number: Int32
  private let isOwned: Bool

  /// Takes over a descriptor, or with `isOwned` false only lends it.
  init(_ number: Int32, isOwned: Bool = true) {
    self.number = number
    self.isOwned = isOwned
  }

  deinit {
    if isOwned { _ = Self.closeNumber(number) }
  }

  /// Closes it and says so if what was written did not arrive.
  consuming func close(path: String?) throws(HostError) {
    let number = number
    let isOwned = isOwned
    discard self
    // Never retried: Linux has given the number back even when a signal interrupts the call.
    guard isOwned, Self.closeNumber(number) != 0 else { return }
    let code = errno
    if code != EINTR { throw HostError(call: "close", path: path, code: code) }
  }

  private static func closeNumber(_ number: Int32) -> Int32 {
    #if canImport(Darwin)
      Darwin.close(number)
    #elseif canImport(Glibc)
      Glibc.close(number)
    #elseif canImport(Musl)
      Musl.close(number)
    #endif
  }
}
