/// Hits of an expression, and what is needed for their scores.
struct ReadHits {
  private(set) var ids: [Int64] = []
  private(set) var titled = 0
  private var counts: [IndexCount] = []
  /// For each hit, where its counts end.
  private var ends: [Int] = []
  private let forms: [SearchExpression.Form]
  private let usual: [Double]
  /// The groups of phrases that count.
  private let groups: [Int]
  /// The number of words that were typed.
  private let typed: Int
  /// Whether a word may be taken for others that begin with it.
  private let isOfRows: Bool
  /// Which words were typed, each by the number of its first one.
  private let starts: [Int]

  // Reused from hit to hit.
  private var best = [Double](repeating: 0, count: 256)
  private var lengths: [Double]
  private var runs: [TypedWord] = []

  /// Where what was typed would begin in a title, according to one of its words.
  private struct TypedWord {
    var first = Int.max
    var last = -1
    var isSure = true
  }

  /// - Parameters:
  ///   - source: what they come from.
  ///   - typed: the number of words that were typed.
  init(_ expression: SearchExpression, _ source: borrowing HitSource, typed: Int) {
    forms = expression.forms
    usual = source.usual
    isOfRows = source.isOfRows
    self.typed = typed
    var (groups, starts): ([Int], [Int]) = ([], [])
    for form in forms {
      if form.weight > 0, !groups.contains(form.group) { groups.append(form.group) }
      if let start = form.start, !starts.contains(start) { starts.append(start) }
    }
    self.groups = groups
    self.starts = starts
    lengths = usual.map { _ in 0 }
  }

  var count: Int { ids.count }

  mutating func add(_ hit: FoundRow) {
    ids.append(hit.id)
    counts += hit.counts
    ends.append(counts.count)
    if isTitled(hit) { titled += 1 }
  }

  /// Whether each group of phrases has a hit in the title.
  func isTitled(_ hit: FoundRow) -> Bool {
    groups.allSatisfy { group in
      hit.counts.contains {
        $0.isInTitle && forms[$0.phrase].group == group && forms[$0.phrase].weight > 0
      }
    }
  }

  private func counts(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// A hit with the highest score that it could have. A column is at least as long as up to the
  /// last hit in it.
  mutating func bounded(_ index: Int, list: Int) -> Hit {
    let counts = counts(index)
    for column in lengths.indices { lengths[column] = 0 }
    for place in counts {
      let column = self.counts[place].column
      lengths[column] = max(lengths[column], Double(self.counts[place].last + 1))
    }
    return Hit(
      id: ids[index], score: score(counts), likeness: likeness(counts), place: (list, index))
  }

  /// Computes the score of a hit: that of BM25F, https://doi.org/10.1145/1031171.1031181, with k1 =
  /// 1.2 and b = 0.5, where of the forms of one word the best counts.
  ///
  /// - Parameter stored: the lengths of its columns: see `SearchLengths`.
  /// - Returns: the score, and the length of the title.
  mutating func score(
    _ index: Int, lengths stored: [UInt8]
  ) throws(StoreError) -> (score: Double, length: Int) {
    guard SearchLengths.read(stored, into: &lengths) else { throw IndexWords.fault }
    return (score(counts(index)), Int(lengths[SearchColumn.title.rawValue]))
  }

  private mutating func score(_ range: Range<Int>) -> Double {
    var score = 0.0
    var index = range.lowerBound
    for place in range { best[forms[counts[place].phrase].group & 0xFF] = 0 }
    while index < range.upperBound {
      let phrase = counts[index].phrase
      var frequency = 0.0
      while index < range.upperBound, counts[index].phrase == phrase {
        let column = counts[index].column
        let weight =
          SearchColumn.weights[column] / (0.5 + 0.5 * lengths[column] / usual[column])
        for _ in 0..<counts[index].count { frequency += weight }
        index += 1
      }
      let (form, group) = (forms[phrase].weight, forms[phrase].group & 0xFF)
      let value = form * frequency * 2.2 / (frequency + 1.2)
      if value > best[group] {
        score += value - best[group]
        best[group] = value
      }
    }
    return score
  }

  /// How alike its title is to what was typed, from where the typed words are in it.
  private mutating func likeness(_ range: Range<Int>) -> LikenessBounds {
    guard !starts.isEmpty else { return .unknown }
    runs.removeAll(keepingCapacity: true)
    for _ in starts { runs.append(TypedWord()) }
    for place in range where counts[place].isInTitle && counts[place].isWhole {
      let form = forms[counts[place].phrase]
      guard let start = form.start, let word = starts.firstIndex(of: start) else { continue }
      runs[word].first = min(runs[word].first, counts[place].first - start)
      runs[word].last = max(runs[word].last, counts[place].last - start)
      if !form.isTyped || isOfRows && form.isPrefix { runs[word].isSure = false }
    }
    var (highest, lowest, isInRow) = (-1, Int.max, true)
    for run in runs {
      highest = max(highest, run.first)
      lowest = min(lowest, run.last)
      if run.first != runs[0].first || !run.isSure { isInRow = false }
    }
    let most: Likeness = highest > lowest ? .none : highest == 0 ? .beginning : .within
    return LikenessBounds(isInRow ? most : .none, most, typed: typed)
  }
}
