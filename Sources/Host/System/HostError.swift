internal import CHost

/// What the operating system refused: the call, the path it was about, and `errno`.
package struct HostError: Error, Equatable, Sendable {
  /// The name of the call, such as `open`.
  package let call: String
  /// The path it was about, when there was one.
  package let path: String?
  /// The value of `errno`.
  package let code: Int32

  /// An error of `call` with the value of `errno` it left.
  package init(call: String, path: String? = nil, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// That of something which was kept for a while and cannot be read any more.
  package static var unreadable: HostError { HostError(call: "read", code: EIO) }

  /// Why, in the system's words, with a small first letter: `permission denied`.
  package var reason: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    let words = unsafe String(cString: text)
    // An initialism ("RFS specific error") keeps its capital letters.
    guard words.utf8.dropFirst().first.map({ $0 >= 0x61 }) ?? true else { return words }
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
