internal import Favourites

extension ExportFormat {
  /// Lists of links under headings.
  ///
  /// `- [title](url) <!-- TAGS: a,b -->`, with tags as in buku; a favourite without a URL is an
  /// item without a link. A note is indented below it, unchanged except for what would be read as
  /// HTML or as another item. A link that runs code, or opens a file, is in a comment:
  /// `<!-- URL: javascript:… -->`. Categories deeper than six levels have headings that only favs
  /// recognises.
  static let markdown = ExportFormat(
    name: "markdown", summary: "lists of links below headings", endings: ["md", "markdown"],
    losses: [
      .metadata, .dates, .openings, .outerSpace, .categoryName, .categoryNote, .categoryFields,
    ],
    writer: { context in TreeWriter(MarkdownForm(), context) })
}

private struct MarkdownForm: TreeForm {
  private var isEmpty = true
  private var isAfterHeading = false

  mutating func begin(into bytes: inout [UInt8]) {}

  mutating func open(_ category: Category, depth: Int, into bytes: inout [UInt8]) {
    if !isEmpty { bytes.append(0x0A) }
    bytes += Array(repeating: 0x23, count: depth + 1)
    bytes.append(0x20)
    let name = category.name.unicodeScalars.split(separator: "/").last.map { String($0) } ?? ""
    MarkdownEscape.append(name, to: &bytes)
    bytes.append(0x0A)
    isEmpty = false
    isAfterHeading = true
  }

  mutating func close(_ category: Category, depth: Int, into bytes: inout [UInt8]) {}

  mutating func write(_ favourite: Favourite, depth: Int, into bytes: inout [UInt8]) {
    if isAfterHeading { bytes.append(0x0A) }
    isAfterHeading = false
    isEmpty = false
    bytes += "- ".utf8
    if let url = favourite.url, !Self.isDangerous(url) {
      bytes.append(0x5B)
      MarkdownEscape.append(favourite.title, to: &bytes)
      bytes += "](".utf8
      MarkdownEscape.append(url: url, to: &bytes)
      bytes.append(0x29)
    } else {
      MarkdownEscape.append(favourite.title, atStart: true, to: &bytes)
      if let url = favourite.url {
        bytes += " <!-- URL: ".utf8
        MarkdownEscape.append(comment: url, to: &bytes)
        bytes += " -->".utf8
      }
    }
    let tags = favourite.tags
    if !tags.isEmpty {
      bytes += " <!-- TAGS: ".utf8
      MarkdownEscape.append(tags: tags, to: &bytes)
      bytes += " -->".utf8
    }
    bytes.append(0x0A)
    if let note = favourite.note?.trimmed, !note.isEmpty { append(note: note, to: &bytes) }
  }

  mutating func end(into bytes: inout [UInt8]) {}

  /// Whether a browser that shows the page would run foreign code, or open a file, for a URL.
  private static func isDangerous(_ url: String) -> Bool {
    ["javascript", "vbscript", "data", "file"].contains(URLScheme(of: url)?.name)
  }

  private func append(note: String, to bytes: inout [UInt8]) {
    for line in note.unicodeScalars.split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      if !line.isEmpty {
        bytes += "  ".utf8
        MarkdownEscape.append(noteLine: line, to: &bytes)
      }
      bytes.append(0x0A)
    }
  }
}
