internal import CHost

/// This machine.
package enum Device {
  /// Its host name, `unknown` if it has none.
  package static func name() -> String {
    // HOST_NAME_MAX is 64 on Linux and 255 on a Mac; the last byte stays 0.
    var bytes = [CChar](repeating: 0, count: 257)
    guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
    let name = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return name.isEmpty ? "unknown" : String(decoding: name, as: UTF8.self)
  }
}
