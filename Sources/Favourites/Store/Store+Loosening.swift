internal import SQLite

// Words that all occur, but nowhere together: one of them is taken for more than was typed, else the little words
// between them are left out, else all of them are taken for more.

/// A query whose words nothing holds together.
private struct Unmet {
  let typed: Query
  /// What is looked for in the place of words that nothing holds.
  let choices: [TextTerm: [TextTerm]]
  /// What could be looked for besides each word.
  var wider: [TextTerm: [TextTerm]] = [:]

  /// The parts of the query beside a word of it; nil where the word also stands inside a part, such as one of several
  /// that are enough.
  func others(than term: TextTerm) -> [Query]? {
    guard case .all(let parts) = typed else { return nil }
    let others = parts.filter { $0 != .text(term) }
    guard others.allSatisfy({ !$0.positiveTerms.contains(term) }) else { return nil }
    return others.map { $0.replacing(choices) }
  }

  /// The query with other words for one.
  func query(with words: [TextTerm], for term: TextTerm) -> Query {
    typed.replacing(choices.merging([term: words]) { $1 })
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
    let all = typed.replacing(choices.merging(unmet.wider) { $1 })
    guard try isHit(all, &compiler) else { return query }
    for term in terms {
      guard let words = unmet.wider[term] else { continue }
      guesses.tell(term, words.filter { $0 != term }, choices)
      guesses.besides += words.dropFirst()
    }
    return all
  }

  /// The query with those words for one of it that occur with the others: words that begin with it, have it inside, or
  /// are spelled or sound nearly so.
  private func loosened(
    _ term: TextTerm, _ unmet: inout Unmet, _ compiler: inout SearchCompiler,
    _ guesses: inout Guesses
  ) throws(StoreError) -> Query? {
    guard let word = compiler.word(of: term) else { return nil }
    var more = try wider(term, word, inAnyCase: true, &compiler)
    let near = try nearer(term, word, upTo: Self.mostAround, alsoByEar: true, &compiler)
    for other in near where !more.contains(other) { more.append(other) }
    guard !more.isEmpty else { return nil }
    unmet.wider[term] = (unmet.choices[term] ?? [term]) + more.prefix(Self.mostAround)
    let useful = try useful(more, for: term, unmet, &compiler)
    guard !useful.isEmpty else { return nil }
    guesses.tell(term, useful, unmet.choices)
    guesses.besides += useful.dropFirst()
    return unmet.query(with: useful, for: term)
  }

  /// Those of some words that occur with the others, where at least one does.
  ///
  /// Each search opens what all words of the query hold, so the hits of one tell which words they have. Where that does
  /// not tell all, the rest is looked for one by one.
  private func useful(
    _ words: [TextTerm], for term: TextTerm, _ unmet: Unmet, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    var isHeld = [Bool](repeating: false, count: words.count)
    var tellsAll = false
    if let others = unmet.others(than: term), let beside = try together(.all(others), &compiler) {
      tellsAll = try note(&isHeld, of: words, beside, &compiler)
    } else if try !isHit(unmet.query(with: words, for: term), &compiler) {
      return []
    }
    if !tellsAll {
      for index in words.indices where !isHeld[index] {
        isHeld[index] = try isHit(unmet.query(with: [words[index]], for: term), &compiler)
      }
    }
    return words.indices.filter { isHeld[$0] }.map { words[$0] }
  }

  /// Notes which words the first hits have that hold an expression beside; gives whether these were all hits.
  private func note(
    _ isHeld: inout [Bool], of words: [TextTerm], _ beside: SearchExpression,
    _ compiler: inout SearchCompiler
  ) throws(StoreError) -> Bool {
    var choice: [SearchExpression] = []
    for word in words {
      guard let expression = try compiler.expression(.text(word)) else { return false }
      choice.append(expression)
    }
    try translating { try connection.prepareForSearch() }
    let hits = try connection.query(
      "SELECT favs_phrases(search) FROM search WHERE search MATCH ? LIMIT ?")
    hits.bind(SearchExpression.all([beside, .any(choice)]).text, at: 1)
    hits.bind(Self.mostHits, at: 2)
    defer { hits.reset() }
    var count = 0
    while try hits.next() {
      count += 1
      let held = hits.bytes(0)
      var first = beside.forms.count
      for (index, expression) in choice.enumerated() {
        let phrases = first..<first + expression.forms.count
        first = phrases.upperBound
        guard !isHeld[index] else { continue }
        isHeld[index] = phrases.contains {
          $0 / 8 < held.count && held[$0 / 8] >> ($0 % 8) & 1 == 1
        }
      }
    }
    return count < Self.mostHits
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
