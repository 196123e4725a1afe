internal import Favourites
package import Host

/// Why a foreign file cannot be read.
package enum ExchangeError: Error, Equatable, Sendable {
  /// The file is invalid or incomplete; nothing is imported.
  case malformed(Location?, String)
  /// The file exceeds a limit.
  case tooLarge(String)
  /// Another program is using it.
  case busy(String)
  /// The system reported an error.
  case host(HostError)
  /// The receiver wants no more items. `Format.read` handles it, and never throws it.
  case stopped
}

extension ExchangeError {
  /// Converts an error in a JSON file.
  init(_ error: JSONError) {
    self = .malformed(Location(line: error.line, column: error.column), error.reason)
  }
}

/// Runs a block that reads JSON, and converts its errors.
func readingJSON<Value>(_ body: () throws(JSONError) -> Value) throws(ExchangeError) -> Value {
  do {
    return try body()
  } catch {
    throw ExchangeError(error)
  }
}
