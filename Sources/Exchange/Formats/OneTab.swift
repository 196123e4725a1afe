internal import Favourites

extension Format {
  /// OneTab's export: one `URL | Title` per line, with groups of tabs separated by blank lines. If
  /// there are several groups, they become numbered folders.
  ///
  /// Source: OneTab's page "Export / Import URLs".
  static let onetab = Format(
    name: "onetab", summary: "OneTab's list of tabs",
    isRecognised: { sniff in
      let lines = sniff.lines(20)
      // The first line is enough; if all lines are links, one of them needs a title.
      return lines.allSatisfy { oneTab($0) != nil || $0 == lines.last }
        && lines.contains { oneTab($0)?.title != nil }
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var lines = TextLines()
      var group = 1
      var isBetween = false
      // The first group waits until it is known whether there are others.
      var first: [(Bookmark, Location)] = []
      while let line = try lines.next(from: &input) {
        let text = line.text.trimmed
        guard !text.isEmpty else {
          isBetween = true
          continue
        }
        if isBetween, group > 1 || !first.isEmpty {
          for (bookmark, location) in first { try sink(.bookmark(bookmark.inGroup(1)), location) }
          first = []
          group += 1
        }
        isBetween = false
        guard let bookmark = oneTab(text) else {
          try sink(.unreadable("'\(text.cut(toBytes: 80))' is no URL"), line.location)
          continue
        }
        if group == 1 {
          first.append((bookmark, line.location))
        } else {
          try sink(.bookmark(bookmark.inGroup(group)), line.location)
        }
      }
      for (bookmark, location) in first { try sink(.bookmark(bookmark), location) }
    })

  private static func oneTab(_ line: String) -> Bookmark? {
    let scalars = line.trimmed.unicodeScalars
    let url = String(scalars.prefix { !$0.isWhitespace })
    let rest = String(scalars.dropFirst(url.unicodeScalars.count)).trimmed
    guard Draft.looksLikeURL(url), rest.isEmpty || rest.utf8.first == UInt8(ascii: "|") else {
      return nil
    }
    var bookmark = Bookmark()
    bookmark.url = url
    let title = String(rest.unicodeScalars.dropFirst()).trimmed
    if !title.isEmpty { bookmark.title = title }
    return bookmark
  }
}

extension Bookmark {
  fileprivate func inGroup(_ number: Int) -> Bookmark {
    var bookmark = self
    bookmark.folders = ["Group \(number)"]
    return bookmark
  }
}
