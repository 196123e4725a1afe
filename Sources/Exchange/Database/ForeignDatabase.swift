internal import Favourites
internal import Host
internal import SQLite

/// A private copy of another program's SQLite database, opened for reading, with constant contents.
///
/// The file is not trusted: nothing in its schema is executed, nothing is written, and the work and
/// the amount of text are limited according to its size.
struct ForeignDatabase: ~Copyable {
  let connection: Connection
  private let allowance: Allowance

  /// The longest value, in bytes: the longest note in UTF-16, and the rest of its row.
  static let longestValue: Int32 = 4 << 20

  /// Copies the database at `path` and opens the copy. Deletes the copy's files as soon as they are
  /// open, so that nothing remains however the process ends.
  init(_ path: String) throws(ExchangeError) {
    let folder: PrivateFolder
    do {
      folder = try PrivateFolder(for: ForeignCopies.use)
    } catch {
      throw .host(error)
    }
    let copy = folder.path + "/" + ForeignCopies.name
    try DatabaseCopy.make(of: path, at: copy)
    let allowance = Allowance(of: try Self.room(of: copy))
    let connection = try Self.open(copy, allowance)
    _ = consume folder
    self.connection = connection
    self.allowance = allowance
  }

  /// The size of the database on the disk, including its log; holes do not count.
  private static func room(of copy: String) throws(ExchangeError) -> Int {
    do throws(HostError) {
      let file = try FileStatus.of(copy, followingLinks: false)?.allocated ?? 0
      let log = try FileStatus.of(copy + "-wal", followingLinks: false)?.allocated ?? 0
      return Int(file + log)
    } catch {
      throw .host(error)
    }
  }

  private static func open(
    _ copy: String, _ allowance: Allowance
  ) throws(ExchangeError) -> Connection {
    do {
      return try prepared(copy, allowance)
    } catch {
      throw ExchangeError(error)
    }
  }

  private static func prepared(
    _ copy: String, _ allowance: Allowance
  ) throws(SQLiteError) -> Connection {
    // Using the log requires writing its index, so the copy must be writable. Nothing else is
    // written.
    let connection = try Connection(
      path: copy, access: .readWrite, busyMilliseconds: 0, longestValue: longestValue)
    try connection.dropModules()
    connection.limitInstructions(to: allowance.instructions)
    try connection.execute("PRAGMA query_only=ON")
    try connection.beginReading()
    try connection.hardenReading()
    // The first read starts the transaction; from then on no more files are opened.
    _ = try connection.statement("SELECT count(*) FROM sqlite_schema").step()
    return connection
  }

  /// Whether a table with all the given columns exists.
  func has(_ table: String, _ columns: String...) throws(ExchangeError) -> Bool {
    let found = try self.columns(of: table)
    return !found.isEmpty && columns.allSatisfy(found.contains)
  }

  /// The columns of a table; empty if there is no such table.
  ///
  /// Throws if it only looks like a table: for a view, a virtual table, or generated columns, which
  /// would run expressions from the file.
  func columns(of table: String) throws(ExchangeError) -> Set<String> {
    var names: Set<String> = []
    do throws(SQLiteError) {
      let kind = try connection.statement(
        """
        SELECT type = 'table' AND rootpage > 0 FROM sqlite_schema
        WHERE name = ? COLLATE NOCASE AND type IN ('table', 'view')
        """)
      kind.bind(table, at: 1)
      guard try kind.step() else { return [] }
      if kind.integer(0) == 1 {
        // The name is one of ours; this kind of statement takes no parameters.
        let find = try connection.prepare("PRAGMA table_xinfo(\"\(table)\")")
        var isPlain = true
        while try find.step() {
          names.insert(find.text(1))
          if find.integer(6) != 0 { isPlain = false }
        }
        if isPlain { return names }
      }
    } catch {
      throw ExchangeError(error)
    }
    throw .malformed(nil, "its table '\(table)' is not a plain table")
  }

  /// Prepares a query, after checking all the tables that it reads.
  func query(_ sql: String, of tables: String...) throws(ExchangeError) -> ForeignRows {
    try query(sql, of: tables)
  }

  /// Prepares a query, after checking all the tables that it reads.
  func query(_ sql: String, of tables: [String]) throws(ExchangeError) -> ForeignRows {
    for table in tables { _ = try columns(of: table) }
    do {
      return ForeignRows(statement: try connection.prepare(sql), allowance: allowance)
    } catch {
      throw ExchangeError(error)
    }
  }
}
