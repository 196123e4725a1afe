internal import Favourites

extension Format {
  /// The output of `--json`, `--format jsonl` and `export`.
  static let favs = Format(
    name: "favs", summary: "favs' own JSON, lines or an array",
    isRecognised: { sniff in
      // An empty file contains no favourites.
      guard !sniff.text.isEmpty else { return true }
      guard let json = sniff.json else { return false }
      let own = Set(FavouriteField.allCases.map(\.rawValue))
      let marks: Set<String> = ["uid", "rank", "opened", "metadata", "metadata_types"]
      guard !json.keys.isEmpty else { return !json.beginsWithText }
      // A key that only favs writes identifies favs' own format; otherwise a later or a nested
      // object may show that it is an ordinary table. Other programs use `link` for what favs calls
      // `url`.
      let plain = own.subtracting([FavouriteField.link.rawValue])
      return json.keys.isSubset(of: own) && (json.has("title") || json.has("url"))
        && (!json.keys.isDisjoint(with: marks)
          || json.allKeys.isSubset(of: plain) && json.isOfOwnForm)
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      input.isStrict = true
      var stream = DraftStream()
      while true {
        while let (item, location) = try next(of: &stream) { try sink(item, location) }
        guard !stream.isFinished else { return }
        if let piece = try input.nextPiece() { stream.append(piece) } else { stream.finish() }
      }
    })

  private static func next(
    of stream: inout DraftStream
  ) throws(ExchangeError) -> (ImportedItem, Location)? {
    do {
      guard let draft = try stream.next() else { return nil }
      return (.draft(draft), Location(line: stream.lineNumber))
    } catch {
      guard error.isAboutMeaning else { throw ExchangeError(error) }
      return (.unreadable(error.reason), Location(line: error.line, column: error.column))
    }
  }
}
