internal import Favourites

/// One line of Markdown: the links in it, and the text around them.
///
/// Takes linear time for any input: matching brackets are found in a single pass.
///
/// Source: CommonMark 0.31, 6.3 "Links", 6.5 "Autolinks"; GitHub Flavored Markdown, 6.9 "Autolinks
/// (extension)".
struct MarkdownLine: Sendable {
  /// A link and its text.
  struct Link: Equatable, Sendable {
    let title: String?
    let url: String
  }

  /// The links that leave the document.
  private(set) var links: [Link] = []
  /// The number of other links.
  private(set) var innerLinks = 0
  /// The text before the first link.
  private(set) var before = ""
  /// The text after the first link, without other links.
  private(set) var after = ""
  /// The whole text, with what it shows of the links.
  private(set) var shown = ""
  /// The image, if the line consists of one.
  private(set) var image: Link?
  /// The names in buku's `<!-- TAGS: a,b -->`.
  private(set) var tags: [String] = []
  /// The URL in favs' own `<!-- URL: javascript:… -->`.
  private(set) var hiddenURL: String?
  /// Whether a comment begins that does not end on this line.
  private(set) var opensComment = false

  private let bytes: [UInt8]
  private let definitions: [String: String]
  private var closing: [Int: Int] = [:]
  private var text: [UInt8] = []
  private var position = 0

  /// Parses a line; `definitions` contains the targets of reference links, by label.
  init(_ line: some Sequence<UInt8>, definitions: [String: String] = [:]) {
    bytes = Array(line)
    self.definitions = definitions
    if bytes.contains(where: { $0 == 0x5B }) { closing = Self.closing(bytes) }
    var lastRun = Self.lastRuns(bytes)
    while position < bytes.count { step(&lastRun) }
    endText()
  }

  /// The normal form of a label.
  static func label(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).lowercased().unicodeScalars
      .split { $0.isWhitespace }.map(String.init).joined(separator: " ")
  }

  private mutating func step(_ lastRun: inout [Int: Int]) {
    let byte = bytes[position]
    let next = position + 1 < bytes.count ? bytes[position + 1] : 0
    switch byte {
    case 0x5C where MarkdownText.isPunctuation(next):
      text += [byte, next]
      position += 2
    case 0x60: skipCode(&lastRun)
    case 0x3C:
      if !skipComment(), !takeAutolink() { keep() }
    case 0x21 where next == 0x5B:
      position += 1
      if let close = closing[position], let target = target(from: position) {
        if links.isEmpty, text.allSatisfy({ $0 == 0x20 }), Draft.looksLikeURL(target.url),
          bytes[target.end...].allSatisfy({ $0 == 0x20 })
        {
          let title = MarkdownText.plain(bytes[(position + 1)..<close]).trimmed
          image = Link(title: title.isEmpty ? nil : title, url: target.url)
        }
        text += bytes[(position + 1)..<close]
        position = target.end
      } else {
        text.append(byte)
      }
    case 0x5B:
      guard let close = closing[position], let target = target(from: position) else {
        return keep()
      }
      take(
        MarkdownText.title(bytes[(position + 1)..<close]), target.url, isCertain: target.isCertain)
      position = target.end
    case 0x68, 0x48:
      if !takeBareLink() { keep() }
    default: keep()
    }
  }

  private mutating func keep() {
    text.append(bytes[position])
    position += 1
  }

  private mutating func take(_ title: String, _ url: String, isCertain: Bool) {
    let url = url.trimmed
    guard !url.isEmpty, isCertain || Draft.looksLikeURL(url) || Self.isOutward(url) else {
      innerLinks += 1
      text += title.utf8
      return
    }
    endText()
    shown += title.isEmpty ? url : title
    links.append(Link(title: title.isEmpty ? nil : title, url: url))
  }

  /// Whether something that is not a valid URL is an external link all the same: `www.example.org`,
  /// or a URL with a space.
  private static func isOutward(_ url: String) -> Bool {
    let start = url.utf8.prefix { $0 > 0x20 }
    return start.starts(with: "www.".utf8) || Draft.looksLikeURL(String(Substring(start)))
  }

  private mutating func endText() {
    let plain = MarkdownText.plain(text)
    if links.isEmpty { before = plain } else { after += plain }
    shown += plain
    text = []
  }
}

// MARK: Links

extension MarkdownLine {
  /// The target of a link in brackets.
  private struct Target {
    let url: String
    /// The end of the whole link.
    let end: Int
    /// Whether it is certainly a URL: nobody puts `<` and `>` around a name.
    var isCertain = false
  }

  /// The target of the link whose brackets begin here; nil if they are just text.
  private func target(from open: Int) -> Target? {
    guard let close = closing[open] else { return nil }
    let next = close + 1
    if next < bytes.count, bytes[next] == 0x28 { return inlineTarget(from: next) }
    var label = bytes[(open + 1)..<close]
    var end = next
    if next < bytes.count, bytes[next] == 0x5B, let second = closing[next] {
      if second > next + 1 { label = bytes[(next + 1)..<second] }
      end = second + 1
    }
    guard !definitions.isEmpty, let url = definitions[Self.label(label)] else { return nil }
    return Target(url: url, end: end)
  }

  private func inlineTarget(from open: Int) -> Target? {
    var start = open + 1
    while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    if start < bytes.count, bytes[start] == 0x3C { return angleTarget(from: start) }
    guard let close = closing[open], start < close else { return nil }
    var content = bytes[start..<close]
    // `url "title"`
    if let last = content.last(where: { $0 != 0x20 }), last == 0x22 || last == 0x27,
      let space = content.firstIndex(where: { $0 == 0x20 || $0 == 0x09 })
    {
      let rest = content[space...].drop { $0 == 0x20 || $0 == 0x09 }
      if rest.first == last, rest.count > 1 { content = content[..<space] }
    }
    return Target(url: MarkdownText.plain(content), end: close + 1)
  }

  /// `<url>`, an optional title, and the closing bracket.
  private func angleTarget(from open: Int) -> Target? {
    var index = open + 1
    while index < bytes.count, bytes[index] != 0x3E {
      guard bytes[index] != 0x3C else { return nil }
      index += bytes[index] == 0x5C ? 2 : 1
    }
    guard index < bytes.count else { return nil }
    let url = MarkdownText.plain(bytes[(open + 1)..<index])
    var end = index + 1
    while end < bytes.count, bytes[end] == 0x20 { end += 1 }
    if end < bytes.count, bytes[end] == 0x22 || bytes[end] == 0x27,
      let quote = bytes[(end + 1)...].prefix(4_096).firstIndex(of: bytes[end])
    {
      end = quote + 1
    }
    guard end < bytes.count, bytes[end] == 0x29 else { return nil }
    return Target(url: url, end: end + 1, isCertain: true)
  }

  /// `<https://example.org>`
  private mutating func takeAutolink() -> Bool {
    var end = position + 1
    while end < bytes.count, bytes[end] != 0x3E {
      guard bytes[end] > 0x20, bytes[end] != 0x3C else { return false }
      end += 1
    }
    guard end < bytes.count else { return false }
    let url = MarkdownText.plain(bytes[(position + 1)..<end])
    guard Draft.looksLikeURL(url) else { return false }
    take("", url, isCertain: true)
    position = end + 1
    return true
  }

  /// `https://example.org` as a separate word, without a full stop at its end.
  private mutating func takeBareLink() -> Bool {
    if position > 0 {
      let before = bytes[position - 1]
      guard before <= 0x20 || "*_~(\"'|".utf8.contains(before) else { return false }
    }
    let head = bytes[position...].prefix(8).map { $0 | 0x20 }
    guard head.starts(with: "https://".utf8) || head.starts(with: "http://".utf8) else {
      return false
    }
    var end = position
    while end < bytes.count, bytes[end] > 0x20, bytes[end] != 0x3C, bytes[end] != 0x7C { end += 1 }
    end = BareLink.end(of: bytes[position..<end])
    let url = MarkdownText.plain(bytes[position..<end])
    guard Draft.looksLikeURL(url) else { return false }
    take("", url, isCertain: true)
    position = end
    return true
  }
}

// MARK: What is no text

extension MarkdownLine {
  /// Skips `code`, which remains text.
  private mutating func skipCode(_ lastRun: inout [Int: Int]) {
    var length = 0
    while position + length < bytes.count, bytes[position + length] == 0x60 { length += 1 }
    let start = position
    position += length
    if let last = lastRun[length], last > start {
      while position < bytes.count {
        var run = 0
        while position + run < bytes.count, bytes[position + run] == 0x60 { run += 1 }
        position += max(run, 1)
        if run == length { break }
      }
    }
    // In code, a backslash is literal.
    for byte in bytes[start..<position] {
      if byte == 0x5C || byte == 0x26 { text.append(0x5C) }
      text.append(byte)
    }
  }

  /// Skips a comment; reads the tags in one of buku's.
  private mutating func skipComment() -> Bool {
    guard bytes[position...].starts(with: "<!--".utf8) else { return false }
    var end = position + 4
    while end + 2 < bytes.count,
      !(bytes[end] == 0x2D && bytes[end + 1] == 0x2D && bytes[end + 2] == 0x3E)
    {
      end += 1
    }
    guard end + 2 < bytes.count else {
      opensComment = true
      position = bytes.count
      return true
    }
    let content = bytes[(position + 4)..<end].drop { $0 == 0x20 }
    if String(decoding: content.prefix(5), as: UTF8.self).uppercased() == "TAGS:" {
      tags += content.dropFirst(5).split(separator: 0x2C).map { MarkdownText.entities($0).trimmed }
        .filter { !$0.isEmpty }
    } else if content.starts(with: "URL: ".utf8) {
      hiddenURL = MarkdownText.entities(content.dropFirst(5)).trimmed
    }
    position = end + 3
    return true
  }

  /// The position of the last run of backticks for each length.
  private static func lastRuns(_ bytes: [UInt8]) -> [Int: Int] {
    var runs: [Int: Int] = [:]
    var index = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index] == 0x60 { index += 1 }
      if index > start { runs[index - start] = start } else { index += 1 }
    }
    return runs
  }

  /// The matching bracket for each bracket, separately for both kinds.
  private static func closing(_ bytes: [UInt8]) -> [Int: Int] {
    var closing: [Int: Int] = [:]
    var square: [Int] = []
    var round: [Int] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x5C: index += 1
      case 0x5B: square.append(index)
      case 0x5D: if let open = square.popLast() { closing[open] = index }
      case 0x28: round.append(index)
      case 0x29: if let open = round.popLast() { closing[open] = index }
      default: break
      }
      index += 1
    }
    return closing
  }
}
