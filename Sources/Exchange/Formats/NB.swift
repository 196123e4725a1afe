internal import Favourites

extension Format {
  /// A bookmark of nb: a page in Markdown about a single link. The text of the web page itself,
  /// below `Content`, is skipped.
  ///
  /// Source: nb's README, "Bookmark File Format" (`.bookmark.md`): the URL is the first between `<`
  /// and `>`.
  static let nb = Format(
    name: "nb", summary: "a bookmark of nb",
    isRecognised: { sniff in
      guard sniff.json == nil else { return false }
      let lines = sniff.lines(40).map(\.trimmed)
      // The link is on a line of its own, possibly after a title.
      guard let link = lines.prefix(2).firstIndex(where: { nbLink($0) != nil }),
        link == 0 || lines[0].utf8.starts(with: "# ".utf8)
      else { return false }
      return lines.dropFirst(link + 1).contains { sections.contains($0) }
        || lines.count == link + 1 && link == 1
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var bookmark = Bookmark()
      var location = Location(line: 1)
      var texts: [String: [String]] = [:]
      var section = ""
      for line in try TextLines.all(&input) {
        let text = line.text.trimmed
        if section != "## Content", sections.contains(text) {
          section = text
        } else if section.isEmpty, text.utf8.starts(with: "# ".utf8), bookmark.title == nil {
          bookmark.title = MarkdownText.plain(text.utf8.dropFirst(2))
        } else if bookmark.url == nil, let url = nbLink(text) {
          bookmark.url = url
          location = line.location
        } else {
          texts[section, default: []].append(line.text)
        }
      }
      let notes = ["## Description", "", "## Comment", "## Quote"].map { section in
        (texts[section] ?? []).joined(separator: "\n").trimmed
      }
      let note = notes.filter { !$0.isEmpty }.joined(separator: "\n\n")
      bookmark.note = note.isEmpty ? nil : note
      for words in texts["## Tags"] ?? [] {
        bookmark.tags += words.unicodeScalars.split { $0.isWhitespace || $0 == "," }
          .map { String($0.first == "#" ? $0.dropFirst() : $0) }
      }
      for (section, key) in [("## Related", "related"), ("## Source", "source")] {
        if let lines = texts[section] { bookmark.add(lines.joined(separator: "\n"), as: key) }
      }
      try sink(.bookmark(bookmark), location)
      if texts["## Content"] != nil { try sink(.leftOut("the words of a page"), location) }
    })

  private static let sections = [
    "## Description", "## Comment", "## Quote", "## Tags", "## Content", "## Related", "## Source",
  ]

  private static func nbLink(_ line: String) -> String? {
    guard line.utf8.first == UInt8(ascii: "<"), line.utf8.last == UInt8(ascii: ">") else {
      return nil
    }
    let url = String(line.unicodeScalars.dropFirst().dropLast())
    return Draft.looksLikeURL(url) ? url : nil
  }
}
