internal import Favourites

extension Format {
  /// Plain links: one or several per line, or with text before or after that describes them; or a
  /// link and its title, with a comma or a semicolon between them. Blank lines and lines that begin
  /// with `#` are ignored; brackets and quotes around a link, punctuation after it, and a dash
  /// before it are removed.
  static let urls = Format(
    name: "urls", summary: "links, one per line",
    isRecognised: { sniff in
      sniff.json == nil && !sniff.isYAML
        && sniff.lines(20).contains { line in
          line.unicodeScalars.split(separator: " ").contains {
            WrittenLink.isLink(BareLink.link(in: String($0).trimmed))
          }
        }
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var lines = TextLines()
      var ahead: [TextLines.Line] = []
      while ahead.count < longestSample, let line = try lines.next(from: &input) {
        ahead.append(line)
      }
      let separator = separator(of: ahead.map(\.text))
      for line in ahead { try read(line, separator, sink) }
      while let line = try lines.next(from: &input) { try read(line, separator, sink) }
    })

  /// The lines to inspect for a separator.
  private static let longestSample = 20

  private static func read(
    _ line: TextLines.Line, _ separator: Character?, _ sink: ItemSink
  ) throws(ExchangeError) {
    let text = line.text.trimmed
    guard !isEmpty(text) else { return }
    let found = separator.flatMap { titled(text, $0) }.map { [$0] } ?? bookmarks(in: text)
    for bookmark in found { try sink(.bookmark(bookmark), line.location) }
    if found.isEmpty {
      try sink(.unreadable("'\(text.cut(toBytes: 80))' is no URL"), line.location)
    }
  }

  private static func isEmpty(_ text: String) -> Bool {
    text.isEmpty || text.utf8.first == UInt8(ascii: "#")
  }

  /// The separator between links and their titles in these lines; nil if there is none.
  ///
  /// Links may contain it too. What follows it is a title if one of them is quoted or has several
  /// words, the first of letters alone; or if all lines have one that is a word.
  private static func separator(of lines: [String]) -> Character? {
    let lines = lines.map(\.trimmed).filter { !isEmpty($0) }
    return [",", ";"].first { separator in
      let titles = lines.compactMap { parts(of: $0, separator)?.title }
      let areCertain = titles.contains {
        $0.first == "\"" || beginsWithWord($0) && $0.contains(" ")
      }
      return areCertain
        || titles.count > 1 && titles.count == lines.count && titles.allSatisfy(beginsWithWord)
    }
  }

  private static func beginsWithWord(_ title: String) -> Bool {
    let word = title.prefix { $0 != " " }
    return word.first?.isLetter ?? false && word.allSatisfy { $0.isLetter || ",;:!".contains($0) }
  }

  private static func parts(
    of line: String, _ separator: Character
  ) -> (link: String, title: String)? {
    guard let index = line.firstIndex(of: separator) else { return nil }
    let link = String(line[..<index])
    let title = String(line[index...].dropFirst()).trimmed
    return WrittenLink.isLink(link) && !title.isEmpty ? (link, title) : nil
  }

  private static func titled(_ line: String, _ separator: Character) -> Bookmark? {
    guard let parts = parts(of: line, separator),
      parts.title.first == "\"" || parts.title.contains(" ") || beginsWithWord(parts.title)
    else { return nil }
    var bookmark = Bookmark()
    bookmark.url = parts.link
    bookmark.title = parts.title
    if parts.title.count > 1, parts.title.first == "\"", parts.title.last == "\"" {
      // Two quotes stand for one (RFC 4180).
      var isSecond = false
      bookmark.title = String(
        parts.title.dropFirst().dropLast().filter {
          isSecond = $0 == "\"" && !isSecond
          return !isSecond || $0 != "\""
        })
    }
    return bookmark
  }

  private static func bookmarks(in text: String) -> [Bookmark] {
    var urls: [String] = []
    var words: [String] = []
    let parts = text.unicodeScalars.split(whereSeparator: { $0.isWhitespace }).map(String.init)
    for word in parts {
      let link = link(word, isAlone: parts.count == 1)
      if WrittenLink.isLink(link) { urls.append(link) } else { words.append(word) }
    }
    while let first = words.first, ["-", "*", "+", "•"].contains(first) { words.removeFirst() }
    return urls.map { url in
      var bookmark = Bookmark()
      bookmark.url = url
      // Text on a line with several links belongs to none of them.
      if urls.count == 1, !words.isEmpty { bookmark.title = words.joined(separator: " ") }
      return bookmark
    }
  }

  /// The link in a word. Alone on its line it is taken as it is, without brackets around it and the
  /// comma of a list: a name may end in a full stop.
  private static func link(_ word: String, isAlone: Bool) -> String {
    let link = BareLink.link(in: word)
    guard isAlone, word.utf8.count > link.utf8.count, word.utf8.starts(with: link.utf8),
      let last = word.utf8.last, last != UInt8(ascii: ","), last != UInt8(ascii: ";")
    else { return link }
    return word
  }
}
