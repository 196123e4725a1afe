internal import Favourites

/// One node of a tree of bookmarks in JSON, filled member by member.
protocol TreeNode: Sendable {
  init()
  /// Takes the value of a member that is not `children`, or skips it.
  mutating func read(_ key: String, from reader: inout JSONReader) throws(JSONError)
  /// Where that goes which stands in this folder, itself standing in a branch.
  func branch(in branch: TreeBranch) -> TreeBranch
}

/// Where a part of a tree goes.
struct TreeBranch: Equatable {
  /// The names of the folders, from the outermost.
  var folders: [String] = []
  /// Whether it stands under a root for which favs has another use.
  var isApart = false
  /// 0 where the roots stand, 1 within a root, and so on.
  var level = 0

  /// What stands in a root, which is no folder of a person's.
  func root() -> TreeBranch { TreeBranch(folders: folders, isApart: isApart, level: 1) }

  /// What stands in a folder of this branch.
  func folder(_ name: String) -> TreeBranch {
    TreeBranch(folders: folders + [name], isApart: isApart, level: max(level, 1) + 1)
  }
}

/// What is met in a tree.
enum TreeEvent<Node> {
  case bookmark(Node)
  /// A folder that is come to, before what stands in it.
  case folder(Node)
  /// A folder that is left, in which nothing was taken.
  case emptyFolder(Node)
}

/// Reads trees whose nodes hold others under `children`.
///
/// The name of a folder may stand behind all that it holds, as in Chromium, which sorts its keys. So a tree is
/// gone through twice: first to learn of the folders, which checks all of the text too, and then to tell.
/// Only the folders are held.
struct JSONTree<Node: TreeNode> {
  /// How many objects and arrays may stand in each other: two for each folder.
  static var deepest: Int { 1_000 }
  /// The most folders that are held.
  private static var mostFolders: Int { 200_000 }

  /// The folders, in the order in which their children begin.
  private(set) var folders: [Node] = []
  private var next = 0

  /// Learns of the folders of the tree that comes next; what is no object is passed over.
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

  /// Goes to the first folder again.
  mutating func rewind() { next = 0 }

  /// Tells what is in the tree that comes next, for the second time.
  /// - Parameter take: takes what is met, and says whether anything is made of it.
  /// - Returns: whether anything was made of any of it.
  @discardableResult
  mutating func tell(
    _ reader: inout JSONReader, in branch: TreeBranch,
    _ take: (TreeEvent<Node>, TreeBranch, Place) throws(ExchangeError) -> Bool
  ) throws(ExchangeError) -> Bool {
    let (node, place, isFolder, isTaken): (Node, Place, Bool, Bool)
    do throws(JSONError) {
      guard try reader.peekKind() == .object else {
        try reader.skipValue()
        return false
      }
      let start = reader.place()
      place = Place(line: start.line, column: start.column)
      try reader.beginObject()
    } catch {
      throw ExchangeError(error)
    }
    (node, isFolder, isTaken) = try tellMembers(&reader, in: branch, at: place, take)
    guard !isFolder else { return isTaken }
    return try take(.bookmark(node), branch, place)
  }

  private mutating func tellMembers(
    _ reader: inout JSONReader, in branch: TreeBranch, at place: Place,
    _ take: (TreeEvent<Node>, TreeBranch, Place) throws(ExchangeError) -> Bool
  ) throws(ExchangeError) -> (Node, isFolder: Bool, isTaken: Bool) {
    var node = Node()
    var isFolder = false
    var isTaken = false
    while try readingJSON({ () throws(JSONError) in try Self.fill(&node, from: &reader) }) {
      isFolder = true
      let folder = folders[next]
      next += 1
      let inner = folder.branch(in: branch)
      if try take(.folder(folder), inner, place) { isTaken = true }
      try readingJSON { () throws(JSONError) in try reader.beginArray() }
      while try readingJSON({ () throws(JSONError) in try reader.nextElement() }) {
        if try tell(&reader, in: inner, take) { isTaken = true }
      }
      if !isTaken, try take(.emptyFolder(folder), inner, place) { isTaken = true }
    }
    return (node, isFolder, isTaken)
  }

  /// Reads members up to the next list of children, or to the end of the object, where it gives false.
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
