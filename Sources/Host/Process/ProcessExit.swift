internal import CHost

/// Ends the process.
package enum ProcessExit {
  /// Ends it with a status.
  package static func exit(_ code: Int32) -> Never {
    CHost.exit(code)
  }
}
