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
