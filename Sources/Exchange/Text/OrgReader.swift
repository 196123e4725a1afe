internal import Favourites

/// Reads Org line by line.
struct OrgReader {
  /// A headline with an item, and the text below it.
  private struct Entry {
    var bookmarks: [Bookmark]
    var properties: OrgProperties
    var lines: [String] = []
    var location: Location
  }

  private let lines: [TextLines.Line]
  private var outline = Outline()
  private var entry: Entry?
  /// The tags of open headlines, which their contents inherit.
  private var inherited: [(level: Int, tags: [String])] = [] {
    didSet { inheritedTags = inherited.flatMap(\.tags) }
  }
  private var inheritedTags: [String] = []
  /// The most tags on all headlines around an item.
  private static let mostInherited = 100
  private var next = 0
  private var isInBlock = false

  init(_ lines: [TextLines.Line]) {
    self.lines = lines
  }

  /// Passes on all items.
  mutating func read(_ sink: ItemSink) throws(ExchangeError) {
    while next < lines.count {
      let line = lines[next]
      next += 1
      if let headline = OrgHeadline(line.bytes) {
        try read(headline, at: line.location, sink)
      } else if entry != nil {
        entry?.lines.append(line.text)
      } else {
        try read(line, sink)
      }
    }
    try endEntry(sink)
    try outline.end(sink)
  }

  private mutating func read(
    _ headline: OrgHeadline, at location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    try endEntry(sink)
    isInBlock = false
    while let last = inherited.last, last.level >= headline.level { inherited.removeLast() }
    let properties = drawer()
    let isOwn = properties.own != nil
    let line = OrgLine(headline.text, isCertain: isOwn)
    guard isOwn || !line.links.isEmpty || properties["url"] != nil else {
      let name = String(decoding: headline.text, as: UTF8.self)
      let own = OrgNative.category(properties)
      if own == nil {
        guard inheritedTags.count + headline.tags.count <= Self.mostInherited else {
          throw .malformed(location, "headlines with more than \(Self.mostInherited) tags")
        }
        inherited.append((headline.level, headline.tags))
      }
      try outline.heading(name, own: own, level: headline.level, at: location, sink)
      return
    }
    try outline.close(level: headline.level, sink)
    var bookmarks = Self.bookmarks(of: line)
    for index in bookmarks.indices {
      bookmarks[index].folders = outline.folders.names
      bookmarks[index].hasOwnFolders = outline.folders.isOwn
      bookmarks[index].tags = headline.tags
      if !isOwn {
        bookmarks[index].tags = inheritedTags + headline.tags
        bookmarks[index].set("done", when: headline.isDone)
      }
    }
    entry = Entry(bookmarks: bookmarks, properties: properties, location: location)
  }

  /// The bookmarks in a line: text beside a single link is its title or its note.
  private static func bookmarks(of line: OrgLine) -> [Bookmark] {
    var bookmark = Bookmark()
    guard let link = line.links.first else {
      bookmark.title = line.before.trimmed
      return [bookmark]
    }
    guard line.links.count == 1 else {
      return line.links.map { link in
        bookmark.title = link.title
        bookmark.url = link.url
        return bookmark
      }
    }
    bookmark.url = link.url
    let before = Words.withoutDashes(line.before)
    bookmark.title = link.title ?? (before.isEmpty ? nil : before)
    let beside = [link.title == nil ? "" : before, Words.withoutDashes(line.after)]
    let note = beside.filter { !$0.isEmpty }.joined(separator: " ")
    bookmark.note = note.isEmpty ? nil : note
    return [bookmark]
  }

  /// Reads the planning lines and the properties below a headline.
  private mutating func drawer() -> OrgProperties {
    var start = next
    while start < lines.count, start < next + 2, Self.isPlanning(lines[start].bytes) { start += 1 }
    guard start < lines.count, OrgProperties.isMark(lines[start].bytes, ":PROPERTIES:") else {
      next = start
      return OrgProperties()
    }
    var properties = OrgProperties()
    var index = start + 1
    while index < lines.count {
      if OrgProperties.isMark(lines[index].bytes, ":END:") {
        next = index + 1
        return properties
      }
      guard properties.take(lines[index].text) else { break }
      index += 1
    }
    return OrgProperties()
  }

  private static func isPlanning(_ line: [UInt8]) -> Bool {
    let text = line.drop { $0 == 0x20 || $0 == 0x09 }
    return ["SCHEDULED:", "DEADLINE:", "CLOSED:"].contains { text.starts(with: $0.utf8) }
  }

  private mutating func endEntry(_ sink: ItemSink) throws(ExchangeError) {
    guard let entry else { return }
    self.entry = nil
    if entry.properties.own != nil, let bookmark = entry.bookmarks.first {
      try sink(OrgNative.item(bookmark, entry.properties, entry.lines), entry.location)
      return
    }
    for var bookmark in entry.bookmarks {
      OrgNative.take(entry.properties, into: &bookmark)
      let text = Self.dedented(entry.lines)
      if !text.isEmpty {
        bookmark.note = [bookmark.note, text].compactMap(\.self).joined(separator: "\n")
      }
      try sink(.bookmark(bookmark), entry.location)
    }
  }

  /// The lines without their common indentation, and without drawers.
  private static func dedented(_ lines: [String]) -> String {
    let filled = lines.filter { !$0.trimmed.isEmpty }
    let indentation =
      filled.map { $0.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count }.min() ?? 0
    return lines.map { line in
      String(Substring(line.utf8.dropFirst(indentation)))
    }.joined(separator: "\n").trimmed
  }
}

// MARK: Text that belongs to no link

extension OrgReader {
  private mutating func read(_ line: TextLines.Line, _ sink: ItemSink) throws(ExchangeError) {
    let block = MarkdownBlock(line.bytes)
    let text = block.text
    if isInBlock {
      isInBlock = String(decoding: text.prefix(6), as: UTF8.self).lowercased() != "#+end_"
      if isInBlock { outline.describe(line.text) }
    } else if block.isBlank {
      outline.blank()
    } else if text.first == 0x23, text.dropFirst().first == 0x2B || text.dropFirst().first == 0x20 {
      isInBlock = String(decoding: text.prefix(8), as: UTF8.self).lowercased() == "#+begin_"
      try outline.text("", sink)
    } else if text.first == 0x3A, text.last == 0x3A {
      // The first or last line of a drawer.
      return
    } else if let item = block.item, block.indentation > 0 || text.first != 0x2A {
      try read(item.text, of: block, width: item.width, at: line.location, sink)
    } else if let pending = outline.pending, block.indentation > pending.indentation {
      let rest = line.bytes.dropFirst(min(block.indentation, pending.textColumn))
      _ = outline.line(String(decoding: rest, as: UTF8.self))
    } else {
      try outline.text(String(decoding: text, as: UTF8.self), sink)
      for link in OrgLine(text).links {
        var bookmark = Bookmark()
        bookmark.title = link.title
        bookmark.url = link.url
        bookmark.tags = inheritedTags
        try outline.loose(bookmark, at: line.location, sink)
      }
    }
  }

  private mutating func read(
    _ text: ArraySlice<UInt8>, of block: MarkdownBlock, width: Int, at location: Location,
    _ sink: ItemSink
  ) throws(ExchangeError) {
    var text = text
    let isDone = text.starts(with: "[X] ".utf8)
    if isDone || text.starts(with: "[ ] ".utf8) || text.starts(with: "[-] ".utf8) {
      text = text.dropFirst(4)
    }
    let line = OrgLine(text)
    if line.links.isEmpty, let pending = outline.pending, pending.hasLink,
      block.indentation > pending.indentation
    {
      let rest = block.text
      _ = outline.line(String(decoding: rest, as: UTF8.self))
      return
    }
    for var bookmark in Self.bookmarks(of: line) {
      guard bookmark.url != nil || !(bookmark.title ?? "").isEmpty else { continue }
      bookmark.tags = inheritedTags
      bookmark.set("done", when: isDone)
      let item = Outline.Item(
        indentation: block.indentation, textColumn: block.indentation + width, bookmark: bookmark,
        hasLink: bookmark.url != nil, location: location)
      try outline.item(item, sink)
    }
  }
}
