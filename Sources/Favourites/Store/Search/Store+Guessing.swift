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
      found = try hits(
        of: .text(term), expression, upTo: terms.count == 1 ? Self.fewHits : Self.rankedLimit,
        compiler)
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

  /// How many favourites hold what a part of a query asks for, counted no further than a bound.
  ///
  /// For a prefix FTS5 gathers all that has a word which begins so before it gives the first. Where some of these words
  /// reach the bound, that tells as much.
  func hits(
    of part: Query, _ expression: SearchExpression, upTo bound: Int,
    _ compiler: borrowing SearchCompiler
  ) throws(StoreError) -> Int {
    let words = try part.prefixes.map { (term) throws(StoreError) in
      try phrases(beginningAs: term, compiler)
    }
    if !words.joined().isEmpty {
      let text = words.joined().joined(separator: " OR ")
      if try hits(SearchExpression(text: text, forms: []), upTo: bound) == bound { return bound }
    }
    return try hits(expression, upTo: bound)
  }

  /// Some words that begin as a term says, as FTS5 is asked for them.
  private func phrases(
    beginningAs term: TextTerm, _ compiler: borrowing SearchCompiler
  ) throws(StoreError) -> [String] {
    guard let beginning = compiler.word(of: term) else { return [] }
    let columns = term.field?.rawValue ?? SearchExpression.everywhere
    return try ([beginning] + words(beginningWith: beginning)).map { "\(columns) : \"\($0)\"" }
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
    return try nearer(term, word, &compiler)
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
    let hits =
      if let expression {
        try hits(
          of: .text(beginning), expression, upTo: inAnyCase ? 1 : Self.fewHits, compiler)
      } else { 0 }
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
  private func nearer(
    _ term: TextTerm, _ word: String, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    let near = try nearWords(word, alsoByEar: false)
    let least = try leastCost(of: near)
    var others: [TextTerm] = []
    try forEachOccurring(of: near) { (near) throws(StoreError) in
      let other = TextTerm(near.word, isPrefix: term.kind == .prefix, in: term.field)
      guard let expression = try compiler.expression(.text(other)) else { return true }
      // What is near occurs, but maybe not in the field that is meant.
      if term.field != nil, try !hasHits(expression) { return true }
      others.append(other)
      compiler.weigh(other, Self.weight(of: near, least))
      return others.count < Self.nearLimit
    }
    return others
  }

  /// How much a near word counts: of several, the likelier ones more.
  ///
  /// - Parameter least: the cost of the likeliest.
  static func weight(of near: NearWord, _ least: Int) -> Double {
    1 / (1 + Double(near.cost - least) / 4)
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

  /// The prefixes that are enough for it to hold.
  fileprivate var prefixes: [TextTerm] {
    switch self {
    case .text(let term): term.kind == .prefix ? [term] : []
    case .any(let parts): parts.flatMap(\.prefixes)
    case .all, .not, .tag, .category, .metadata, .date, .state: []
    }
  }

  /// The words of a query without its filters.
  fileprivate var textOnly: Query {
    guard case .all(let parts) = self else { return self }
    return Query.all(parts.filter { !$0.positiveTerms.isEmpty }).simplified
  }
}
