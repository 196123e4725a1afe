internal import Favourites

/// Puts together what a text in headings and lists tells of: folders, items, and lines that describe these.
///
/// An item without a link is a thing by itself, or a folder where other items stand below it.
struct Outline {
  /// A list item, or anything else with lines of its own.
  struct Item {
    /// How far it is indented, in columns.
    var indentation: Int
    /// Where its text begins, in columns.
    var textColumn: Int
    var bookmark: Bookmark
    var hasLink: Bool
    var place: Place
  }

  /// The headings that are open, from the outermost.
  private(set) var headings: [(level: Int, name: String)] = [] { didSet { findFolders() } }
  /// The items that became folders.
  private var lists: [(indentation: Int, name: String)] = [] { didSet { findFolders() } }
  /// The last item, to which lines may still come.
  private(set) var pending: Item?
  private var lines: [String] = []
  /// Blank lines that count only where another line of the item follows.
  private var blanks = 0
  /// The last heading, as long as nothing stands below it.
  private var bare: (path: [String], place: Place)?

  /// How many headings may stand in each other.
  static let deepest = 1_000

  init() {}

  /// The folders that something stands in which comes now.
  ///
  /// Held, since much more stands in folders than there are of them.
  private(set) var folders: [String] = []

  private mutating func findFolders() { folders = headings.map(\.name) + lists.map(\.name) }

  /// Whether a blank line came last.
  var isAfterBlank: Bool { blanks > 0 }

  /// Begins a folder; ends those of its level and below.
  mutating func heading(
    _ name: String, level: Int, at place: Place, _ sink: ItemSink
  ) throws(ExchangeError) {
    try close(level: level, sink)
    guard headings.count < Self.deepest else {
      throw .malformed(place, "headings nested deeper than \(Self.deepest)")
    }
    headings.append((level, name))
    bare = (headings.map(\.name), place)
  }

  /// Ends the folders of a level and below.
  mutating func close(level: Int, _ sink: ItemSink) throws(ExchangeError) {
    try endItem(sink)
    if !lists.isEmpty { lists = [] }
    while let last = headings.last, last.level >= level { headings.removeLast() }
    // What stands below a heading makes the folders above it too.
    if let bare, bare.path != headings.map(\.name) {
      try sink(.folder(Folder(bare.path)), bare.place)
    }
    bare = nil
  }

  /// Takes an item; the one before it ends.
  mutating func item(_ item: Item, _ sink: ItemSink) throws(ExchangeError) {
    if let above = pending, !above.hasLink, item.indentation > above.indentation {
      try makeFolder(of: above, sink)
    } else {
      try endItem(sink)
    }
    while let last = lists.last, last.indentation >= item.indentation { lists.removeLast() }
    bare = nil
    var item = item
    item.bookmark.folders = folders
    pending = item
  }

  /// Takes a line that describes the last item; false where there is none.
  mutating func line(_ text: String) -> Bool {
    guard pending != nil else { return false }
    if blanks > 0 {
      lines += Array(repeating: "", count: blanks)
      blanks = 0
    }
    lines.append(text)
    return true
  }

  /// Takes a blank line.
  mutating func blank() { blanks += 1 }

  /// Hands over something that is no item; what a heading links to stands beside its folder, not in it.
  func loose(
    _ bookmark: Bookmark, besideFolder: Bool = false, at place: Place, _ sink: ItemSink
  ) throws(ExchangeError) {
    var bookmark = bookmark
    bookmark.folders = besideFolder ? folders.dropLast() : folders
    try sink(.bookmark(bookmark), place)
  }

  /// Ends the last item, since other text follows.
  mutating func text(_ sink: ItemSink) throws(ExchangeError) {
    try endItem(sink)
    if !lists.isEmpty { lists = [] }
    bare = nil
  }

  /// Ends everything.
  mutating func end(_ sink: ItemSink) throws(ExchangeError) {
    try endItem(sink)
    if let bare { try sink(.folder(Folder(bare.path)), bare.place) }
    bare = nil
  }

  private mutating func endItem(_ sink: ItemSink) throws(ExchangeError) {
    defer {
      lines = []
      blanks = 0
    }
    guard let item = pending else { return }
    pending = nil
    var bookmark = item.bookmark
    let note = ([bookmark.note].compactMap(\.self) + lines).joined(separator: "\n")
    bookmark.note = note.isEmpty ? nil : note
    try sink(.bookmark(bookmark), item.place)
  }

  private mutating func makeFolder(of item: Item, _ sink: ItemSink) throws(ExchangeError) {
    let note = ([item.bookmark.note].compactMap(\.self) + lines).joined(separator: "\n").trimmed
    pending = nil
    lines = []
    blanks = 0
    lists.append((item.indentation, item.bookmark.title ?? ""))
    if !note.isEmpty { try sink(.folder(Folder(folders, note: note)), item.place) }
  }
}
