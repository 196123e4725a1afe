internal import Favourites
internal import Host
internal import SQLite

/// A private copy of another program's SQLite database, open for reading, in a state that does not change.
///
/// Whoever made the file is not trusted: nothing that stands in its schema is run, and nothing is written.
struct ForeignDatabase: ~Copyable {
  let connection: Connection

  /// How long a value may be, in bytes.
  private static let longestValue: Int32 = 16 << 20

  /// Copies the database at `path` and opens the copy. The copy's names are taken away as soon as it is open,
  /// so that nothing of it is left behind however the process ends.
  init(_ path: String) throws(ExchangeError) {
    let folder: PrivateFolder
    do {
      folder = try PrivateFolder(for: ForeignCopies.use)
    } catch {
      throw .host(error)
    }
    let copy = folder.path + "/" + ForeignCopies.name
    try DatabaseCopy.make(of: path, at: copy)
    do {
      connection = try Self.open(copy)
    } catch {
      throw ExchangeError(error)
    }
    _ = consume folder
  }

  private static func open(_ copy: String) throws(SQLiteError) -> Connection {
    // A log is put to use by writing its index, so the copy must be writable. Nothing else is written.
    let connection = try Connection(path: copy, access: .readWrite)
    try connection.harden(busyMilliseconds: 0, longestValue: longestValue)
    try connection.execute("PRAGMA query_only=ON")
    try connection.beginReading()
    try connection.hardenReading()
    // The transaction begins with what is read first; from then on no file is opened any more.
    _ = try connection.statement("SELECT count(*) FROM sqlite_schema").step()
    return connection
  }

  /// Whether there is a table that has all of some columns.
  func has(_ table: String, _ columns: String...) throws(ExchangeError) -> Bool {
    let found = try self.columns(of: table)
    return !found.isEmpty && columns.allSatisfy(found.contains)
  }

  /// The columns of a table; empty where there is no such table.
  func columns(of table: String) throws(ExchangeError) -> Set<String> {
    do throws(SQLiteError) {
      let isTable = try connection.statement(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
      isTable.bind(table, at: 1)
      guard try isTable.step() else { return [] }
      let find = try connection.statement("SELECT name FROM pragma_table_info(?)")
      find.bind(table, at: 1)
      var names: Set<String> = []
      while try find.step() { names.insert(find.text(0)) }
      return names
    } catch {
      throw ExchangeError(error)
    }
  }

  /// A statement.
  func query(_ sql: String) throws(ExchangeError) -> ForeignRows {
    do {
      return ForeignRows(statement: try connection.prepare(sql))
    } catch {
      throw ExchangeError(error)
    }
  }
}

/// The rows that a statement gives.
struct ForeignRows: ~Copyable {
  let statement: Statement

  /// Goes to the next row; false when there is none.
  func next() throws(ExchangeError) -> Bool {
    do {
      return try statement.step()
    } catch {
      throw ExchangeError(error)
    }
  }

  /// Goes to the first row for another value of the one parameter; false when there is none.
  func first(_ value: Int64) throws(ExchangeError) -> Bool {
    statement.reset()
    statement.bind(value, at: 1)
    return try next()
  }

  /// A column as text; nil for nothing and for an empty text.
  func text(_ column: Int32) -> String? {
    guard let text = statement.textOrNil(column), !text.isEmpty else { return nil }
    return text
  }

  /// A column as a whole number; nil for nothing.
  func integer(_ column: Int32) -> Int64? { statement.integerOrNil(column) }

  /// A column as an instant; nil for what tells none.
  func date(_ column: Int32) -> Timestamp? { integer(column).flatMap(ForeignDate.epoch) }
}

extension ExchangeError {
  /// The same error of a database that another program made.
  init(_ error: SQLiteError) {
    switch error.code {
    case .tooBig: self = .tooLarge("a value of more than 16 MiB")
    case .full: self = .malformed(nil, "no room is left for a copy of it")
    default: self = .malformed(nil, "it cannot be read as a database: \(error.message)")
    }
  }
}
