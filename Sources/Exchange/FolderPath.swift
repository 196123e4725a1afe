internal import Favourites

/// The folders that something stands in, as they are gathered on the way down.
struct FolderPath: Equatable {
  /// From the outermost.
  private(set) var names: [String] = []
  /// Whether the names are components of favs' own categories, to be taken as they are.
  private(set) var isOwn = false

  init(_ names: [String] = []) {
    self.names = names
  }

  /// A folder in this one.
  /// - Parameter own: what its name is exactly, where favs itself wrote that.
  func adding(_ name: String, own: String? = nil) -> FolderPath {
    var path = self
    if own != nil, !isOwn {
      path.names = names.map(Bookmark.component)
      path.isOwn = true
    }
    path.names.append(own ?? (path.isOwn ? Bookmark.component(name) : name))
    return path
  }

  /// The folder itself.
  func folder(note: String? = nil) -> Folder {
    var folder = Folder(names, note: note)
    folder.isOwn = isOwn
    return folder
  }
}
