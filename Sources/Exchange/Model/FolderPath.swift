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

  /// Names of folders, the longest of them cut until the category that they become is none too long; nil where
  /// nothing has to be cut, or they stand so deep in each other that a few letters of each are too much.
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
      // A character may have more bytes than that.
      let name = kept.isEmpty ? "_" : kept
      // Changed in place, the compiler gives one of two programs by chance: no two builds would be the same.
      names = names[..<index] + [name] + names[(index + 1)...]
      excess -= size - name.utf8.count
    }
    return names
  }

  /// The folder itself.
  func folder(note: String? = nil) -> Folder {
    var folder = Folder(names, note: note)
    folder.isOwn = isOwn
    return folder
  }
}

extension String {
  /// As many whole characters of the beginning as so many bytes hold, trimmed.
  func characters(ofBytes limit: Int) -> String {
    var size = 0
    let kept = prefix { character in
      size += String(character).utf8.count
      return size <= limit
    }
    return String(kept).trimmed
  }
}
