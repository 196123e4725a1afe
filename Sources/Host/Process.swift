#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// This process.
package enum Process {
  /// To be called once, first of all: new files are private, and a file that grows too large is an error
  /// and not a signal.
  package static func prepare() {
    umask(0o077)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Ends at once; nothing is left to be written.
  package static func end(_ code: Int32) -> Never { exit(code) }

  /// Ends as one does whose output nobody reads any more: by SIGPIPE, so that the shell sees it, or with
  /// 141 where that signal is blocked.
  package static func endOfPipe() -> Never {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
    exit(141)
  }
}
