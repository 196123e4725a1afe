internal import Host

/// A private copy of a database of favs that stands somewhere else: of another machine, a conflicted copy, a backup.
///
/// It is opened as any file of favs is, which compares its layout letter by letter; what that leaves beside it goes
/// with it.
package struct FavsDatabaseCopy: ~Copyable {
  private let folder: PrivateFolder

  /// The copy's path.
  package var path: String { folder.path + "/" + ForeignCopies.name }

  /// Copies the database at `path`, which may be in use.
  package init(of path: String) throws(ExchangeError) {
    let folder: PrivateFolder
    do {
      folder = try PrivateFolder(for: ForeignCopies.use)
    } catch {
      throw .host(error)
    }
    try DatabaseCopy.make(of: path, at: folder.path + "/" + ForeignCopies.name)
    self.folder = folder
  }
}

extension Sniff {
  /// Whether it is a database of favs: what its header calls the program is "FAVS".
  ///
  /// Source: https://www.sqlite.org/fileformat.html, 1.3.14.
  package var isFavsDatabase: Bool {
    bytes.starts(with: DatabaseCopy.magic) && bytes.count > 72
      && bytes[68..<72].elementsEqual("FAVS".utf8)
  }
}
