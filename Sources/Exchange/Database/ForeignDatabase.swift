internal import Favourites
internal import Host
internal import SQLite

/// A private copy of another program's SQLite database, open for reading, in a state that does not change.
///
/// Whoever made the file is not trusted: nothing that stands in its schema is run, nothing is written, and it takes no
/// more work and gives no more text than its size accounts for.
struct ForeignDatabase: ~Copyable {
  let connection: Connection
  private let allowance: Allowance

  /// How long a value may be, in bytes: the longest note in two bytes a character, and the rest of its row.
  static let longestValue: Int32 = 4 << 20

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
    let allowance = Allowance(of: try Self.room(of: copy))
    let connection = try Self.open(copy, allowance)
    _ = consume folder
    self.connection = connection
    self.allowance = allowance
  }

  /// How much a database takes on the disk, its log too: of a hole nothing is to be read.
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
    // A log is put to use by writing its index, so the copy must be writable. Nothing else is written.
    let connection = try Connection(
      path: copy, access: .readWrite, busyMilliseconds: 0, longestValue: longestValue)
    try connection.dropModules()
    connection.limitInstructions(to: allowance.instructions)
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
  ///
  /// What only looks like a table is refused: a view, a virtual table, and one with columns that are worked out when
  /// they are read, by whatever the file says.
  func columns(of table: String) throws(ExchangeError) -> Set<String> {
    var names: Set<String> = []
    do throws(SQLiteError) {
      let kind = try connection.statement(
        "SELECT type = 'table' AND rootpage > 0 FROM sqlite_schema WHERE name = ? COLLATE NOCASE AND type IN ('table', 'view')"
      )
      kind.bind(table, at: 1)
      guard try kind.step() else { return [] }
      if kind.integer(0) == 1 {
        // Its name is one of ours; a value cannot be given to a statement of this kind.
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

  /// A statement that reads some tables, all of which are looked at before.
  func query(_ sql: String, of tables: String...) throws(ExchangeError) -> ForeignRows {
    try query(sql, of: tables)
  }

  /// The same for tables in an array.
  func query(_ sql: String, of tables: [String]) throws(ExchangeError) -> ForeignRows {
    for table in tables { _ = try columns(of: table) }
    do {
      return ForeignRows(statement: try connection.prepare(sql), allowance: allowance)
    } catch {
      throw ExchangeError(error)
    }
  }
}
