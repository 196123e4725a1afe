internal import Favourites

extension Format {
  /// Org: headlines and lists with links; other headlines become folders, and properties metadata.
  ///
  /// Source: Org's manual; buku's export, `* [[url][title]] :tag:tag:`.
  static let org = Format(
    name: "org", summary: "Org: headlines and lists with links",
    isRecognised: { sniff in
      guard sniff.json == nil, sniff.ending != "md", sniff.ending != "markdown" else {
        return false
      }
      if sniff.ending == "org" { return true }
      let lines = sniff.lines(100).map { Array($0.utf8) }
      return lines.contains { line in
        OrgProperties.isMark(line, ":PROPERTIES:")
          || OrgHeadline(line).map { $0.level > 1 } ?? false
          || MarkdownBlock(line).isItem && OrgLine(line[...]).hasBrackets
      }
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var reader = OrgReader(try TextLines.all(&input))
      try reader.read(sink)
    })
}
