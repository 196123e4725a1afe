internal import Favourites

extension Format {
  /// The output of `--json`, with or without `--envelope`, of `--format jsonl`, and of `export`.
  ///
  /// Members that favs does not know, which somebody added, become metadata.
  static let favs = Format(
    name: "favs", summary: "favs' own JSON, lines or an array",
    isRecognised: { sniff in
      // An empty file contains no favourites.
      guard !sniff.text.isEmpty else { return true }
      guard let json = sniff.json else { return false }
      guard !json.keys.isEmpty else { return !json.beginsWithText }
      if json.isEnvelope { return true }
      guard json.has("title") || json.has("url") else { return false }
      // A uid of favs identifies its own format, but for keys that mean something else there.
      if json.hasUID {
        return json.isOfOwnForm || json.allKeys.isSubset(of: FavouriteField.allCases.names)
      }
      // Otherwise a later object may show that it is an ordinary table, unless another one is
      // favs' own: then somebody added to some.
      return json.isOfOwnForm
        && (json.allKeys.isSubset(of: FavouriteField.living.names)
          || json.isWidened)
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      input.isStrict = true
      if isEnvelope(try input.prefix()) { return try envelope(&input, sink) }
      var stream = DraftStream(keepsOthers: true)
      while true {
        while let (item, location) = try next(of: &stream) { try sink(item, location) }
        guard !stream.isFinished else { return }
        if let piece = try input.nextPiece() { stream.append(piece) } else { stream.finish() }
      }
    })

  /// Whether a file with this beginning is the output of `--envelope`.
  private static func isEnvelope(_ beginning: [UInt8]) -> Bool {
    // Its first key is enough to tell that most files are not.
    var reader = JSONReader(beginning)
    guard (try? reader.beginObject()) != nil,
      let key = try? reader.nextKey(), key == "favourites"
    else { return false }
    return Sniff(beginning, path: nil).json?.isEnvelope ?? false
  }

  private static func next(
    of stream: inout DraftStream
  ) throws(ExchangeError) -> (ImportedItem, Location)? {
    do {
      guard let draft = try stream.next() else { return nil }
      return (item(draft, stream.others), Location(line: stream.lineNumber))
    } catch {
      return try unusable(error)
    }
  }

  /// Reads the favourites of one page.
  private static func envelope(
    _ input: inout ForeignFile, _ sink: ItemSink
  ) throws(ExchangeError) {
    var reader = JSONReader(try input.readText())
    try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
      guard key == "favourites" else { return try JSONItems.passOver(key, &reader, sink) }
      try readingJSON { () throws(JSONError) in try reader.beginArray() }
      while try readingJSON({ () throws(JSONError) in try reader.nextElement() }) {
        let (item, location) = try next(of: &reader)
        try sink(item, location)
      }
    }
    try readingJSON { () throws(JSONError) in try reader.finish() }
  }

  private static func next(
    of reader: inout JSONReader
  ) throws(ExchangeError) -> (ImportedItem, Location) {
    let start = reader.location()
    do throws(JSONError) {
      var others: JSONObject? = JSONObject()
      let draft = try Draft(from: &reader, others: &others)
      return (item(draft, others ?? JSONObject()), Location(line: start.line))
    } catch {
      return try unusable(error)
    }
  }

  /// A favourite that cannot be used, in a file that can be read further.
  private static func unusable(
    _ error: JSONError
  ) throws(ExchangeError) -> (ImportedItem, Location) {
    guard error.isAboutMeaning else { throw ExchangeError(error) }
    return (.unreadable(error.reason), Location(line: error.line, column: error.column))
  }

  private static func item(_ draft: Draft, _ others: JSONObject) -> ImportedItem {
    var draft = draft
    draft.settleLink()
    draft.keep(JSONRow(others).cells)
    return .draft(draft)
  }
}

extension JSONSketch {
  /// Whether somebody added members to favs' own objects: to some of them, or, where metadata shows
  /// whose they are, to all; none that a table has a field for, or that would be ignored.
  fileprivate var isWidened: Bool {
    let others = allKeys.subtracting(FavouriteField.living.names)
    guard hasPlainMetadata, others.allSatisfy({ FavouriteField(rawValue: $0) == nil }) else {
      return false
    }
    let hasMetadata = !allKeys.isDisjoint(with: [FavouriteField.metadata, .metadataTypes].names)
    return hasOwnObject
      || hasMetadata
        && others.allSatisfy {
          TableField(named: $0) == nil && TableNames.owner(ofLink: $0) == nil
        }
  }

  /// Whether it is the output of `--envelope`.
  ///
  /// What comes behind the favourites may be beyond the part that was inspected.
  fileprivate var isEnvelope: Bool {
    let own: Set<String> = ["favourites", "total", "page", "pages", "per_page", "next", "note"]
    return !isArray && has("favourites") && keys.isSubset(of: own)
      && (holds(anyOf: "favourites.uid") || has("per_page", "next"))
  }
}

extension [FavouriteField] {
  /// Their names in JSON.
  fileprivate var names: Set<String> { Set(map(\.rawValue)) }
}
