internal import Exchange
internal import Favourites
internal import Host

/// Makes an archive of another database of favs, so that it is taken over as one is.
enum DatabaseArchive {
  private static let pieceSize = 1 << 18

  /// All that is in the database at a path, as `export --full` writes it, in a file that has no name.
  ///
  /// A copy is read, which is brought up to date where it is of an older favs: the file itself stays as it is.
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
