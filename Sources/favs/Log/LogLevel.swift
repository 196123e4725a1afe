internal import Host

/// How much a line of the log matters; from the least to the most.
enum LogLevel: String, CaseIterable, Comparable, Sendable {
  /// One SQL statement of a run.
  case debug
  /// A run that went well.
  case info
  /// A run that took long, whatever else.
  case slow
  /// A run that failed.
  case error

  /// Whether the first matters less.
  static func < (first: LogLevel, second: LogLevel) -> Bool { first.rank < second.rank }

  /// From which level on `$FAVS_LOG` wants lines to be written; nil for none at all. What is no level
  /// counts as if nothing were said: runs that are slow or fail.
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
