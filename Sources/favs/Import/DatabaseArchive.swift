internal import Exchange
internal import Favourites
internal import Host

/// Converts another favs database to an archive, so that it can be imported as one.
enum DatabaseArchive {
  private static let pieceSize = 1 << 18

  /// The contents of the database at a path, as `export --full` writes them, in an unnamed file.
  ///
  /// Reads a copy, which is upgraded if it is from an older favs: the file itself is not changed.
  static func make(of path: String) throws(Failure) -> ForeignFile {
    let copy: FavsDatabaseCopy
    do {
      copy = try FavsDatabaseCopy(of: path)
    } catch {
      throw Failure(error, in: path)
    }
    let file = try written(copy.path, named: path)
    do {
      return try ForeignFile(file, path: nil)
    } catch {
      throw Failure(error, in: path)
    }
  }

  private static func written(_ copy: String, named path: String) throws(Failure) -> File {
    do throws(StoreError) {
      let store = try Store.reading(copy)
      var rows = store.archive()
      let file = try nameless()
      var bytes: [UInt8] = []
      while let line = try rows.next(in: store) {
        bytes += line
        if bytes.count >= pieceSize { try write(&bytes, to: file) }
      }
      try write(&bytes, to: file)
      do throws(HostError) {
        try file.rewind()
      } catch {
        throw StoreError.host(error)
      }
      return file
    } catch .unusable(_, let reason) {
      throw Failure(StoreError.unusable(path: path, reason), path: path)
    } catch {
      throw Failure(error, path: path)
    }
  }

  private static func nameless() throws(StoreError) -> File {
    do {
      return try File.nameless(in: Environment.temporaryFolder)
    } catch {
      throw .host(error)
    }
  }

  private static func write(_ bytes: inout [UInt8], to file: borrowing File) throws(StoreError) {
    do {
      try file.writeAll(bytes)
    } catch {
      throw .host(error)
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
