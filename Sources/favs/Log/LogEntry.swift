internal import Favourites

/// One line of the log, read again.
struct LogEntry: Equatable {
  /// All of it.
  let object: JSONObject
  let time: Timestamp
  let level: LogLevel
  /// The command; nil where its words were not understood.
  let command: String?
  let milliseconds: Double

  /// Reads a line; nil for one that is damaged.
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

  /// True for the line of a run; false for that of an SQL statement.
  var isRun: Bool { object["exit"] != nil }

  /// A member as text; empty where it is missing or null.
  func text(_ key: String) -> String {
    object[key]?.scalarText ?? ""
  }
}
