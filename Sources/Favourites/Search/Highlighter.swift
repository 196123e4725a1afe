internal import SQLite

/// Finds the words of a search in a favourite.
struct Highlighter: ~Copyable {
  private let tokenizer: Tokenizer
  private let marks: [PreparedSearch.Mark]

  init(_ tokenizer: consuming Tokenizer, _ marks: [PreparedSearch.Mark]) {
    self.tokenizer = tokenizer
    self.marks = marks
  }

  /// The greatest length of a snippet in characters, and how many of them may come before its first
  /// hit.
  private static let snippetLength = 120
  private static let lead = 40

  /// The fields of a favourite that matched, and a snippet around the first hit in the most
  /// informative text: its note, otherwise its title, its tags or its URL.
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
    let category = ranges(in: favourite.category, of: .category)
    if !category.ranges.isEmpty {
      if category.hasWord { isInside = false }
      matched.append(.category)
    }
    let order: [FavouriteField] = [.title, .tags, .url, .note, .metadata, .category]
    return SearchHit(
      score: score, matched: order.filter(matched.contains), isInside: isInside && !matched.isEmpty,
      snippet: snippet, titleHits: titleHits)
  }

  /// The hits in a title, in characters (Unicode scalars).
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

  /// The byte ranges of hits in a text, in order and without overlap; and whether any of them is
  /// more than a word that only contains what was typed.
  private func ranges(
    in text: String, of field: FavouriteField
  ) -> (ranges: [Range<Int>], hasWord: Bool) {
    let wanted = marks.filter { $0.field == nil || $0.field?.rawValue == field.rawValue }
    guard !wanted.isEmpty else { return ([], false) }
    // The index sees a different text where characters were split; hits are searched for in that,
    // and mapped back to the original characters.
    let link = field == .url ? LinkText(text) : nil
    var prepared = PreparedText(link?.text ?? text)
    prepared.appendParts(inLink: link != nil)
    let origins = link.map { prepared.origins.map($0.origin(of:)) } ?? prepared.origins
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

  /// Merges overlapping ranges, in order: parts of words come after all words of a text.
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

  /// The number of tokens that a mark covers from a place on; 0 if it does not match there.
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
    // Start at the beginning of a word.
    if start > 0, let space = scalars[start..<hits[0].lowerBound].firstIndex(of: " ") {
      start = space + 1
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<end])
    let before = start > 0 ? "…" : ""
    let shift = start - before.unicodeScalars.count
    return SearchHit.Snippet(
      field: field, text: before + String(view) + (end < scalars.count ? "…" : ""),
      // A hit that continues after the snippet is marked up to its end.
      hits: hits.filter { $0.lowerBound < end }.map {
        ($0.lowerBound - shift)..<(min($0.upperBound, end) - shift)
      })
  }
}

/// How a search found a favourite.
package struct SearchHit: Equatable, Sendable {
  /// How well it matches: more is better, comparable within one search only; nil if it was not
  /// ranked.
  package let score: Double?
  /// The fields that contain what was searched for.
  package let matched: [FavouriteField]
  /// Whether they only contain words that include it; favourites with the word itself come first.
  package var isInside = false
  /// The text around a hit.
  package let snippet: Snippet?
  /// The hits in the title, in characters (Unicode scalars); none if the title is longer than a
  /// snippet.
  package var titleHits: [Range<Int>] = []

  /// A piece of a text with its hits.
  package struct Snippet: Equatable, Sendable {
    /// The field that it is from.
    package let field: FavouriteField
    /// The text, with `…` where the field's text continues.
    package let text: String
    /// The hits in it, in characters (Unicode scalars).
    package let hits: [Range<Int>]
  }
}
