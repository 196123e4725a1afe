internal import Favourites

extension Format {
  /// Bookmarks in HTML, the format that browsers and services have exchanged since Netscape.
  ///
  /// Sources: Firefox, `toolkit/components/places/BookmarkHTMLUtils.sys.mjs`; Chromium,
  /// `chrome/utility/importer/bookmark_html_reader.cc`; what Delicious, Pinboard, Shaarli, Scuttle
  /// and linkding write.
  static let html = Format(
    name: "html", summary: "bookmarks as HTML, from any browser or service",
    isRecognised: { sniff in
      guard sniff.text.first == UInt8(ascii: "<"), !sniff.begins(with: "<?xml") else {
        return false
      }
      return sniff.contains("netscape-bookmark") || sniff.contains("<dt")
        || (sniff.contains("<dl") && sniff.contains("<h1"))
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var scanner = MarkupScanner(ignoring: ["icon", "icon_uri"])
      var reader = NetscapeReader()
      while let token = try scanner.next(&input) {
        try reader.take(token, scanner.location, sink)
      }
      try reader.end(&input, sink)
    })
}

/// Collects bookmarks and folders from HTML tags, few of which are ever closed.
///
/// "A heading is a folder's title, and the list that follows is what is in it. […] A DD after an A
/// or a heading is its description" (Firefox, in the words of its comment).
struct NetscapeReader {
  /// The element that text belongs to.
  private enum Target {
    case nothing, title, heading, note
  }

  /// An open list.
  private struct List {
    let tag: String
    let path: FolderPath
    /// Whether it is a folder of the user, not a root.
    let isFolder: Bool
    /// Whether anything in it was imported.
    var isTaken = false
  }

  /// A heading that waits for its list.
  private struct Heading {
    let tag: MarkupTag
    let location: Location
    var name = MarkupText(keepsLines: false)
    var note: MarkupText?
  }

  /// A link that may still get a description.
  private struct Link {
    let tag: MarkupTag
    let location: Location
    var title = MarkupText(keepsLines: false)
    var note: MarkupText?
  }

  /// The deepest nesting of lists.
  static let deepest = 1_000
  private static let headings: Set<String> = ["h2", "h3", "h4", "h5", "h6"]

  private var lists: [List] = []
  /// The number of open lists of each kind, to detect an unmatched end tag without searching.
  private var open: [String: Int] = [:]
  private var heading: Heading?
  private var link: Link?
  private var target = Target.nothing
  /// Whether the file has a list or a link, as every file of bookmarks does.
  private var isAny = false
  /// Whether tags are separated by spaces, as in old files of Shaarli.
  private var partsTagsBySpace = false

  /// Processes a token.
  mutating func take(
    _ token: MarkupToken, _ location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    switch token {
    case .start(let tag):
      guard try !begin(tag, location, sink) else { return }
    case .end(let name):
      guard try !end(name, location, sink) else { return }
    case .text: break
    case .comment(let text):
      if text.utf8.count < 200, text.lowercased().contains(ascii: "shaarli") {
        partsTagsBySpace = true
      }
      return
    }
    try add(token, location)
  }

  /// Passes on the last item. As in a browser, the end of the file closes all open elements.
  mutating func end(_ input: inout ForeignFile, _ sink: ItemSink) throws(ExchangeError) {
    let location = input.location
    guard isAny || heading != nil else { throw .malformed(location, "neither a list nor a link") }
    if target == .title || target == .heading {
      input.note("the file ends inside a title", at: location, isLoss: true)
    }
    try finishLink(sink)
    try finishHeading(sink)
    guard let outermost = lists.first else { return }
    let missing = lists.filter { $0.tag == "dl" }.count
    if missing > 0 {
      input.note(
        "the file ends inside a folder: "
          + (missing == 1 ? "a </DL> is missing" : "\(missing) </DL> are missing"),
        at: location, isLoss: false)
    }
    while !lists.isEmpty { try closeList(lists.last?.tag ?? outermost.tag, location, sink) }
  }

  /// Handles a start tag; false if it is part of a text.
  private mutating func begin(
    _ tag: MarkupTag, _ location: Location, _ sink: ItemSink
  ) throws(ExchangeError) -> Bool {
    switch tag.name {
    case "dt", "hr":
      try finishLink(sink)
      target = .nothing
    case "dd": beginNote()
    case "a":
      // A description may contain links; one with a date is a bookmark, even without a separator.
      guard target != .note || tag["add_date"] != nil else { return false }
      try finishLink(sink)
      try finishHeading(sink)
      isAny = true
      link = Link(tag: tag, location: location)
      target = .title
    case _ where Self.headings.contains(tag.name):
      guard target != .note || !tag.attributes.isEmpty else { return false }
      try finishLink(sink)
      try finishHeading(sink)
      heading = Heading(tag: tag, location: location)
      target = .heading
    case "h1":
      guard target != .note else { return false }
      target = .nothing
    case "dl", "ul", "menu":
      guard tag.name == "dl" || target != .note || heading != nil else { return false }
      try finishLink(sink)
      try openList(tag.name, location, sink)
      target = .nothing
    default: return false
    }
    return true
  }

  /// Handles an end tag; false if it is part of a text.
  private mutating func end(
    _ name: String, _ location: Location, _ sink: ItemSink
  ) throws(ExchangeError) -> Bool {
    switch name {
    case "a":
      guard target == .title else { return target != .note }
      target = .nothing
    case _ where Self.headings.contains(name):
      guard target == .heading else { return target != .note }
      target = .nothing
    case "dd", "dt": target = .nothing
    case "dl", "ul", "menu":
      guard name == "dl" || lists.last?.tag == name else { return false }
      try finishLink(sink)
      try finishHeading(sink)
      target = .nothing
      try closeList(name, location, sink)
    default: return false
    }
    return true
  }

  private mutating func beginNote() {
    if link != nil {
      if link?.note == nil { link?.note = MarkupText(keepsLines: true) }
      target = .note
    } else if heading != nil {
      if heading?.note == nil { heading?.note = MarkupText(keepsLines: true) }
      target = .note
    } else {
      target = .nothing
    }
  }

  private mutating func add(_ token: MarkupToken, _ location: Location) throws(ExchangeError) {
    let isTaken =
      switch target {
      case .nothing: true
      case .title: link?.title.take(token) ?? true
      case .heading: heading?.name.take(token) ?? true
      case .note: (link == nil ? heading?.note?.take(token) : link?.note?.take(token)) ?? true
      }
    guard isTaken else {
      throw .malformed(location, "a text of more than \(ForeignFile.longestLine) bytes")
    }
  }

  // MARK: Folders

  private mutating func openList(
    _ name: String, _ location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    isAny = true
    guard lists.count < Self.deepest else {
      throw .malformed(location, "folders nested deeper than \(Self.deepest)")
    }
    open[name, default: 0] += 1
    let path = lists.last?.path ?? FolderPath()
    guard let heading = heading.take() else {
      return lists.append(List(tag: name, path: path, isFolder: false))
    }
    if let root = Self.root(heading.tag) {
      return lists.append(List(tag: name, path: root, isFolder: false))
    }
    let folder = Self.folder(heading, in: path)
    lists.append(List(tag: name, path: folder.path, isFolder: true))
    if let note = folder.note {
      try sink(.folder(folder.path.folder(note: note)), heading.location)
      lists[lists.count - 1].isTaken = true
    }
  }

  private mutating func closeList(
    _ name: String, _ location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    guard open[name, default: 0] > 0 else { return }
    while let list = lists.popLast() {
      open[list.tag, default: 0] -= 1
      if list.isFolder, !list.isTaken { try sink(.folder(list.path.folder()), location) }
      if list.isFolder || list.isTaken { noteTaken() }
      if list.tag == name { return }
    }
  }

  /// Passes on a heading without a list: an empty folder.
  private mutating func finishHeading(_ sink: ItemSink) throws(ExchangeError) {
    guard let heading = heading.take(), Self.root(heading.tag) == nil else { return }
    let folder = Self.folder(heading, in: lists.last?.path ?? FolderPath())
    try sink(.folder(folder.path.folder(note: folder.note)), heading.location)
    noteTaken()
  }

  private mutating func noteTaken() {
    if !lists.isEmpty { lists[lists.count - 1].isTaken = true }
  }

  private static func folder(
    _ heading: Heading, in path: FolderPath
  ) -> (path: FolderPath, note: String?) {
    let name = heading.name.line
    let note = heading.note.flatMap { $0.lines.isEmpty ? nil : $0.lines }
    let folder = Remainder.folder(heading.tag["data-favs"], name: name, note: note, .html)
    return (path.adding(name, own: folder.own), folder.note)
  }

  /// The destination of a browser's default folders, whose names are localised.
  private static func root(_ tag: MarkupTag) -> FolderPath? {
    func isSo(_ name: String) -> Bool { tag[name].map { $0.lowercased() != "false" } ?? false }
    if isSo("personal_toolbar_folder") { return FolderPath(["toolbar"]) }
    if isSo("mobile_bookmarks_folder") || isSo("mobile_folder") { return FolderPath(["mobile"]) }
    let isRoot =
      isSo("unfiled_bookmarks_folder") || isSo("bookmarks_menu") || isSo("bookmarks_menu_folder")
      || isSo("places_root")
    return isRoot ? FolderPath() : nil
  }

  // MARK: Bookmarks

  private mutating func finishLink(_ sink: ItemSink) throws(ExchangeError) {
    guard let link = link.take() else { return }
    let path = lists.last?.path ?? FolderPath()
    let item = NetscapeLink(
      tag: link.tag, title: link.title.line, note: link.note?.lines,
      partsTagsBySpace: partsTagsBySpace
    ).item(in: path)
    try sink(item, link.location)
    if case .leftOut = item { return }
    noteTaken()
  }
}
