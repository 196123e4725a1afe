internal import Favourites
internal import Host

/// The database of a command, and how it is opened.
struct FavouritesFile {
  /// The path; empty for a command that opens no database.
  let path: String
  /// Whether the user named the file, by --db or $FAVS_DB.
  let isNamed: Bool
  /// Whether the command creates the file if it was named but does not exist.
  let makesFile: Bool
  /// Whether this is a dry run, which does not upgrade an older file either.
  let isRehearsal: Bool
  /// Counts the work on database files.
  let meter: StoreMeter

  /// Finds the path of the database. Rejects a path that ends like a folder before anything is
  /// created.
  static func place(_ asked: String?) throws(Failure) -> String {
    let path = try StandardPaths.database(asked)
    guard !Store.isCompanionName(path) else { throw Failure(companionName: path) }
    guard path != "-" else {
      throw Failure(
        .usage, "a database is not read from standard input, nor written to standard output",
        hint: "name a file; ./- is one called so")
    }
    guard ["/", "/.", "/.."].contains(where: path.hasSuffix) else { return path }
    throw Failure(.usage, "'\(path)' is a folder", hint: "name a file")
  }

  /// Whether the user named the file, by an option or a variable.
  static func isNamed(_ asked: String?) -> Bool {
    asked != nil || Environment.value("FAVS_DB") != nil
  }

  /// The database opened for reading; an empty one if the default file does not exist yet.
  func reading() throws(Failure) -> Store {
    do {
      return try Store.reading(path, upgrades: !isRehearsal, mustBeOurs: !isNamed, meter: meter)
    } catch .host(let error) where error.isNotFound {
      try refuseAbsence()
      return try inMemory()
    } catch {
      throw Failure(error, path: path)
    }
  }

  /// The database opened for writing. A dry run creates no file: if there is none, it works in
  /// memory.
  /// - Parameter makesFile: false to return nil if there is no file.
  func writing(_ options: WriteOptions, makesFile: Bool) throws(Failure) -> Store? {
    do throws(StoreError) {
      return try Store.writing(
        path, isQueueing: true, makesFile: false,
        upgrades: !isRehearsal, mustBeOurs: !isNamed, meter: meter)
    } catch .host(let error) where error.isNotFound {
      try refuseAbsence()
      guard !options.isRehearsal else { return try inMemory() }
      return makesFile ? try made() : nil
    } catch {
      throw Failure(error, path: path)
    }
  }

  /// The database opened for writing, created if it does not exist.
  func made() throws(Failure) -> Store {
    try Failure.of(
      path, Store.writing(path, isQueueing: true, mustBeOurs: !isNamed, meter: meter))
  }

  /// An empty in-memory store, in place of a missing file.
  func inMemory() throws(Failure) -> Store {
    try Failure.of(path, Store.inMemory(named: path, meter: meter))
  }

  /// The check results for a file of an older version, without upgrading it; nil if the file is
  /// current.
  func inspectionOfOlder() throws(Failure) -> Inspection? {
    try Failure.of(path, Store.inspection(ofOlder: path, mustBeOurs: !isNamed, meter: meter))
  }

  /// Makes a backup before a large change; does nothing if there is no file yet.
  func backUp(_ reason: Backup.Reason) throws(Failure) {
    do throws(StoreError) {
      _ = try Store.backUp(path, reason, mustBeOurs: !isNamed, meter: meter)
    } catch .host(let error) where error.isNotFound {
      return
    } catch {
      throw Failure(error, path: path)
    }
  }
}
