#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// What the operating system refused, and why.
package struct HostError: Error, Equatable, Sendable {
  /// What was tried, as a person would say it: "open", "write".
  package let call: String
  /// The file it was tried on; nil where there is none.
  package let path: String?
  /// The `errno`.
  package let code: Int32

  package init(call: String, path: String?, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// The error that the last C call left behind.
  static func last(_ call: String, _ path: String? = nil) -> HostError {
    HostError(call: call, path: path, code: errno)
  }

  /// The system's words for the code, in lower case: "no such file or directory".
  package var reason: String { HostError.reason(code) }

  /// The system's words for an `errno`, in lower case.
  package static func reason(_ code: Int32) -> String {
    let text = unsafe String(cString: strerror(code))
    guard let first = text.first, !text.dropFirst().prefix(1).allSatisfy(\.isUppercase) else {
      return text
    }
    return first.lowercased() + text.dropFirst()
  }

  /// The corresponding C error is `ENOENT`.
  package static let notFound = ENOENT
  /// The corresponding C error is `EWOULDBLOCK`.
  package static let timedOut = EWOULDBLOCK

  /// True for `ENOENT`.
  package var isNotFound: Bool { code == ENOENT }
  /// True for `EEXIST`.
  package var isExists: Bool { code == EEXIST }
  /// True for a lock that was not to be had in time.
  package var isTimedOut: Bool { code == EWOULDBLOCK }
  /// True for `EPIPE`: the reader went away.
  package var isBrokenPipe: Bool { code == EPIPE }
  /// True where no room is left: `ENOSPC`, `EDQUOT`.
  package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
}
