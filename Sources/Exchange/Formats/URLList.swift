internal import Favourites

extension Format {
  /// Plain links, one a line; blank lines and those that begin with `#` say nothing.
  static let urls = Format(
    name: "urls", summary: "links, one a line",
    isRecognised: { sniff in
      sniff.text.split(separator: 0x0A).prefix(20).contains { line in
        Draft.looksLikeURL(String(decoding: line, as: UTF8.self).trimmed)
      }
    },
    read: { (input, _, sink) throws(ExchangeError) in
      while true {
        let place = Place(line: input.place.line)
        guard let line = try input.nextLine() else { return }
        let word = String(decoding: line, as: UTF8.self).trimmed
        guard !word.isEmpty, word.utf8.first != UInt8(ascii: "#") else { continue }
        guard Draft.looksLikeURL(word) else {
          try sink(.unreadable("'\(word)' is no URL"), place)
          continue
        }
        var bookmark = Bookmark()
        bookmark.url = word
        try sink(.bookmark(bookmark), place)
      }
    })
}
