internal import Favourites

extension Format {
  /// Plain links: one or several per line, or with text before or after that describes them. Blank
  /// lines and lines that begin with `#` are ignored; `<` and `>` around a link, and a dash before
  /// it, are removed.
  static let urls = Format(
    name: "urls", summary: "links, one per line",
    isRecognised: { sniff in
      sniff.json == nil
        && sniff.lines(20).contains { line in
          line.unicodeScalars.split(separator: " ").contains {
            WrittenLink.isLink(link(String($0).trimmed))
          }
        }
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var lines = TextLines()
      while let line = try lines.next(from: &input) {
        let text = line.text.trimmed
        guard !text.isEmpty, text.utf8.first != UInt8(ascii: "#") else { continue }
        let found = bookmarks(in: text)
        for bookmark in found { try sink(.bookmark(bookmark), line.location) }
        if found.isEmpty {
          try sink(.unreadable("'\(text.cut(toBytes: 80))' is no URL"), line.location)
        }
      }
    })

  private static func bookmarks(in text: String) -> [Bookmark] {
    var urls: [String] = []
    var words: [String] = []
    for word in text.unicodeScalars.split(whereSeparator: { $0.isWhitespace }) {
      let word = String(word)
      let link = link(word)
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

  /// A word without surrounding `<` and `>`.
  private static func link(_ word: String) -> String {
    guard word.utf8.first == UInt8(ascii: "<"), word.utf8.last == UInt8(ascii: ">") else {
      return word
    }
    return String(word.unicodeScalars.dropFirst().dropLast())
  }
}
