/// Words written together, with signs between them: `wi-fi`, `node.js`, `PostgreSQL`, `v1.2.3`.
///
/// They are split in the manner of search engines' word delimiters: at signs, at a change of case,
/// and between letters and digits; and then joined.
/// https://www.elastic.co/guide/en/elasticsearch/reference/current/analysis-word-delimiter-graph-tokenfilter.html
struct WordRun {
  /// The words, split only at signs.
  private(set) var words: [Range<Int>] = []
  /// The parts of all words, split also at a change of case and between letters and digits.
  private(set) var parts: [Range<Int>] = []
  /// Whether it begins with a dot, as `.NET` does.
  private(set) var beginsWithDot = false

  /// The most parts that a word is split into: a word with more is a number or a hash.
  private static let mostOfWord = 4
  /// The most parts of a run that is split.
  private static let mostParts = 8
  /// The most words that are joined, and the most letters in them together.
  private static let mostJoined = 4
  private static let longestJoined = 24
  /// The most letters in each of two words that a slash joins.
  static let longestBySlash = 4

  /// An additional word: pieces of the text, joined in order.
  typealias Extra = [Range<Int>]

  /// Whether there is nothing to split or join.
  private var isPlain: Bool { words.count == 1 && parts.count == 1 && !beginsWithDot }

  /// The runs of a text, in order.
  static func runs(of text: FoldedText) -> [WordRun] {
    var runs: [WordRun] = []
    var index = 0
    let kinds = text.kinds
    while index < kinds.count {
      guard kinds[index].isOfWord else {
        index += 1
        continue
      }
      var run = WordRun()
      run.beginsWithDot = Self.isDotted(index, text)
      while true {
        let start = index
        while index < kinds.count, kinds[index].isOfWord { index += 1 }
        run.append(start..<index, text)
        guard index + 1 < kinds.count, kinds[index] == .joiner, kinds[index + 1].isOfWord else {
          break
        }
        if text.scalars[index] == "/", !run.isJoinedBySlash(at: index, text) { break }
        index += 1
      }
      runs.append(run)
    }
    return runs
  }

  /// Whether a slash joins two short words, as in `AC/DC` and `and/or`; elsewhere it separates
  /// names.
  private func isJoinedBySlash(at index: Int, _ text: FoldedText) -> Bool {
    let start = words[0].lowerBound
    let end = text.kinds[(index + 1)...].firstIndex { !$0.isOfWord } ?? text.kinds.count
    let isFirst = words.count == 1 && (start == 0 || text.scalars[start - 1] != "/")
    let isLast = end == text.kinds.count || text.kinds[end] != .joiner
    return isFirst && isLast && max(index - start, end - index - 1) <= Self.longestBySlash
  }

  /// Whether a dot begins the run at a place, with nothing before it.
  private static func isDotted(_ index: Int, _ text: FoldedText) -> Bool {
    guard index > 0, text.scalars[index - 1] == "." else { return false }
    return index == 1 || text.kinds[index - 2] == .separator
  }

  private mutating func append(_ word: Range<Int>, _ text: FoldedText) {
    words.append(word)
    var cuts = [word.lowerBound]
    for index in word.dropFirst() where Self.isCut(index, word, text) { cuts.append(index) }
    if cuts.count > Self.mostOfWord { cuts = [word.lowerBound] }
    for (start, end) in zip(cuts, cuts.dropFirst() + [word.upperBound]) {
      parts.append(start..<end)
    }
  }

  /// Whether a part of a word begins at a place.
  private static func isCut(_ index: Int, _ word: Range<Int>, _ text: FoldedText) -> Bool {
    let (before, here) = (text.kinds[index - 1], text.kinds[index])
    if here == .mark { return false }
    if (here == .digit) != (before == .digit) { return true }
    guard here == .capital else { return false }
    if before != .capital { return true }
    // The last of several capitals begins the next part: `HTMLParser`. The plural `s` does not:
    // `PDFs`.
    let next = index + 1
    guard next < word.upperBound, text.kinds[next] == .letter else { return false }
    let isLast = next + 1 == word.upperBound || text.kinds[next + 1] != .letter
    return !(isLast && text.scalars[next] == "s")
  }

  /// The additional words of a text: sequences of parts, and joined words.
  func extras(of text: FoldedText, inLink: Bool = false) -> [[Extra]] {
    guard !isPlain else { return [] }
    var extras: [[Extra]] = []
    if let parts = partsInRow(of: text, inLink: inLink) { extras.append(parts.map { [$0] }) }
    if inLink { return extras }
    let joined = joined(of: text)
    if let joined { extras.append([joined]) }
    for letters in joinedLetters(of: text) where letters != joined { extras.append([letters]) }
    return extras
  }

  /// The parts, if there are more parts than words.
  func partsInRow(of text: FoldedText, inLink: Bool = false) -> [Range<Int>]? {
    guard parts.count > words.count, parts.count <= Self.mostParts else { return nil }
    // Links contain more identifiers than names.
    if inLink, parts.contains(where: { $0.count < 3 }) { return nil }
    return parts
  }

  /// The words joined; nil for a single word, for numbers, and if the result is too long.
  func joined(of text: FoldedText) -> Extra? {
    guard words.count > 1, words.count <= Self.mostJoined else { return nil }
    let length = words.reduce(0) { $0 + $1.count }
    guard length <= Self.longestJoined else { return nil }
    let hasLetter = words.contains { word in word.contains { text.kinds[$0] != .digit } }
    return hasLetter ? words : nil
  }

  /// Adjacent parts made of letters, joined: `PostgreSQL` of `PostgreSQL12`, `wifi` of `Wi-Fi6`.
  private func joinedLetters(of text: FoldedText) -> [Extra] {
    guard parts.count > words.count, parts.count <= Self.mostParts else { return [] }
    var found: [Extra] = []
    var row: Extra = []
    for part in parts {
      if text.kinds[part.lowerBound] == .digit {
        found.append(row)
        row = []
      } else {
        row.append(part)
      }
    }
    found.append(row)
    return found.filter { row in
      guard row.count > 1, row.count < parts.count, let first = row.first, let last = row.last
      else { return false }
      let whole = first.lowerBound..<last.upperBound
      return !words.contains(whole) && row.reduce(0) { $0 + $1.count } <= Self.longestJoined
    }
  }

  /// The word after a leading dot, to be found as `dot…` too; nil if there is none.
  var dotted: Range<Int>? {
    guard beginsWithDot, words.count == 1, words[0].count <= 12 else { return nil }
    return words[0]
  }
}
