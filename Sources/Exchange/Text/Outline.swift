internal import Favourites

/// Collects folders, items, and the lines that describe them, from a text with headings and lists.
///
/// An item without a link is a favourite or, if other items are nested in it, a folder.
struct Outline {
  /// A list item, or anything else with lines of its own.
  struct Item {
    /// The indentation, in columns.
    var indentation: Int
    /// The column at which its text begins.
    var textColumn: Int
    var bookmark: Bookmark
    var hasLink: Bool
    var location: Location
  }

  /// The open headings, the outermost first.
  private var headings: [(level: Int, path: FolderPath)] = [] { didSet { findFolders() } }
  /// The items that became folders.
  private var lists: [(indentation: Int, name: String)] = [] { didSet { findFolders() } }
  /// The last item, which may still get more lines.
  private(set) var pending: Item?
  private var lines: [String] = []
  /// The number of blank lines, which count only if another line of the item follows.
  private var blanks = 0
  /// The last heading, for as long as it has no contents but text.
  private var bare: (path: FolderPath, location: Location)?
  /// The text below that heading.
  private var prose: [String] = []

  /// The deepest nesting of headings.
  static let deepest = 1_000

  init() {}

  /// The folders of the next item.
  ///
  /// Stored, since there are far more items than folders.
  private(set) var folders = FolderPath()

  private mutating func findFolders() {
    folders = lists.reduce(headings.last?.path ?? FolderPath()) { $0.adding($1.name) }
  }

  /// Whether the last line was blank.
  var isAfterBlank: Bool { blanks > 0 }

  /// Begins a folder; ends those at its level and below.
  ///
  /// - Parameter own: its exact name, if favs wrote it.
  mutating func heading(
    _ name: String, own: String? = nil, level: Int, at location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    try close(level: level, sink)
    guard headings.count < Self.deepest else {
      throw .malformed(location, "headings nested deeper than \(Self.deepest)")
    }
    let path = (headings.last?.path ?? FolderPath()).adding(name, own: own)
    headings.append((level, path))
    bare = (path, location)
    prose = []
  }

  /// Ends the folders at a level and below.
  mutating func close(level: Int, _ sink: ItemSink) throws(ExchangeError) {
    try endItem(sink)
    if !lists.isEmpty { lists = [] }
    while let last = headings.last, last.level >= level { headings.removeLast() }
    // The contents of a heading also create the folders above it.
    if let bare, bare.path != headings.last?.path { try sink(folder(bare.path), bare.location) }
    bare = nil
  }

  /// The folder of a heading without links or items: the text below it is its note.
  private func folder(_ path: FolderPath) -> ImportedItem {
    let note = prose.joined(separator: "\n").trimmed
    return .folder(path.folder(note: note.isEmpty ? nil : note))
  }

  /// Begins an item, and ends the one before.
  mutating func item(_ item: Item, _ sink: ItemSink) throws(ExchangeError) {
    if let above = pending, !above.hasLink, item.indentation > above.indentation {
      try makeFolder(of: above, sink)
    } else {
      try endItem(sink)
    }
    while let last = lists.last, last.indentation >= item.indentation { lists.removeLast() }
    bare = nil
    var item = item
    item.bookmark.folders = folders.names
    item.bookmark.hasOwnFolders = folders.isOwn
    pending = item
  }

  /// Adds a line to the last item; false if there is none.
  mutating func line(_ text: String) -> Bool {
    guard pending != nil else { return false }
    if blanks > 0 {
      lines += Array(repeating: "", count: blanks)
      blanks = 0
    }
    lines.append(text)
    return true
  }

  /// Adds a blank line.
  mutating func blank() { blanks += 1 }

  /// Passes on something that is not an item; the link in a heading is placed next to its folder,
  /// not in it.
  mutating func loose(
    _ bookmark: Bookmark, besideFolder: Bool = false, at location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    bare = nil
    var bookmark = bookmark
    bookmark.folders = besideFolder ? folders.names.dropLast() : folders.names
    bookmark.hasOwnFolders = folders.isOwn
    try sink(.bookmark(bookmark), location)
  }

  /// Ends the last item, since other text follows.
  mutating func text(_ text: String, _ sink: ItemSink) throws(ExchangeError) {
    let followsGap = blanks > 0
    try endItem(sink)
    if !lists.isEmpty { lists = [] }
    if followsGap, !prose.isEmpty { prose.append("") }
    describe(text)
  }

  /// Adds a line of text to the note of the last heading, if it has no other contents so far.
  mutating func describe(_ text: String) { if bare != nil { prose.append(text) } }

  /// Ends all items and folders.
  mutating func end(_ sink: ItemSink) throws(ExchangeError) {
    try endItem(sink)
    if let bare { try sink(folder(bare.path), bare.location) }
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
    try sink(.bookmark(bookmark), item.location)
  }

  private mutating func makeFolder(of item: Item, _ sink: ItemSink) throws(ExchangeError) {
    let note = ([item.bookmark.note].compactMap(\.self) + lines).joined(separator: "\n").trimmed
    pending = nil
    lines = []
    blanks = 0
    lists.append((item.indentation, item.bookmark.title ?? ""))
    if !note.isEmpty { try sink(.folder(folders.folder(note: note)), item.location) }
  }
}
