internal import Favourites

/// Reads Markdown line by line, once the definitions of reference links are known.
struct MarkdownReader {
  private let lines: [TextLines.Line]
  private var definitions: [String: String] = [:]
  private var outline = Outline()
  private var fence: (mark: UInt8, length: Int)?
  private var isInComment = false
  private var isInTable = false
  /// Whether a row of the table has a link; then the others are favourites too.
  private var isTableOfLinks = false
  private var next = 0

  init(_ lines: [TextLines.Line]) {
    self.lines = lines
    for line in lines {
      guard let (label, url) = Self.definition(line.bytes) else { continue }
      if definitions[label] == nil { definitions[label] = url }
    }
  }

  /// Passes on all items.
  mutating func read(_ sink: ItemSink) throws(ExchangeError) {
    if let front = FrontMatter(lines) {
      next = front.end
      if let bookmark = front.bookmark { try sink(.bookmark(bookmark), lines[0].location) }
    }
    while next < lines.count {
      let line = lines[next]
      next += 1
      try read(line, sink)
    }
    try outline.end(sink)
  }

  private mutating func read(_ line: TextLines.Line, _ sink: ItemSink) throws(ExchangeError) {
    let block = MarkdownBlock(line.bytes)
    if isInComment {
      isInComment = !line.text.contains(ascii: "-->")
    } else if block.isBlank {
      isInTable = false
      outline.blank()
    } else if let open = fence {
      if let end = block.fence, end.mark == open.mark, end.length >= open.length {
        fence = nil
      } else {
        outline.describe(line.text)
      }
    } else if let cells = row(block) {
      try read(row: cells, at: line.location, sink)
    } else if let item = block.item {
      try read(item.text, of: block, width: item.width, at: line.location, sink)
    } else if let pending = outline.pending, block.indentation > pending.indentation {
      continueItem(line.bytes, from: pending.textColumn)
    } else if let heading = block.heading {
      try read(heading: heading.text, level: heading.level, at: line.location, sink)
    } else if let open = block.fence {
      try outline.text("", sink)
      fence = open
    } else if block.isBreak || Self.definition(line.bytes) != nil {
      try outline.text("", sink)
    } else if next < lines.count, MarkdownBlock(lines[next].bytes).underline > 0 {
      let level = MarkdownBlock(lines[next].bytes).underline
      next += 1
      try read(heading: block.text, level: level, at: line.location, sink)
    } else {
      try read(paragraph: block, at: line.location, sink)
    }
  }

  /// The cells of a row of a table; none for the rows above its contents, nil if it is no row.
  private mutating func row(_ block: MarkdownBlock) -> [ArraySlice<UInt8>]? {
    guard let cells = block.cells else {
      isInTable = false
      return nil
    }
    if isInTable { return cells }
    guard next < lines.count, MarkdownBlock(lines[next].bytes).isBelowTableHeader else {
      return nil
    }
    isInTable = true
    next += 1
    isTableOfLinks = lines[next...].prefix { MarkdownBlock($0.bytes).cells != nil }
      .contains { !MarkdownLine($0.bytes, definitions: definitions).links.isEmpty }
    return []
  }

  /// Reads a row as an item whose cells have dashes between them.
  private mutating func read(
    row cells: [ArraySlice<UInt8>], at location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    var cells = cells
    if cells.count > 1, let first = cells.first,
      WrittenLink.isLink(String(decoding: first, as: UTF8.self))
    {
      // What is beside a link is its title.
      cells.swapAt(0, 1)
    }
    let text = cells.joined(separator: Array(" - ".utf8))
    let line = inline(Array(text)[...])
    let isText = line.links.isEmpty && !isTableOfLinks
    try outline.text(isText ? line.shown : "", sink)
    guard !isText, let first = cells.first else { return }
    if line.links.isEmpty {
      var bookmark = Bookmark()
      bookmark.title = MarkdownText.title(first)
      let note = inline(Array(cells.dropFirst().joined(separator: Array(" - ".utf8)))[...]).shown
      bookmark.note = note.trimmed.isEmpty ? nil : note.trimmed
      return try outline.loose(bookmark, at: location, sink)
    }
    for bookmark in bookmarks(of: line, in: Array(text)[...]) {
      try outline.loose(bookmark, at: location, sink)
    }
  }

  private mutating func read(
    heading: ArraySlice<UInt8>, level: Int, at location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    let line = inline(heading)
    let words = (line.before + (line.links.first?.title ?? "") + line.after).trimmed
    try outline.heading(words, level: level, at: location, sink)
    guard let link = line.links.first else { return }
    var bookmark = Bookmark()
    bookmark.title = link.title
    bookmark.url = link.url
    try outline.loose(bookmark, besideFolder: true, at: location, sink)
  }

  private mutating func read(
    _ text: ArraySlice<UInt8>, of block: MarkdownBlock, width: Int, at location: Location,
    _ sink: ItemSink
  ) throws(ExchangeError) {
    var text = text
    let isDone = text.starts(with: "[x] ".utf8) || text.starts(with: "[X] ".utf8)
    if isDone || text.starts(with: "[ ] ".utf8) { text = text.dropFirst(4) }
    let line = inline(text)
    if line.links.isEmpty, let pending = outline.pending, pending.hasLink,
      block.indentation > pending.indentation
    {
      // A comment on the link above.
      continueItem(
        Array(repeating: 0x20, count: block.indentation) + block.text, from: pending.textColumn)
      return
    }
    let bookmarks = bookmarks(of: line, in: text)
    for bookmark in bookmarks.dropLast() {
      try outline.item(
        item(bookmark, block, width: width, hasLink: true, location), sink)
    }
    guard var last = bookmarks.last else { return outline.blank() }
    last.set("done", when: isDone)
    try outline.item(item(last, block, width: width, hasLink: last.url != nil, location), sink)
  }

  private func item(
    _ bookmark: Bookmark, _ block: MarkdownBlock, width: Int, hasLink: Bool, _ location: Location
  ) -> Outline.Item {
    Outline.Item(
      indentation: block.indentation, textColumn: block.indentation + width, bookmark: bookmark,
      hasLink: hasLink, location: location)
  }

  /// The bookmarks in an item: text beside a single link is its title or its note.
  private func bookmarks(of line: MarkdownLine, in text: ArraySlice<UInt8>) -> [Bookmark] {
    let whole = String(decoding: text, as: UTF8.self).trimmed
    var bookmark = Bookmark()
    bookmark.tags = line.tags
    guard let link = line.links.first else {
      if WrittenLink.isLink(whole) {
        bookmark.url = whole
      } else {
        bookmark.title = line.image.map { $0.title ?? $0.url } ?? line.before.trimmed
        bookmark.url = line.hiddenURL ?? line.image?.url
        // If all links stay within the document, it is a table of contents.
        if bookmark.title?.isEmpty ?? true || line.innerLinks > 0 { return [] }
      }
      return [bookmark]
    }
    guard line.links.count == 1 else {
      let note = Self.note(around: line)
      return line.links.enumerated().map { index, link in
        bookmark.title = link.title
        bookmark.url = link.url
        bookmark.note = index == 0 ? note : nil
        return bookmark
      }
    }
    bookmark.url = link.url
    let around = Words.withoutEmphasis(line.before, line.after)
    let before = Words.withoutDashes(around.before)
    let (after, tags) = Words.withoutTags(around.after)
    bookmark.tags += tags
    bookmark.title = link.title ?? (before.isEmpty ? nil : before)
    let beside = [link.title == nil ? "" : before, Words.withoutDashes(after)]
    let note = beside.filter { !$0.isEmpty }.joined(separator: " ")
    bookmark.note = note.isEmpty ? nil : note
    return [bookmark]
  }

  /// What an item with several links says: its text behind the first of them or, if there is some
  /// before it, the whole. Nil if there are only links with a word such as "and" between them.
  private static func note(around line: MarkdownLine) -> String? {
    let words = (line.before + " " + line.after).unicodeScalars.split {
      !$0.properties.isAlphabetic && $0.properties.numericType == nil
    }
    guard words.count > 1 else { return nil }
    var note = line.shown
    if line.before.trimmed.isEmpty, let first = line.links.first {
      note = String(note.trimmed.dropFirst((first.title ?? first.url).count))
    }
    note = Words.withoutDashes(note.trimmed)
    return note.isEmpty ? nil : note
  }

  private mutating func read(
    paragraph block: MarkdownBlock, at location: Location, _ sink: ItemSink
  ) throws(ExchangeError) {
    var text = block.text
    while let first = text.first, first == 0x3E || first == 0x20 { text = text.dropFirst() }
    let line = inline(text)
    if line.links.isEmpty, outline.pending != nil, !outline.isAfterBlank, !line.opensComment {
      // "Laziness": a paragraph may continue on a line without indentation.
      _ = outline.line(MarkdownText.plain(block.text))
      return
    }
    try outline.text(MarkdownText.plain(text), sink)
    for link in line.links {
      var bookmark = Bookmark()
      bookmark.title = link.title
      bookmark.url = link.url
      bookmark.tags = line.tags
      try outline.loose(bookmark, at: location, sink)
    }
  }

  private mutating func inline(_ text: ArraySlice<UInt8>) -> MarkdownLine {
    let line = MarkdownLine(text, definitions: definitions)
    if line.opensComment { isInComment = true }
    return line
  }

  /// Adds a line to an item, without the item's indentation.
  private mutating func continueItem(_ line: [UInt8], from column: Int) {
    var index = 0
    var width = 0
    while index < line.count, width < column, line[index] == 0x20 || line[index] == 0x09 {
      width += line[index] == 0x09 ? 4 - width % 4 : 1
      index += 1
    }
    _ = outline.line(MarkdownText.plain(line[index...]))
  }

  /// `[label]: url "title"`
  private static func definition(_ line: [UInt8]) -> (label: String, url: String)? {
    let text = line.drop { $0 == 0x20 }
    guard text.first == 0x5B, text.dropFirst().first != 0x5E, line.count - text.count < 4,
      let close = text.firstIndex(of: 0x5D), close > text.startIndex + 1,
      text[close...].dropFirst().first == 0x3A
    else { return nil }
    let rest = text[(close + 2)...].drop { $0 == 0x20 || $0 == 0x09 }
    var url = rest.prefix { $0 > 0x20 }
    if url.first == 0x3C, let end = rest.firstIndex(of: 0x3E) { url = rest[..<end].dropFirst() }
    guard !url.isEmpty else { return nil }
    return (MarkdownLine.label(text[..<close].dropFirst()), MarkdownText.plain(url))
  }
}
