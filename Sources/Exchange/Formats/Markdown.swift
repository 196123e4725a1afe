internal import Favourites

extension Format {
  /// Markdown: links anywhere, list items with their lines, and headings as folders.
  ///
  /// Source: CommonMark 0.31; buku's export, for the tags in `<!-- TAGS: a,b -->`.
  static let markdown = Format(
    name: "markdown", summary: "Markdown: lists and links below headings",
    isRecognised: { sniff in
      guard sniff.json == nil, sniff.text.first != UInt8(ascii: "<") || sniff.ending == "md" else {
        return false
      }
      if ["md", "markdown", "mkd"].contains(sniff.ending) { return true }
      guard !sniff.isYAML else { return false }
      let lines = sniff.lines(100).map { MarkdownBlock(Array($0.utf8)) }
      let begins = lines.first.map(\.isHeadingOrItem) ?? false
      return lines.contains { $0.hasMarkedLink }
        || begins && lines.contains { $0.isItem && !$0.isBareLink }
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var reader = MarkdownReader(try TextLines.all(&input))
      try reader.read(sink)
    })
}
