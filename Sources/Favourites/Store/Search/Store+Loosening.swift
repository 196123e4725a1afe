internal import SQLite

// Words that all occur, but nowhere together: one of them is taken for more than was typed, else the little words
// between them are left out, else all of them are taken for more.

/// A query whose words nothing holds together.
private struct Unmet {
  let typed: Query
  /// What is looked for in the place of words that nothing holds.
  let choices: [TextTerm: [TextTerm]]
  /// What could be looked for besides each word.
  var besides: [TextTerm: Others] = [:]

  /// The parts of the query beside some words of it; nil where one also stands inside a part, such as one of several
  /// that are enough.
  func others(than terms: [TextTerm]) -> [Query]? {
    guard case .all(let parts) = typed else { return nil }
    let others = parts.filter { part in !terms.contains { part == .text($0) } }
    guard !others.contains(where: { $0.positiveTerms.contains(where: terms.contains) }) else {
      return nil
    }
    return others.map { $0.replacing(choices) }
  }

  /// The query with other words for one.
  func query(with words: [TextTerm], for term: TextTerm) -> Query {
    typed.replacing(choices.merging([term: words]) { $1 })
  }
}

/// What could be looked for besides a word.
private struct Others {
  /// Words that begin with it or have it inside, the shortest first.
  var wider: [TextTerm]
  /// Words that it could have been meant for, the likeliest first, equals in no order yet.
  var near: [NearWord]
  let field: TextTerm.Field?

  var words: [TextTerm] { wider + near.map(term) }

  func term(_ near: NearWord) -> TextTerm { TextTerm(near.word, in: field) }

  /// Those that are among some.
  func only(_ words: [TextTerm]) -> Others {
    Others(
      wider: wider.filter(words.contains), near: near.filter { words.contains(term($0)) },
      field: field)
  }
}

extension Store {
  /// How many words of a query are looked at.
  private static let mostTerms = 8

  /// The query loosened where nothing holds all of its words; the same where that does not help.
  ///
  /// - Parameter query: the typed one with the `choices`.
  func loosened(
    _ typed: Query, _ choices: [TextTerm: [TextTerm]], _ query: Query,
    _ compiler: inout SearchCompiler, _ guesses: inout Guesses
  ) throws(StoreError) -> Query {
    let terms = typed.positiveTerms.filter { !guesses.besides.contains($0) && $0.kind == .word }
    guard case .all = typed, terms.count <= Self.mostTerms else { return query }
    guard let together = try together(query, &compiler) else { return query }
    let found = try hits(together, upTo: Self.rankedLimit + 1)
    // A page that says of how many it is the first asks for the same again.
    if found <= Self.rankedLimit { guesses.counted = (together.text, found) }
    guard found == 0 else { return query }
    var unmet = Unmet(typed: typed, choices: choices)
    for term in terms {
      if let query = try loosened(term, &unmet, &compiler, &guesses) { return query }
    }
    if let query = try withoutLittleWords(unmet, &compiler, &guesses) { return query }
    return try withOthersForAll(unmet, &compiler, &guesses) ?? query
  }

  /// The query with others besides each of its words; nil where that does not help.
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

  /// What could be looked for besides the words, all of which are taken for more: without what no hit has, where there
  /// are few hits; nil where there are none.
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

  /// The query with those words for one of it that occur with the others: words that begin with it, have it inside, or
  /// are spelled or sound nearly so.
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
    // Only those that are of use are put in order: that takes counting them.
    let useful = try ordered(others.only(found))
    guesses.tell(term, useful, unmet.choices)
    guesses.besides += useful.dropFirst()
    return unmet.query(with: useful, for: term)
  }

  /// The words that occur, in the order in which they are told and looked for.
  private func ordered(_ others: Others) throws(StoreError) -> [TextTerm] {
    var words = others.wider
    try forEachOccurring(of: others.near) { (near) throws(StoreError) in
      words.append(others.term(near))
      return true
    }
    return words
  }

  /// Those of some words that occur with the others.
  private func useful(
    _ words: [TextTerm], for term: TextTerm, _ unmet: Unmet, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    var left = words
    if let others = unmet.others(than: [term]) {
      // Each turn finds one at least, and as a rule nearly all.
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

  /// Which of some words the first hits have that have one of each choice, beside what else is asked for; and whether
  /// these were all hits. Nil where the index cannot tell.
  ///
  /// Each search opens what all of its words stand in, so that one for all of them costs far less than one for each.
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
      "SELECT favs_phrases(search) FROM search WHERE search MATCH ? LIMIT ?")
    hits.bind(SearchExpression.all(parts).text, at: 1)
    hits.bind(Self.mostHits, at: 2)
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

  /// How many hits are asked which words they have.
  private static let mostHits = 500

  /// The query without `of`, `the` and the like; nil where that does not help.
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

  /// Whether anything holds all words of a query.
  private func isHit(
    _ query: Query, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> Bool {
    guard let all = try together(query, &compiler) else { return true }
    return try hasHits(all)
  }

  /// What the index can answer of a query; nil where that is nothing.
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
  /// Tells of words in the place of one that nothing holds together with the others.
  fileprivate mutating func tell(
    _ term: TextTerm, _ used: [TextTerm], _ choices: [TextTerm: [TextTerm]]
  ) {
    corrections.removeAll { $0.typed == term.text }
    corrections.append(
      PreparedSearch.Correction(
        term.text, used, choices[term] == nil ? .notTogether : .notFound))
  }
}
