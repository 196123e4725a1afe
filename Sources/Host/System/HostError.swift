internal import CHost

/// An error of the operating system: the call, the path concerned, and `errno`.
package struct HostError: Error, Equatable, Sendable {
  /// The name of the call, such as `open`.
  package let call: String
  /// The path concerned, if any.
  package let path: String?
  /// The value of `errno`.
  package let code: Int32

  /// Makes an error for `call` with its `errno`.
  package init(call: String, path: String? = nil, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// The error for stored data that can no longer be read.
  package static var unreadable: HostError { HostError(call: "read", code: EIO) }

  /// The reason, in the system's words, with a lower-case initial: `permission denied`.
  package var reason: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    let words = unsafe String(cString: text)
    // An initialism ("RFS specific error") keeps its capital letters.
    guard words.utf8.dropFirst().first.map({ $0 >= 0x61 }) ?? true else { return words }
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
