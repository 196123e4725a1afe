internal import Favourites

/// Reads Firefox's `places.sqlite`.
///
/// Source: Firefox, `toolkit/components/places/nsPlacesTables.h` and `Bookmarks.sys.mjs`. A tag is
/// a folder under the root of tags; a row in it with the same place says that the place has it.
struct PlacesReader {
  /// A row of `moz_bookmarks` without its texts, which are looked up later.
  private struct Row {
    let id: Int64
    let parent: Int64
    let position: Int64
    let page: Int64
    let isFolder: Bool
  }

  private struct Named {
    let title: String
    let guid: String
  }

  /// The most rows to read, and the deepest nesting of folders.
  private static let mostRows = 10_000_000
  private static let deepest = 1_000

  private var rows: [Row] = []
  /// The range of each folder's rows; `rows` is sorted by folder and position.
  private var ranges: [Int64: Range<Int>] = [:]
  private var folders: [Int64: Named] = [:]
  /// The tags of each place.
  private var tags: [Int64: [String]] = [:]
  private var isTold: [Bool] = []

  /// Reads all bookmarks in a database.
  static func read(
    _ database: borrowing ForeignDatabase, _ sink: ItemSink
  ) throws(ExchangeError) {
    var reader = PlacesReader()
    try reader.readRows(database)
    try reader.readFolders(database)
    reader.takeTags()
    let source = try PlacesSource(database)
    try reader.tell(source, sink)
  }

  private mutating func readRows(_ database: borrowing ForeignDatabase) throws(ExchangeError) {
    let find = try database.query(
      "SELECT rowid, parent, position, fk, type FROM moz_bookmarks WHERE type IN (1, 2)",
      of: "moz_bookmarks")
    while try find.next() {
      guard rows.count < Self.mostRows else { throw .tooLarge("more than \(Self.mostRows) rows") }
      guard let id = find.integer(0) else { continue }
      rows.append(
        Row(
          id: id, parent: find.integer(1) ?? 0, position: find.integer(2) ?? 0,
          page: find.integer(3) ?? 0, isFolder: find.integer(4) == 2))
    }
    rows.sort { ($0.parent, $0.position, $0.id) < ($1.parent, $1.position, $1.id) }
    var start = 0
    for index in 1...max(rows.count, 1) where !rows.isEmpty {
      guard index == rows.count || rows[index].parent != rows[start].parent else { continue }
      ranges[rows[start].parent] = start..<index
      start = index
    }
    isTold = Array(repeating: false, count: rows.count)
  }

  private mutating func readFolders(_ database: borrowing ForeignDatabase) throws(ExchangeError) {
    let find = try database.query(
      "SELECT rowid, title, guid FROM moz_bookmarks WHERE type = 2", of: "moz_bookmarks")
    while try find.next() {
      guard let id = find.integer(0) else { continue }
      folders[id] = Named(title: find.text(1) ?? "", guid: find.text(2) ?? "")
    }
  }

  /// Collects tags from the rows below the root of tags.
  private mutating func takeTags() {
    for root in rows.indices where folders[rows[root].id]?.guid == "tags________" {
      isTold[root] = true
      for index in ranges[rows[root].id] ?? 0..<0 {
        isTold[index] = true
        guard rows[index].isFolder, let tag = folders[rows[index].id]?.title else { continue }
        for member in ranges[rows[index].id] ?? 0..<0 {
          isTold[member] = true
          tags[rows[member].page, default: []].append(tag)
        }
      }
    }
    for page in tags.keys { tags[page]?.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
  }

  /// Visits the rows below the root, and then those without a path to it: with a missing folder, or
  /// in a cycle.
  private mutating func tell(
    _ source: borrowing PlacesSource, _ sink: ItemSink
  ) throws(ExchangeError) {
    for index in rows.indices where folders[rows[index].id]?.guid == "root________" {
      isTold[index] = true
      try tell(folder: rows[index].id, source, sink)
    }
    for index in rows.indices where !isTold[index] {
      isTold[index] = true
      let row = rows[index]
      guard !row.isFolder else { continue }
      try tell(row, in: [], source, sink)
    }
  }

  /// A folder that is being visited.
  private struct Level {
    let branch: TreeBranch
    let id: Int64
    var left: Range<Int>
    /// Whether anything in it was imported.
    var isTaken = false
  }

  private mutating func tell(
    folder root: Int64, _ source: borrowing PlacesSource, _ sink: ItemSink
  ) throws(ExchangeError) {
    var levels = [Level(branch: TreeBranch(), id: root, left: ranges[root] ?? 0..<0)]
    while var level = levels.popLast() {
      guard let index = level.left.popFirst() else {
        if !level.isTaken, level.branch.level > 1 {
          try sink(.folder(Folder(level.branch.folders)), Location(row: Int(clamping: level.id)))
          level.isTaken = true
        }
        if level.isTaken, !levels.isEmpty { levels[levels.count - 1].isTaken = true }
        continue
      }
      let row = rows[index]
      if isTold[index] {
        levels.append(level)
        continue
      }
      isTold[index] = true
      if row.isFolder {
        levels.append(level)
        guard levels.count < Self.deepest else {
          throw .malformed(
            Location(row: Int(clamping: row.id)), "folders deeper than \(Self.deepest) levels")
        }
        let branch = branch(of: row.id, in: level.branch)
        if let note = try source.note(ofFolder: row.id), branch.level > 1 {
          try sink(
            .folder(Folder(branch.folders, note: note)), Location(row: Int(clamping: row.id)))
          levels[levels.count - 1].isTaken = true
        }
        levels.append(Level(branch: branch, id: row.id, left: ranges[row.id] ?? 0..<0))
      } else {
        if try tell(row, in: level.branch.folders, source, sink) { level.isTaken = true }
        levels.append(level)
      }
    }
  }

  private func branch(of id: Int64, in branch: TreeBranch) -> TreeBranch {
    let name = folders[id]
    return switch name?.guid {
    case "menu________", "unfiled_____": branch.root()
    case "toolbar_____": TreeBranch(folders: ["toolbar"], level: 1)
    case "mobile______": TreeBranch(folders: ["mobile"], level: 1)
    default: branch.folder(name?.title ?? "")
    }
  }

  @discardableResult
  private func tell(
    _ row: Row, in folders: [String], _ source: borrowing PlacesSource, _ sink: ItemSink
  ) throws(ExchangeError) -> Bool {
    let location = Location(row: Int(clamping: row.id))
    guard var bookmark = try source.bookmark(row.id) else {
      try sink(.unreadable("a bookmark without a URL"), location)
      return true
    }
    if bookmark.url?.hasPrefix("place:") ?? false {
      try sink(.leftOut("queries of the browser"), location)
      return false
    }
    bookmark.folders = folders
    bookmark.tags = tags[row.page] ?? []
    try sink(.bookmark(bookmark), location)
    return true
  }
}
