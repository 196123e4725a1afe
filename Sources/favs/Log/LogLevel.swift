internal import Host

/// How important a line of the log is, from least to most.
enum LogLevel: String, CaseIterable, Comparable, Sendable {
  /// One SQL statement of a run.
  case debug
  /// A run that succeeded.
  case info
  /// A run that took long, whether or not it succeeded.
  case slow
  /// A run that failed.
  case error

  /// Whether the first is less important.
  static func < (first: LogLevel, second: LogLevel) -> Bool { first.rank < second.rank }

  /// The lowest level that `$FAVS_LOG` asks for; nil for no log at all. A value that is not a level
  /// counts as unset: only slow and failed runs are logged.
  static func wanted() -> LogLevel? {
    guard let value = Environment.value("FAVS_LOG") else { return .slow }
    return value == "off" ? nil : LogLevel(rawValue: value) ?? .slow
  }

  private var rank: Int {
    switch self {
    case .debug: 0
    case .info: 1
    case .slow: 2
    case .error: 3
    }
  }
}
