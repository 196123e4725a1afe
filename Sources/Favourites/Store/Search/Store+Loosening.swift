internal import SQLite

// Loosening: where all words occur, but never together, one of them is widened, or else the little
// words between them are left out, or else all of them are widened.

/// A query whose words never occur together.
private struct Unmet {
  let typed: Query
  /// The replacements of words that nothing contains.
  let choices: [TextTerm: [TextTerm]]
  /// What could be searched for in addition to each word.
  var besides: [TextTerm: Others] = [:]

  /// The parts of the query other than some words of it; nil if one of these words is also inside a
  /// part, such as an alternative.
  func others(than terms: [TextTerm]) -> [Query]? {
    guard case .all(let parts) = typed else { return nil }
    let others = parts.filter { part in !terms.contains { part == .text($0) } }
    guard !others.contains(where: { $0.positiveTerms.contains(where: terms.contains) }) else {
      return nil
    }
    return others.map { $0.replacing(choices) }
  }

  /// The query with one term replaced by others.
  func query(with words: [TextTerm], for term: TextTerm) -> Query {
    typed.replacing(choices.merging([term: words]) { $1 })
  }
}

/// What could be searched for in addition to a word.
private struct Others {
  /// Words that begin with it or contain it, the shortest first.
  var wider: [TextTerm]
  /// Words that it could have been meant for, the likeliest first, ties still unordered.
  var near: [NearWord]
  let field: TextTerm.Field?

  var words: [TextTerm] { wider + near.map(term) }

  func term(_ near: NearWord) -> TextTerm { TextTerm(near.word, in: field) }

  /// The others, limited to certain words.
  func only(_ words: [TextTerm]) -> Others {
    Others(
      wider: wider.filter(words.contains), near: near.filter { words.contains(term($0)) },
      field: field)
  }
}

extension Store {
  /// How many words of a query are considered.
  private static let mostTerms = 8

  /// The query loosened, if nothing contains all of its words; unchanged if that does not help.
  ///
  /// - Parameter query: the typed query with the `choices` applied.
  func loosened(
    _ typed: Query, _ choices: [TextTerm: [TextTerm]], _ query: Query,
    _ compiler: inout SearchCompiler, _ guesses: inout Guesses
  ) throws(StoreError) -> Query {
    let terms = typed.positiveTerms.filter { !guesses.besides.contains($0) && $0.kind == .word }
    guard case .all = typed, terms.count <= Self.mostTerms else { return query }
    guard let together = try together(query, &compiler) else { return query }
    let found = try hits(together, upTo: Self.rankedLimit + 1)
    // A page that reports the number of hits asks for the same count again.
    if found <= Self.rankedLimit { guesses.counted = (together.text, found) }
    guard found == 0 else { return query }
    var unmet = Unmet(typed: typed, choices: choices)
    for term in terms {
      if let query = try loosened(term, &unmet, &compiler, &guesses) { return query }
    }
    if let query = try withoutLittleWords(unmet, &compiler, &guesses) { return query }
    return try withOthersForAll(unmet, &compiler, &guesses) ?? query
  }

  /// The query with each of its words widened; nil if that does not help.
  private func withOthersForAll(
    _ unmet: Unmet, _ compiler: inout SearchCompiler, _ guesses: inout Guesses
  ) throws(StoreError) -> Query? {
    guard !unmet.besides.isEmpty, let besides = try useful(unmet, &compiler) else { return nil }
    var words: [TextTerm: [TextTerm]] = [:]
    for (term, others) in besides where !others.words.isEmpty {
      let all = (unmet.choices[term] ?? [term]) + (try ordered(others).prefix(Self.mostAround))
      words[term] = all
      guesses.tell(term, all.filter { $0 != term }, unmet.choices)
      guesses.besides += all.dropFirst()
    }
    return unmet.typed.replacing(unmet.choices.merging(words) { $1 })
  }

  /// The additions that help when all words are widened: if there are few hits, without words that
  /// no hit has; nil if there are no hits.
  private func useful(
    _ unmet: Unmet, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [(term: TextTerm, others: Others)]? {
    let besides = unmet.typed.positiveTerms.compactMap { term in
      unmet.besides[term].map { (term: term, others: $0) }
    }
    let choices = besides.map { (unmet.choices[$0.term] ?? [$0.term]) + $0.others.words }
    if let others = unmet.others(than: besides.map(\.term)),
      let (held, isAll) = try held(choices, beside: others, &compiler)
    {
      guard !held[0].isEmpty else { return nil }
      return isAll ? zip(besides, held).map { ($0.term, $0.others.only($1)) } : besides
    }
    let words = Dictionary(zip(besides.map(\.term), choices)) { first, _ in first }
    let all = unmet.typed.replacing(unmet.choices.merging(words) { $1 })
    return try isHit(all, &compiler) ? besides : nil
  }

  /// The query with one word replaced by those that occur with the others: words that begin with
  /// it, contain it, or are close in spelling or sound.
  private func loosened(
    _ term: TextTerm, _ unmet: inout Unmet, _ compiler: inout SearchCompiler,
    _ guesses: inout Guesses
  ) throws(StoreError) -> Query? {
    guard let word = compiler.word(of: term) else { return nil }
    let near = try nearWords(word, alsoByEar: true)
    let least = try leastCost(of: near)
    var others = Others(
      wider: try wider(term, word, inAnyCase: true, &compiler), near: [], field: term.field)
    for near in near where !others.wider.contains(others.term(near)) {
      others.near.append(near)
      compiler.weigh(others.term(near), Self.weight(of: near, least))
    }
    guard !others.words.isEmpty else { return nil }
    unmet.besides[term] = others
    let found = try useful(others.words, for: term, unmet, &compiler)
    guard !found.isEmpty else { return nil }
    // Only the useful ones are ordered: that requires counting them.
    let useful = try ordered(others.only(found))
    guesses.tell(term, useful, unmet.choices)
    guesses.besides += useful.dropFirst()
    return unmet.query(with: useful, for: term)
  }

  /// The words that occur, in the order in which they are reported and searched for.
  private func ordered(_ others: Others) throws(StoreError) -> [TextTerm] {
    var words = others.wider
    try forEachOccurring(of: others.near) { (near) throws(StoreError) in
      words.append(others.term(near))
      return true
    }
    return words
  }

  /// The words that occur together with the others.
  private func useful(
    _ words: [TextTerm], for term: TextTerm, _ unmet: Unmet, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    var left = words
    if let others = unmet.others(than: [term]) {
      // Each round finds at least one, and usually nearly all.
      while !left.isEmpty, let (held, isAll) = try held([left], beside: others, &compiler) {
        left.removeAll { held[0].contains($0) }
        if isAll { return words.filter { !left.contains($0) } }
        if held[0].isEmpty { break }
      }
    }
    var useful = words.filter { !left.contains($0) }
    for word in left where try isHit(unmet.query(with: [word], for: term), &compiler) {
      useful.append(word)
    }
    return words.filter(useful.contains)
  }

  /// Which words occur in the first hits that match one of each choice and the rest of the query;
  /// and whether these were all hits. Nil if the index cannot tell.
  ///
  /// Each search opens everything that its words occur in, so one search for all words is far
  /// cheaper than one for each.
  private func held(
    _ choices: [[TextTerm]], beside others: [Query], _ compiler: inout SearchCompiler
  ) throws(StoreError) -> (words: [[TextTerm]], isAll: Bool)? {
    var parts: [SearchExpression] = []
    if let beside = try together(.all(others), &compiler) { parts.append(beside) }
    var places: [(phrases: Range<Int>, choice: Int, word: TextTerm)] = []
    var first = parts.first?.forms.count ?? 0
    for (index, words) in choices.enumerated() {
      var any: [SearchExpression] = []
      for word in words {
        guard let expression = try compiler.expression(.text(word)) else { return nil }
        places.append((first..<first + expression.forms.count, index, word))
        first += expression.forms.count
        any.append(expression)
      }
      parts.append(.any(any))
    }
    try translating { try connection.prepareForSearch() }
    let hits = try connection.query(
      "SELECT favs_phrases(search) FROM search WHERE search MATCH ? LIMIT ?",
      SearchExpression.all(parts).text, Self.mostHits)
    defer { hits.reset() }
    var count = 0
    var words = [[TextTerm]](repeating: [], count: choices.count)
    while try hits.next() {
      count += 1
      let phrases = hits.bytes(0)
      places.removeAll { place in
        let isHeld = place.phrases.contains {
          $0 / 8 < phrases.count && phrases[$0 / 8] >> ($0 % 8) & 1 == 1
        }
        if isHeld { words[place.choice].append(place.word) }
        return isHeld
      }
    }
    return (words, count < Self.mostHits)
  }

  /// How many hits are checked for the words they contain.
  private static let mostHits = 500

  /// The query without `of`, `the` and the like; nil if that does not help.
  private func withoutLittleWords(
    _ unmet: Unmet, _ compiler: inout SearchCompiler, _ guesses: inout Guesses
  ) throws(StoreError) -> Query? {
    guard case .all(let parts) = unmet.typed else { return nil }
    var little: [TextTerm] = []
    var others: [Query] = []
    for part in parts {
      if case .text(let term) = part, LittleWords.all.contains(term.text.nameKey) {
        little.append(term)
      } else {
        others.append(part)
      }
    }
    guard !little.isEmpty, !others.isEmpty else { return nil }
    let shorter = Query.all(others).simplified
    var told = guesses
    let query = try loosened(
      shorter, unmet.choices, shorter.replacing(unmet.choices), &compiler, &told)
    guard try isHit(query, &compiler) else { return nil }
    guesses = told
    for term in little { guesses.tell(term, [], unmet.choices) }
    return query
  }

  /// Whether anything contains all words of a query.
  private func isHit(
    _ query: Query, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> Bool {
    guard let all = try together(query, &compiler) else { return true }
    return try hasHits(all)
  }

  /// The part of a query that the index can answer; nil for none.
  private func together(
    _ query: Query, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> SearchExpression? {
    let parts: [Query] = if case .all(let parts) = query { parts } else { [query] }
    var found: [SearchExpression] = []
    for part in parts {
      if let expression = try compiler.expression(part) { found.append(expression) }
    }
    return found.isEmpty ? nil : .all(found)
  }
}

extension Guesses {
  /// Reports replacements for a word that never occurs together with the others.
  fileprivate mutating func tell(
    _ term: TextTerm, _ used: [TextTerm], _ choices: [TextTerm: [TextTerm]]
  ) {
    corrections.removeAll { $0.typed == term.text }
    corrections.append(
      PreparedSearch.Correction(
        term.text, used, choices[term] == nil ? .notTogether : .notFound))
  }
}
