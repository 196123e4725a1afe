internal import Favourites

/// The path of folders to an item, extended on the way down.
struct FolderPath: Equatable {
  /// The names, the outermost first.
  private(set) var names: [String] = []
  /// Whether the names are components of favs' own categories, to be used unchanged.
  private(set) var isOwn = false

  init(_ names: [String] = []) {
    self.names = names
  }

  /// The path of a folder within this one.
  /// - Parameter own: the exact name, if favs wrote it.
  func adding(_ name: String, own: String? = nil) -> FolderPath {
    var path = self
    if own != nil, !isOwn {
      path.names = names.map(Bookmark.component)
      path.isOwn = true
    }
    path.names.append(own ?? (path.isOwn ? Bookmark.component(name) : name))
    return path
  }

  /// The names of folders, with the longest ones cut until their category is short enough; nil if
  /// nothing needs to be cut, or if they are nested so deeply that even a few letters of each are
  /// too much.
  static func shortened(_ folders: [String], into target: CategoryPath?) -> [String]? {
    let limit = Limits.categoryBytes - (target.map { $0.text.utf8.count + 1 } ?? 0)
    guard !folders.isEmpty, folders.count <= limit / 8 else { return nil }
    let shortest = min(24, limit / folders.count - 1)
    var names = folders.map(Bookmark.component)
    var excess = names.reduce(names.count - 1) { $0 + $1.utf8.count } - limit
    guard excess > 0 else { return nil }
    while excess > 0 {
      guard let index = names.indices.max(by: { names[$0].utf8.count < names[$1].utf8.count })
      else { return nil }
      let size = names[index].utf8.count
      guard size > shortest else { return nil }
      let kept = names[index].characters(ofBytes: max(size - excess, shortest))
      // A character may be longer than the limit.
      let name = kept.isEmpty ? "_" : kept
      // Not changed in place: the compiler then emits one of two programs at random, and builds are
      // not reproducible.
      names = names[..<index] + [name] + names[(index + 1)...]
      excess -= size - name.utf8.count
    }
    return names
  }

  /// The folder with this path.
  func folder(note: String? = nil) -> Folder {
    var folder = Folder(names, note: note)
    folder.isOwn = isOwn
    return folder
  }
}

extension String {
  /// The longest beginning, in whole characters, that fits into a number of bytes; trimmed.
  func characters(ofBytes limit: Int) -> String {
    var size = 0
    let kept = prefix { character in
      size += String(character).utf8.count
      return size <= limit
    }
    return String(kept).trimmed
  }
}
