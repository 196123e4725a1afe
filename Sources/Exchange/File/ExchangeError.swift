internal import Favourites
package import Host

/// Why a foreign file cannot be read.
package enum ExchangeError: Error, Equatable, Sendable {
  /// The file is not what it claims to be, or breaks off; nothing of it is taken.
  case malformed(Place?, String)
  /// The file is more than favs reads of its kind.
  case tooLarge(String)
  /// Another program is at work on it.
  case busy(String)
  /// The system could not read it.
  case host(HostError)
  /// Who takes the items wants no more of them. Never leaves `Format.read`, which knows why.
  case stopped
}

extension ExchangeError {
  /// The same error of a file in JSON.
  init(_ error: JSONError) {
    self = .malformed(Place(line: error.line, column: error.column), error.reason)
  }
}

/// Runs a part that reads JSON, and gives its errors as those of a foreign file.
func readingJSON<Value>(_ body: () throws(JSONError) -> Value) throws(ExchangeError) -> Value {
  do {
    return try body()
  } catch {
    throw ExchangeError(error)
  }
}
