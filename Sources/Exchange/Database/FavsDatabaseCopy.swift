internal import Host

/// A private copy of another favs database: from another machine, a conflicted copy, or a backup.
///
/// It is opened like any favs database, with an exact check of its schema. Files created next to it
/// are removed with it.
package struct FavsDatabaseCopy: ~Copyable {
  private let folder: PrivateFolder

  /// The path of the copy.
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
  /// Whether it is a favs database: the application id in its header is "FAVS".
  ///
  /// Source: https://www.sqlite.org/fileformat.html, 1.3.14.
  package var isFavsDatabase: Bool {
    bytes.starts(with: DatabaseCopy.magic) && bytes.count > 72
      && bytes[68..<72].elementsEqual("FAVS".utf8)
  }
}
