internal import Favourites

/// A node in a JSON tree of bookmarks, filled member by member.
protocol TreeNode: Sendable {
  init()
  /// Reads the value of a member other than `children`, or skips it.
  mutating func read(_ key: String, from reader: inout JSONReader) throws(JSONError)
  /// The branch of this folder's contents, given the branch that contains the folder.
  func branch(in branch: TreeBranch) -> TreeBranch
}

/// The destination of a part of a tree.
struct TreeBranch: Equatable {
  /// The names of the folders, the outermost first.
  var folders: [String] = []
  /// Whether it is below a root that favs uses differently.
  var isApart = false
  /// 0 for the roots themselves, 1 for their contents, and so on.
  var level = 0

  /// The branch of a root's contents; the root is not a folder of the user.
  func root() -> TreeBranch { TreeBranch(folders: folders, isApart: isApart, level: 1) }

  /// The branch of a folder's contents.
  func folder(_ name: String) -> TreeBranch {
    TreeBranch(folders: folders + [name], isApart: isApart, level: max(level, 1) + 1)
  }
}

/// A node encountered in a tree.
enum TreeEvent<Node> {
  case bookmark(Node)
  /// The start of a folder, before its contents.
  case folder(Node)
  /// The end of a folder in which nothing was imported.
  case emptyFolder(Node)
}

/// Reads trees whose nodes contain others under `children`.
///
/// The name of a folder may come after its contents, as in Chromium, which sorts its keys. So a
/// tree is read twice: first to learn the folders, which also validates the text, and then to pass
/// on its nodes. Only folders are kept in memory.
struct JSONTree<Node: TreeNode> {
  /// The deepest nesting of objects and arrays: two levels for each folder.
  static var deepest: Int { 1_000 }
  /// The most folders to store.
  private static var mostFolders: Int { 200_000 }

  /// The folders, in the order in which their children begin.
  private(set) var folders: [Node] = []
  private var next = 0

  /// Learns the folders of the next tree; skips any value that is not an object.
  mutating func survey(_ reader: inout JSONReader) throws(JSONError) {
    guard try reader.peekKind() == .object else { return try reader.skipValue() }
    var node = Node()
    var own: [Int] = []
    try reader.beginObject()
    while try Self.fill(&node, from: &reader) {
      guard folders.count < Self.mostFolders else {
        throw reader.error("more than \(Self.mostFolders) folders")
      }
      own.append(folders.count)
      folders.append(node)
      try reader.beginArray()
      while try reader.nextElement() { try survey(&reader) }
    }
    for index in own { folders[index] = node }
  }

  /// Returns to the first folder.
  mutating func rewind() { next = 0 }

  /// Passes on the nodes of the next tree, in the second pass.
  /// - Parameter take: receives a node, and returns whether it was imported.
  /// - Returns: whether anything was imported.
  @discardableResult
  mutating func tell(
    _ reader: inout JSONReader, in branch: TreeBranch,
    _ take: (TreeEvent<Node>, TreeBranch, Location) throws(ExchangeError) -> Bool
  ) throws(ExchangeError) -> Bool {
    let (node, location, isFolder, isTaken): (Node, Location, Bool, Bool)
    do throws(JSONError) {
      guard try reader.peekKind() == .object else {
        try reader.skipValue()
        return false
      }
      let start = reader.location()
      location = Location(line: start.line, column: start.column)
      try reader.beginObject()
    } catch {
      throw ExchangeError(error)
    }
    (node, isFolder, isTaken) = try tellMembers(&reader, in: branch, at: location, take)
    guard !isFolder else { return isTaken }
    return try take(.bookmark(node), branch, location)
  }

  private mutating func tellMembers(
    _ reader: inout JSONReader, in branch: TreeBranch, at location: Location,
    _ take: (TreeEvent<Node>, TreeBranch, Location) throws(ExchangeError) -> Bool
  ) throws(ExchangeError) -> (Node, isFolder: Bool, isTaken: Bool) {
    var node = Node()
    var isFolder = false
    var isTaken = false
    while try readingJSON({ () throws(JSONError) in try Self.fill(&node, from: &reader) }) {
      isFolder = true
      let folder = folders[next]
      next += 1
      let inner = folder.branch(in: branch)
      if try take(.folder(folder), inner, location) { isTaken = true }
      try readingJSON { () throws(JSONError) in try reader.beginArray() }
      while try readingJSON({ () throws(JSONError) in try reader.nextElement() }) {
        if try tell(&reader, in: inner, take) { isTaken = true }
      }
      if !isTaken, try take(.emptyFolder(folder), inner, location) { isTaken = true }
    }
    return (node, isFolder, isTaken)
  }

  /// Reads members up to the next list of children; false at the end of the object.
  private static func fill(
    _ node: inout Node, from reader: inout JSONReader
  ) throws(JSONError) -> Bool {
    while let key = try reader.nextKey() {
      if key == "children", try reader.peekKind() == .array { return true }
      try node.read(key, from: &reader)
    }
    return false
  }
}
