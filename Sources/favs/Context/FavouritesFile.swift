internal import Favourites
internal import Host

/// The file of favourites that a command is about, and how it is opened.
struct FavouritesFile {
  /// Where it is; empty for a command that opens none.
  let path: String
  /// True where a person named the file, by --db or $FAVS_DB.
  let isNamed: Bool
  /// True where the command makes the file if one that was named is not there.
  let makesFile: Bool
  /// True where nothing at all is to be changed, so that an older file is not upgraded either.
  let isRehearsal: Bool
  /// Counts what is done with files of favourites.
  let meter: StoreMeter

  /// Finds the place of the file. What ends like a folder is refused before anything is made for it.
  static func place(_ asked: String?) throws(Failure) -> String {
    let path = try Places.database(asked)
    guard !Store.isCompanionName(path) else { throw Failure(companionName: path) }
    guard ["/", "/.", "/.."].contains(where: path.hasSuffix) else { return path }
    throw Failure(.usage, "'\(path)' is a folder", hint: "name a file")
  }

  /// Whether a person names the file: by what he typed, or by a variable.
  static func isNamed(_ asked: String?) -> Bool {
    asked != nil || Environment.value("FAVS_DB") != nil
  }

  /// The file for reading; an empty one where there is none yet, and none was named.
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

  /// The file for writing. A rehearsal makes none: where there is no file it plays in memory.
  /// - Parameter makesFile: false to get nothing where there is no file.
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

  /// The file for writing, made where there is none.
  func made() throws(Failure) -> Store {
    try Failure.of(
      path, Store.writing(path, isQueueing: true, mustBeOurs: !isNamed, meter: meter))
  }

  /// An empty store in the place of a file that is not there.
  func inMemory() throws(Failure) -> Store {
    try Failure.of(path, Store.inMemory(named: path, meter: meter))
  }

  /// What can be told of an older file without bringing it up to date; nil where there is nothing older.
  func inspectionOfOlder() throws(Failure) -> Inspection? {
    try Failure.of(path, Store.inspection(ofOlder: path, mustBeOurs: !isNamed, meter: meter))
  }

  /// Makes a backup before something that touches very much; none of a file that is not there yet.
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
