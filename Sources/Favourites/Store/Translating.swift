internal import Host
internal import SQLite

/// Runs code that may fail in SQLite or in the operating system, and converts its errors to the
/// library's.
func translating<Result: ~Copyable>(_ body: () throws -> Result) throws(StoreError) -> Result {
  do {
    return try body()
  } catch let error as StoreError {
    throw error
  } catch let error as SQLiteError {
    throw .sqlite(error)
  } catch let error as HostError {
    throw .host(error)
  } catch {
    preconditionFailure("the library's parts throw these three errors only")
  }
}

/// An error of a caller that runs library code between its own steps: either a library error, or
/// one of its own that can be made from a library error. Its own errors thus pass through the
/// library unchanged.
package protocol StoreErrorConvertible: Error {
  /// - Parameter path: the file concerned.
  init(_ error: StoreError, path: String)
}

extension StoreError: StoreErrorConvertible {
  package init(_ error: StoreError, path: String) { self = error }
}

extension Store {
  /// Runs library code, and converts its errors to the caller's.
  ///
  /// - Parameter refusal: the error type that the caller throws.
  mutating func converting<Result: ~Copyable, Refusal: StoreErrorConvertible>(
    to refusal: Refusal.Type, _ body: (inout Store) throws(StoreError) -> Result
  ) throws(Refusal) -> Result {
    do throws(StoreError) {
      return try body(&self)
    } catch {
      throw Refusal(error, path: path)
    }
  }
}
