internal import SQLite

// Guesses: what is searched for instead of words that find nothing, or in addition to words that
// find little.
//
// A word that nothing contains is taken as the beginning of words, followed by words that contain
// it; otherwise for the words closest in spelling or sound. If few favourites contain a word, words
// that contain it follow, provided they are many or the word is long. Each guess is recorded, to be
// reported.

/// What is searched for instead of words, or in addition to them.
struct Guesses {
  /// The corrections to report.
  var corrections: [PreparedSearch.Correction] = []
  /// Terms that were neither typed nor the first replacement of one that was.
  var besides: [TextTerm] = []
  /// The number of favourites found by an expression that was tried.
  var counted: (text: String, found: Int)?
  /// The number of favourites that contain words of the query by themselves, counted up to the
  /// number that is ranked.
  var held: [(text: String, found: Int)] = []
}

extension Store {
  /// Up to how many hits count as few: one page.
  private static let fewHits = 20
  /// From how many letters on a word is seldom inside another by chance.
  private static let long = 6
  /// The weight of near words beside a word that is found: a hit of it comes first wherever it is.
  private static let besideFound = 1e-3
  /// How many near words replace one word.
  private static let nearLimit = 4

  /// The query extended by what its words could have meant.
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
    guard fuzziness != .never else { return query }
    if terms.count > 1 { return try loosened(typed, choices, query, &compiler, &guesses) }
    guard fuzziness == .whereNothingIsFound else { return query }
    guard found < Self.fewHits, let term = terms.first else { return query }
    return try followed(query, choices[term]?.first ?? term, &compiler, &guesses)
  }

  /// The number of favourites that match a part of a query, counted up to a bound.
  ///
  /// For a prefix, FTS5 gathers all rows with a matching word before it returns the first. If some
  /// of these words reach the bound, that is enough.
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

  /// Some words that begin with a term, as phrases for FTS5.
  private func phrases(
    beginningAs term: TextTerm, _ compiler: borrowing SearchCompiler
  ) throws(StoreError) -> [String] {
    guard let beginning = compiler.word(of: term) else { return [] }
    let columns = term.field?.rawValue ?? SearchExpression.everywhere
    return try ([beginning] + words(beginningWith: beginning)).map { "\(columns) : \"\($0)\"" }
  }

  /// Checks that the index holds the last favourite added: if it finds nothing, it may have lost
  /// everything.
  ///
  /// - Throws: the error of a damaged index.
  private func checkIndex() throws(StoreError) {
    let last = try connection.query("SELECT id, category FROM favourite ORDER BY id DESC LIMIT 1")
    guard try last.next() else { return }
    let find = try connection.query(
      "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?",
      SearchExpression.inCategories([last.integer(1)]).text, last.integer(0))
    guard try find.next() else {
      throw .sqlite(
        SQLiteError(code: .corruptIndex, message: "the search index has lost favourites", sql: nil))
    }
  }

  /// What a term could have meant: the beginning of a word and words that contain it, otherwise the
  /// nearest words.
  private func replacements(
    for term: TextTerm, isFound: Bool, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    if !isFound {
      let others = try respelled(term, &compiler)
      if !others.isEmpty { return others }
    }
    guard let word = compiler.word(of: term) else {
      // `data-sci`, `192.168.178.2`: the last part may be unfinished.
      let beginning = TextTerm(term.text, isPrefix: true, in: term.field)
      if !isFound, term.kind == .word, let expression = try compiler.expression(.text(beginning)),
        try hasHits(expression)
      {
        return [beginning]
      }
      // A slip in a word with a sign in it, such as `spider-mna`, is looked for without the sign.
      guard let joined = compiler.joined(term) else { return [] }
      return try nearer(term, joined, isFound: isFound, &compiler)
    }
    if !isFound, term.kind == .word {
      let wider = try wider(term, word, inAnyCase: false, &compiler)
      if wider.first?.kind == .prefix { return wider }
      let others = try soundSpelled(term, word, &compiler) + wider
      if !others.isEmpty { return others }
      let further = try respelledFurther(term, word, &compiler)
      if !further.isEmpty { return further }
    }
    return try nearer(term, word, isFound: isFound, &compiler)
  }

  /// The term as the beginning of a word, and the words that contain it.
  ///
  /// - Parameter inAnyCase: true to include the latter even if a page of favourites matches the
  ///   beginning, and however many contain them: the other words of the query leave few.
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
    // Words that begin with it come first; if there are none, those that contain it are all there
    // is.
    weigh(around, word, isBeginning ? SearchCompiler.aroundWeight : 1, &compiler)
    return (isBeginning ? [beginning] : []) + around
  }

  /// Weighs words by how much of them was typed.
  private func weigh(
    _ words: [TextTerm], _ typed: String, _ weight: Double, _ compiler: inout SearchCompiler
  ) {
    let letters = Double(typed.unicodeScalars.count)
    for word in words {
      compiler.weigh(word, weight * letters / Double(max(1, word.text.unicodeScalars.count)))
    }
  }

  /// The words in use that sound the same but are spelled differently.
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

  /// The words closest to one in spelling or sound; they count for less if the word itself is
  /// found.
  private func nearer(
    _ term: TextTerm, _ word: String, isFound: Bool, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    let near = try nearWords(
      word, alsoByEar: false, names: term.field == nil ? compiler.wordsOfCategories() : [])
    let least = try leastCost(of: near)
    var others: [TextTerm] = []
    try forEachOccurring(of: near) { (near) throws(StoreError) in
      let other = TextTerm(near.word, isPrefix: term.kind == .prefix, in: term.field)
      guard let expression = try compiler.expression(.text(other)) else { return true }
      // The near word occurs, but perhaps not in the field asked for, or in an empty category.
      if term.field != nil || near.isOfCategory, try !hasHits(expression) { return true }
      others.append(other)
      compiler.weigh(other, Self.weight(of: near, least) * (isFound ? Self.besideFound : 1))
      return others.count < Self.nearLimit
    }
    return others
  }

  /// The weight of a near word: among several, likelier ones get more.
  ///
  /// - Parameter least: the cost of the likeliest.
  static func weight(of near: NearWord, _ least: Int) -> Double {
    1 / (1 + Double(near.cost - least) / 4)
  }

  // MARK: What has a word inside

  /// The query followed by words that contain one of its words: if many favourites contain them, or
  /// if the word is long.
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

  /// The words in use that contain another, the shortest first: as many as can have all their hits
  /// ranked.
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
      // The first is always taken.
      guard hits <= left || found.isEmpty else { break }
      left -= hits
      found.append(other)
    }
    return found
  }

  /// The words of the vocabulary that contain another, the shortest first.
  private func wordsHolding(_ word: String, upTo most: Int) throws(StoreError) -> [String] {
    var words: [String] = []
    try forEachWord(holding: word, among: Self.mostRuns) { (other) throws(StoreError) in
      words.append(other)
      return words.count < most
    }
    return words
  }

  /// How many runs of the vocabulary are scanned: half a million words or more, in a few
  /// milliseconds.
  private static let mostRuns = 6_000

  /// The greatest number of words containing another.
  static let mostAround = 50
}

extension Query {
  /// The query with some of its terms replaced.
  func replacing(_ choices: [TextTerm: [TextTerm]]) -> Query {
    guard !choices.isEmpty else { return self }
    return mapPositiveTerms { term in
      choices[term].map { others in Query.any(others.map { .text($0) }) } ?? .text(term)
    }
  }

  /// The prefixes any of which is enough to match it.
  fileprivate var prefixes: [TextTerm] {
    switch self {
    case .text(let term): term.kind == .prefix ? [term] : []
    case .any(let parts): parts.flatMap(\.prefixes)
    case .all, .not, .test: []
    }
  }

  /// The words of a query without its filters.
  fileprivate var textOnly: Query {
    guard case .all(let parts) = self else { return self }
    return Query.all(parts.filter { !$0.positiveTerms.isEmpty }).simplified
  }
}
