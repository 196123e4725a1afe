internal import SQLite

// Where words find nothing, or little: what is looked for in their place, or behind them.
//
// A word that nothing holds is taken as the beginning of words; behind those follow the words that have it inside.
// Else it is taken for the words that are spelled or sound most nearly so. Where few hold a word, those that have it
// inside follow if they are many, or the word is long. Each guess is kept, to be told.

/// What is looked for in the place of words, or besides them.
struct Guesses {
  /// What is to be told of it.
  var corrections: [PreparedSearch.Correction] = []
  /// What is neither typed nor the first in the place of something that was.
  var besides: [TextTerm] = []
  /// How many favourites an expression finds that was tried.
  var counted: (text: String, found: Int)?
  /// How many favourites hold words of the query by themselves, counted up to the number that is ranked.
  var held: [(text: String, found: Int)] = []
}

extension Store {
  /// Up to how many hits are few: a page of them.
  private static let fewHits = 20
  /// From how many letters on a word seldom stands inside another by chance.
  private static let long = 6
  /// How many near words are looked for in the place of one.
  private static let nearLimit = 4

  /// The query with what its words could have meant.
  func guessing(
    _ typed: Query, _ fuzziness: Fuzziness, _ compiler: inout SearchCompiler,
    _ guesses: inout Guesses
  ) throws(StoreError) -> Query {
    let terms = typed.positiveTerms.filter { !guesses.besides.contains($0) }
    var choices: [TextTerm: [TextTerm]] = [:]
    var found = 0
    for term in terms where term.kind != .phrase && choices[term] == nil {
      guard let expression = try compiler.expression(.text(term)) else { continue }
      if fuzziness != .always, try isBegun(term, &compiler) { continue }
      found = try hits(expression, upTo: terms.count == 1 ? Self.fewHits : Self.rankedLimit)
      if terms.count > 1 { guesses.held.append((expression.text, found)) }
      if found == 0 { try checkIndex() }
      guard found == 0 || fuzziness == .always else { continue }
      let others = try replacements(for: term, isFound: found > 0, &compiler)
      guard !others.isEmpty else { continue }
      guesses.corrections.append(PreparedSearch.Correction(term.text, others, .notFound))
      guesses.besides += found > 0 ? others : Array(others.dropFirst())
      choices[term] = (found > 0 ? [term] : []) + others
      found = 0
    }
    let query = typed.replacing(choices)
    guard fuzziness == .whereNothingIsFound else { return query }
    if terms.count > 1 { return try loosened(typed, choices, query, &compiler, &guesses) }
    guard found < Self.fewHits, let term = terms.first else { return query }
    return try followed(query, choices[term]?.first ?? term, &compiler, &guesses)
  }

  /// Whether a favourite has a word that begins like a prefix, as far as the vocabulary tells without the index, which
  /// would gather all that have any of them.
  private func isBegun(
    _ term: TextTerm, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> Bool {
    guard term.kind == .prefix, let beginning = compiler.word(of: term),
      let word = try firstWord(beginningWith: beginning),
      let expression = try compiler.expression(.text(TextTerm(word, in: term.field)))
    else { return false }
    return try hasHits(expression)
  }

  /// Whether the index holds the favourite that was added last: one that finds nothing may have lost all.
  ///
  /// - Throws: what a damaged index gives.
  private func checkIndex() throws(StoreError) {
    let last = try connection.query("SELECT id, category FROM favourite ORDER BY id DESC LIMIT 1")
    guard try last.next() else { return }
    let find = try connection.query("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?")
    find.bind(SearchExpression.places([last.integer(1)]).text, at: 1)
    find.bind(last.integer(0), at: 2)
    guard try find.next() else {
      throw .sqlite(
        SQLiteError(code: .corruptIndex, message: "the search index has lost favourites", sql: nil))
    }
  }

  /// What a term could have meant: the beginning of a word and what has it inside, else the nearest words.
  private func replacements(
    for term: TextTerm, isFound: Bool, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    guard let word = compiler.word(of: term) else { return [] }
    if !isFound, term.kind == .word {
      let wider = try wider(term, word, inAnyCase: false, &compiler)
      if wider.first?.kind == .prefix { return wider }
      let others = try soundSpelled(term, word, &compiler) + wider
      if !others.isEmpty { return others }
    }
    return try nearer(term, word, upTo: Self.nearLimit, alsoByEar: false, &compiler)
  }

  /// The term as the beginning of a word, and the words that have it inside.
  ///
  /// - Parameter inAnyCase: true for these also where a page of favourites has words that begin so, and however many hold
  ///   them: the other words of the query leave few.
  func wider(
    _ term: TextTerm, _ word: String, inAnyCase: Bool, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    let letters = word.unicodeScalars.count
    guard letters >= 2 else { return [] }
    let beginning = TextTerm(term.text, isPrefix: true, in: term.field)
    let expression = try compiler.expression(.text(beginning))
    let hits = if let expression { try hits(expression, upTo: Self.fewHits) } else { 0 }
    let isBeginning = hits > 0
    if !inAnyCase && hits >= Self.fewHits || isBeginning && letters == 2 { return [beginning] }
    var around =
      inAnyCase
      ? try wordsHolding(word, upTo: Self.mostAround).map { TextTerm($0, in: term.field) }
      : try wordsAround(word, in: term.field, &compiler)
    if isBeginning { around.removeAll { $0.text.hasBytePrefix(word) } }
    // What begins with it comes first; without such, what has it inside is all there is.
    weigh(around, word, isBeginning ? SearchCompiler.aroundWeight : 1, &compiler)
    return (isBeginning ? [beginning] : []) + around
  }

  /// Words count the more, the more of them was typed.
  private func weigh(
    _ words: [TextTerm], _ typed: String, _ weight: Double, _ compiler: inout SearchCompiler
  ) {
    let letters = Double(typed.unicodeScalars.count)
    for word in words {
      compiler.weigh(word, weight * letters / Double(max(1, word.text.unicodeScalars.count)))
    }
  }

  /// The words that occur and sound the same, written otherwise.
  private func soundSpelled(
    _ term: TextTerm, _ word: String, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    var found: [TextTerm] = []
    for other in SoundSpelling.others(of: word) where found.count < Self.nearLimit {
      guard try isInVocabulary(other) else { continue }
      let other = TextTerm(other, in: term.field)
      if let expression = try compiler.expression(.text(other)), try hasHits(expression) {
        found.append(other)
      }
    }
    return found
  }

  /// The words that are spelled or sound most nearly like one.
  func nearer(
    _ term: TextTerm, _ word: String, upTo most: Int, alsoByEar: Bool,
    _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    var others: [TextTerm] = []
    for (near, cost) in try nearWords(word, alsoByEar: alsoByEar) where others.count < most {
      let other = TextTerm(near, isPrefix: term.kind == .prefix, in: term.field)
      guard let expression = try compiler.expression(.text(other)) else { continue }
      // What is near occurs, but maybe not in the field that is meant.
      if term.field != nil, try !hasHits(expression) { continue }
      others.append(other)
      // Of several, the likelier ones count more.
      compiler.weigh(other, 1 / (1 + Double(cost) / 4))
    }
    return others
  }

  // MARK: What has a word inside

  /// The query with the words behind it that have a word of it inside: where those that hold them are many, or where
  /// the word is long.
  private func followed(
    _ query: Query, _ term: TextTerm, _ compiler: inout SearchCompiler, _ guesses: inout Guesses
  ) throws(StoreError) -> Query {
    guard term.kind == .word, let word = compiler.word(of: term) else { return query }
    let letters = word.unicodeScalars.count
    guard letters > 2, let found = try compiler.expression(query.textOnly) else { return query }
    let known = compiler.forms(of: term).flatMap(\.tokens)
    let around = try wordsAround(word, in: term.field, &compiler)
      .filter { !known.contains($0.text) && !query.positiveTerms.contains($0) }
    guard !around.isEmpty, let others = try compiler.expression(.any(around.map { .text($0) }))
    else { return query }
    let more = try hits(others.excluding(found), upTo: Self.fewHits)
    guard more >= (letters >= Self.long ? 1 : Self.fewHits) else { return query }
    weigh(around, word, SearchCompiler.aroundWeight, &compiler)
    guesses.besides += around
    guesses.corrections.append(PreparedSearch.Correction(term.text, around, .inside))
    return query.replacing([term: [term] + around])
  }

  /// The words that occur and have another inside, the shortest first: so many that all of their hits are ranked.
  private func wordsAround(
    _ word: String, in field: TextTerm.Field?, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    var found: [TextTerm] = []
    var left = Self.rankedLimit - Self.fewHits
    for other in try wordsHolding(word, upTo: Self.mostAround * 4)
    where found.count < Self.mostAround {
      let other = TextTerm(other, in: field)
      guard let expression = try compiler.expression(.text(other)) else { continue }
      let hits = try hits(expression, upTo: left + 1)
      if hits == 0 { continue }
      // The first is taken in any case.
      guard hits <= left || found.isEmpty else { break }
      left -= hits
      found.append(other)
    }
    return found
  }

  /// The words of the vocabulary that have another inside, the shortest first.
  private func wordsHolding(_ word: String, upTo most: Int) throws(StoreError) -> [String] {
    var words: [String] = []
    try forEachWord(holding: word, among: Self.mostRuns) { (other) throws(StoreError) in
      words.append(other)
      return words.count < most
    }
    return words
  }

  /// How many runs of the vocabulary are gone through: half a million words and more, in a few milliseconds.
  private static let mostRuns = 6_000

  /// How many words are taken that have another inside.
  static let mostAround = 50
}

extension Query {
  /// The query with others for some of its terms.
  func replacing(_ choices: [TextTerm: [TextTerm]]) -> Query {
    guard !choices.isEmpty else { return self }
    return mapPositiveTerms { term in
      choices[term].map { others in Query.any(others.map { .text($0) }) } ?? .text(term)
    }
  }

  /// The words of a query without its filters.
  fileprivate var textOnly: Query {
    guard case .all(let parts) = self else { return self }
    return Query.all(parts.filter { !$0.positiveTerms.isEmpty }).simplified
  }
}
