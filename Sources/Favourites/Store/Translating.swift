internal import Host
internal import SQLite

/// Runs what may fail in SQLite or in the operating system, and gives its errors as the library's.
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

/// What a caller throws who runs something of the library's between his own steps: an error of the library's, or one
/// of his own that can be made of it. So his own pass through the library as they are.
package protocol StoreErrorConvertible: Error {
  /// - Parameter path: the file that it is about.
  init(_ error: StoreError, path: String)
}

extension StoreError: StoreErrorConvertible {
  package init(_ error: StoreError, path: String) { self = error }
}

extension Store {
  /// Runs a part of the library, and gives its errors as the caller's.
  ///
  /// - Parameter refusal: what the caller throws.
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
