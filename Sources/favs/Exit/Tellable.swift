internal import Favourites
internal import Host

/// An error from the body of a change: its message needs the path of the file.
protocol Tellable: StoreErrorConvertible {
  /// - Parameter path: the path of the file concerned.
  func failure(about path: String) -> Failure
}

extension StoreError: Tellable {
  func failure(about path: String) -> Failure { Failure(self, path: path) }
}

extension Failure {
  /// Runs a part of the library or of a command, and converts its errors.
  /// - Parameter path: the path of the file concerned.
  static func of<Result: ~Copyable, Refusal: Tellable>(
    _ path: String, _ body: () throws(Refusal) -> Result
  ) throws(Failure) -> Result {
    do throws(Refusal) {
      return try body()
    } catch {
      throw error.failure(about: path)
    }
  }

  /// Runs one call of the library, and converts its errors.
  static func of<Result: ~Copyable>(
    _ path: String, _ body: @autoclosure () throws(StoreError) -> Result
  ) throws(Failure) -> Result {
    try of(path, body)
  }

  /// Runs a block that calls the system, and converts its errors.
  static func of<Result: ~Copyable>(
    _ body: () throws(HostError) -> Result
  ) throws(Failure) -> Result {
    do throws(HostError) {
      return try body()
    } catch {
      throw Failure(error)
    }
  }

  /// Runs one system call, and converts its errors.
  static func of<Result: ~Copyable>(
    _ body: @autoclosure () throws(HostError) -> Result
  ) throws(Failure) -> Result {
    try of(body)
  }
}

extension Failure: Tellable {
  func failure(about path: String) -> Failure { self }
}
