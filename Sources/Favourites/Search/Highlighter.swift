internal import SQLite

/// Where the words of a search stand in a favourite.
struct Highlighter: ~Copyable {
  private let tokenizer: Tokenizer
  private let marks: [PreparedSearch.Mark]

  init(_ tokenizer: consuming Tokenizer, _ marks: [PreparedSearch.Mark]) {
    self.tokenizer = tokenizer
    self.marks = marks
  }

  /// How many characters a snippet has at most, and how many of them stand before its first hit.
  private static let snippetLength = 120
  private static let lead = 40

  /// What of a favourite was hit, and the piece around the first hit in the text that tells most: its note, else
  /// its title, its tags or its URL.
  func hit(_ favourite: Favourite, score: Double?) -> SearchHit {
    let texts: [(field: FavouriteField, text: String)] = [
      (.note, favourite.note ?? ""), (.title, favourite.title),
      (.tags, favourite.tags.joined(separator: ", ")), (.url, favourite.url ?? ""),
      (.metadata, favourite.metadata.entries.map(\.value.text).joined(separator: ", ")),
    ]
    var matched: [FavouriteField] = []
    var snippet: SearchHit.Snippet?
    var titleHits: [Range<Int>] = []
    var isInside = marks.contains(where: \.isAround)
    for (field, text) in texts where !text.isEmpty {
      let (ranges, hasWord) = ranges(in: text, of: field)
      guard !ranges.isEmpty else { continue }
      if hasWord { isInside = false }
      matched.append(field)
      let piece = Self.snippet(text, ranges, field)
      if field == .title, piece.text.utf8.elementsEqual(text.utf8) { titleHits = piece.hits }
      if snippet == nil { snippet = piece }
    }
    let order: [FavouriteField] = [.title, .tags, .url, .note, .metadata]
    return SearchHit(
      score: score, matched: order.filter(matched.contains), isInside: isInside && !matched.isEmpty,
      snippet: snippet, titleHits: titleHits)
  }

  /// What of a title is hit, in characters (Unicode scalars).
  func hits(inTitle title: String) -> [Range<Int>] {
    let found = ranges(in: title, of: .title).ranges
    guard !found.isEmpty else { return [] }
    var bounds: [Int] = []
    var offset = 0
    for scalar in title.unicodeScalars {
      bounds.append(offset)
      offset += UTF8.width(scalar)
    }
    return found.map { range in
      bounds.partitionPoint {
        $0 >= range.lowerBound
      }..<bounds.partitionPoint {
        $0 >= range.upperBound
      }
    }
  }

  /// Which bytes of a text are hits, from left to right, none in another; and whether one of them is more than a word
  /// that only has what was typed inside it.
  private func ranges(
    in text: String, of field: FavouriteField
  ) -> (ranges: [Range<Int>], hasWord: Bool) {
    let wanted = marks.filter { $0.field == nil || $0.field?.rawValue == field.rawValue }
    guard !wanted.isEmpty else { return ([], false) }
    // The index sees another text where characters were taken apart; hits are looked for in that, and the
    // characters it was made of are known.
    var prepared = PreparedText(text)
    prepared.appendParts(inLink: field == .url)
    let origins = prepared.origins
    let tokens = tokenizer.tokens(of: prepared.text)
    var ranges: [Range<Int>] = []
    var hasWord = false
    var index = 0
    while index < tokens.count {
      var reach = 0
      for mark in wanted {
        let length = length(of: mark, in: tokens, at: index)
        if length > 0, !mark.isAround { hasWord = true }
        reach = max(reach, length)
      }
      guard reach > 0 else {
        index += 1
        continue
      }
      let start = origins[tokens[index].range.lowerBound]
      let end = origins[tokens[index + reach - 1].range.upperBound - 1]
      ranges.append(start.lowerBound..<max(end.upperBound, start.upperBound))
      index += reach
    }
    return (Self.united(ranges), hasWord)
  }

  /// The same bytes as ranges from left to right: parts of words stand behind all words of a text.
  private static func united(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var united: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = united.last, range.lowerBound < last.upperBound {
        united[united.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        united.append(range)
      }
    }
    return united
  }

  /// How many tokens a mark covers from a place on; 0 where it is not there.
  private func length(of mark: PreparedSearch.Mark, in tokens: [Token], at start: Int) -> Int {
    guard start + mark.tokens.count <= tokens.count else { return 0 }
    for (offset, wanted) in mark.tokens.enumerated() {
      let found = tokens[start + offset].text
      let isLast = offset == mark.tokens.count - 1
      guard mark.isPrefix && isLast ? found.hasBytePrefix(wanted) : areSame(found, wanted) else {
        return 0
      }
    }
    return mark.tokens.count
  }

  private static func snippet(
    _ text: String, _ ranges: [Range<Int>], _ field: FavouriteField
  ) -> SearchHit.Snippet {
    // In characters (Unicode scalars), as jq and Python count them.
    var bounds: [Int] = []
    var scalars: [Unicode.Scalar] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      bounds.append(offset)
      scalars.append(scalar)
      offset += UTF8.width(scalar)
    }
    func position(_ byte: Int) -> Int { bounds.partitionPoint { $0 >= byte } }
    let hits = ranges.map { position($0.lowerBound)..<position($0.upperBound) }
    var start = max(0, hits[0].lowerBound - lead)
    if scalars.count <= snippetLength { start = 0 }
    let end = min(scalars.count, start + snippetLength)
    // From the beginning of a word on.
    if start > 0, let space = scalars[start..<hits[0].lowerBound].firstIndex(of: " ") {
      start = space + 1
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<end])
    let before = start > 0 ? "…" : ""
    let shift = start - before.unicodeScalars.count
    return SearchHit.Snippet(
      field: field, text: before + String(view) + (end < scalars.count ? "…" : ""),
      // One that goes on behind the piece is marked as far as it is in it.
      hits: hits.filter { $0.lowerBound < end }.map {
        ($0.lowerBound - shift)..<(min($0.upperBound, end) - shift)
      })
  }
}

/// What a search tells of a favourite that it found.
package struct SearchHit: Equatable, Sendable {
  /// How well it answers: more is better, comparable within one search only; nil beyond those that were ranked.
  package let score: Double?
  /// The fields that hold what was looked for.
  package let matched: [FavouriteField]
  /// True where they only hold words that have it inside, and what holds the word itself comes first.
  package var isInside = false
  /// The piece around a hit.
  package let snippet: Snippet?
  /// Where hits stand in the title, in characters (Unicode scalars); none where it is longer than a piece.
  package var titleHits: [Range<Int>] = []

  /// A piece of a text with the hits in it.
  package struct Snippet: Equatable, Sendable {
    /// The field that it is a piece of.
    package let field: FavouriteField
    /// The piece, with `…` where the text goes on.
    package let text: String
    /// Where the hits stand in it, in characters (Unicode scalars).
    package let hits: [Range<Int>]
  }
}
