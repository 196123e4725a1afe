internal import Favourites

/// Converts text with markup to plain text, with line breaks where HTML would show them.
struct MarkupText {
  private static let blocks: Set<String> = [
    "address", "article", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "menu", "nav", "ol", "p",
    "pre",
    "section", "table", "tr", "ul",
  ]

  /// Whether line breaks in the text are kept, as in bookmarks, or treated as white space, as in
  /// HTML.
  private let keepsLines: Bool
  private let limit: Int
  private var bytes: [UInt8] = []
  /// Whether a tag has just broken the line, so that a line break after it is redundant.
  private var hasBroken = false

  init(keepsLines: Bool, limit: Int = ForeignFile.longestLine) {
    self.keepsLines = keepsLines
    self.limit = limit
  }

  /// The text with its lines, trimmed.
  var lines: String { String(decoding: bytes, as: UTF8.self).trimmed }

  /// The text on one line, with white space collapsed.
  var line: String { NativeText.collapsed(String(decoding: bytes, as: UTF8.self)) }

  /// Adds a token; false if the text becomes too long.
  mutating func take(_ token: MarkupToken) -> Bool {
    switch token {
    case .text(let text): append(text)
    case .start(let tag):
      if tag.name == "br" {
        endLine(always: true)
      } else if Self.blocks.contains(tag.name) {
        endLine(always: false)
      }
    case .end(let name): if Self.blocks.contains(name) { endLine(always: false) }
    case .comment: break
    }
    return bytes.count <= limit
  }

  private mutating func append(_ text: [UInt8]) {
    guard keepsLines else {
      for byte in text {
        if !MarkupScanner.isSpace(byte) {
          bytes.append(byte)
        } else if let last = bytes.last, last != 0x20, last != 0x0A {
          bytes.append(0x20)
        }
      }
      return
    }
    var text = text[...]
    if hasBroken, let first = text.first(where: { $0 != 0x20 && $0 != 0x09 }), first == 0x0A {
      text = text.drop { $0 == 0x20 || $0 == 0x09 }.dropFirst()
    }
    if !text.isEmpty { hasBroken = false }
    bytes += text
  }

  private mutating func endLine(always: Bool) {
    while bytes.last == 0x20 { bytes.removeLast() }
    if always || (!bytes.isEmpty && bytes.last != 0x0A) { bytes.append(0x0A) }
    hasBroken = true
  }

  /// A text that contains HTML, as plain text.
  static func plain(_ html: String) throws(ExchangeError) -> String {
    guard html.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
      return html.trimmed
    }
    var text = MarkupText(keepsLines: false)
    tokens(of: html) { _ = text.take($0) }
    return text.lines
  }

  /// The targets of the links in a text that contains HTML.
  static func links(in html: String) -> [String] {
    guard html.utf8.contains(UInt8(ascii: "<")) else { return [] }
    var links: [String] = []
    tokens(of: html) { token in
      guard case .start(let tag) = token, tag.name == "a", let target = tag["href"]?.trimmed,
        WrittenLink.isLink(target)
      else { return }
      links.append(target)
    }
    return links
  }

  /// Visits the tokens of a text; an incomplete tag at its end hides nothing.
  private static func tokens(of html: String, _ body: (MarkupToken) -> Void) {
    var input = ForeignFile(Array(html.utf8), isDecoded: true)
    var scanner = MarkupScanner()
    while let token = try? scanner.next(&input) { body(token) }
  }
}
