internal import Favourites

/// One parsed line of the log.
struct LogEntry: Equatable {
  /// The whole line.
  let object: JSONObject
  let time: Timestamp
  let level: LogLevel
  /// The command; nil where the command line was not understood.
  let command: String?
  let milliseconds: Double

  /// Parses a line; nil if it is damaged.
  init?(_ line: some Sequence<UInt8>) {
    guard case .object(let object)? = try? JSONValue.parse(Array(line)),
      case .string(let text)? = object["time"], let time = Timestamp(rfc3339: text),
      case .string(let name)? = object["level"], let level = LogLevel(rawValue: name)
    else { return nil }
    switch object["ms"] {
    case .integer(let value)?: milliseconds = Double(value)
    case .decimal(let text)?: milliseconds = Double(text) ?? 0
    default: return nil
    }
    self.object = object
    self.time = time
    self.level = level
    if case .string(let command)? = object["command"] {
      self.command = command
    } else {
      command = nil
    }
  }

  /// Whether the line is about a run, not an SQL statement.
  var isRun: Bool { object["exit"] != nil }

  /// A member as text; empty if missing or null.
  func text(_ key: String) -> String {
    object[key]?.scalarText ?? ""
  }
}
