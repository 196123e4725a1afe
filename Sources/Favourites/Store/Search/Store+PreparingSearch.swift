internal import SQLite

// From a query to its execution: an FTS5 expression for its words, SQL for the rest.

extension Store {
  /// The names of metadata in use, case-folded: one seek for each, however many favourites there
  /// are.
  ///
  /// - Throws: damage if the names are out of order, which could loop forever.
  package func metadataKeys() throws(StoreError) -> Set<String> {
    let next = try connection.query("SELECT min(name) FROM attribute WHERE name > ?")
    var keys: Set<String> = []
    var last = ""
    while true {
      next.reset()
      next.bind(last)
      guard try next.next(), let name = next.textOrNil(0) else { return keys }
      guard last.utf8.lexicographicallyPrecedes(name.utf8) else {
        throw .damage("the names of metadata are out of order")
      }
      keys.insert(name)
      last = name
    }
  }

  /// Prepares a query to be run.
  ///
  /// If the index is damaged, the query is prepared without it: see `PreparedSearch.isUnindexed`.
  /// - Parameters:
  ///   - begun: a word of it that is still being typed and may continue.
  ///   - isUnindexed: true to do without the index.
  package mutating func prepare(
    _ query: Query, _ fuzziness: Fuzziness = .whereNothingIsFound, begun: TextTerm? = nil,
    isUnindexed: Bool = false
  ) throws(StoreError) -> PreparedSearch {
    do throws(StoreError) {
      return try made(ready: query, fuzziness, begun: begun, isUnindexed: isUnindexed)
    } catch .sqlite(let error) where error.isOfIndex {
      isSearchDamaged = true
      return try made(ready: query, .never, isUnindexed: true)
    }
  }

  private mutating func made(
    ready query: Query, _ fuzziness: Fuzziness, begun: TextTerm? = nil, isUnindexed: Bool
  ) throws(StoreError) -> PreparedSearch {
    if isUnindexed { isSearchDamaged = true }
    var search = PreparedSearch()
    search.isUnindexed = isUnindexed
    var compiler = try SearchCompiler.make(self, isUnindexed: isUnindexed)
    var query = query
    var guesses = Guesses()
    if !isUnindexed {
      if let begun { query = try goingOn(from: begun, in: query, &compiler, &guesses.besides) }
      query = try joiningPairs(in: query, &compiler, &guesses.besides)
      compiler.use(try splits(of: query.terms, compiler))
      if fuzziness != .never { query = try guessing(query, fuzziness, &compiler, &guesses) }
    }
    search.corrections = guesses.corrections
    search.query = query
    search.terms = query.positiveTerms.filter { !guesses.besides.contains($0) }
    let parts = query.parts
    var found: [SearchExpression] = []
    var asked: [Query] = []
    var excluded: [SearchExpression] = []
    var titles: [SearchExpression] = []
    for part in parts {
      if let expression = try compiler.expression(part) {
        found.append(expression)
        asked.append(part)
        // A title does not match what is searched for in another field.
        if part.positiveTerms.allSatisfy({ $0.field == nil || $0.field == .title }),
          let title = try compiler.expression(part, inTitle: true)
        {
          titles.append(title)
        }
      } else if case .not(let inner) = part, let expression = try compiler.expression(inner) {
        excluded.append(expression)
      } else {
        search.conditions.append(try compiler.condition(part))
      }
    }
    search.tokens = search.terms.flatMap { compiler.tokens(of: $0) }
    // The words of other fields are not in the title.
    if asked.count == parts.count(where: { !$0.positiveTerms.isEmpty }),
      search.terms.allSatisfy({ $0.field == nil || $0.field == .title })
    {
      let lengths = asked.compactMap { part -> Int? in
        guard case .text(let term) = part else { return nil }
        return compiler.tokens(of: term).count
      }
      Self.place(lengths, of: search.tokens.count, in: &found)
      if titles.count == found.count {
        Self.place(lengths, of: search.tokens.count, in: &titles)
      }
    }
    if found.count > 1 {
      // A word that few contain is more significant: its inverse document frequency, counted up to
      // a bound.
      let all = Double(try count(Selection()))
      for index in found.indices {
        let known = guesses.held.first { $0.text == found[index].text }?.found
        let holding =
          if let known { Double(known) } else {
            Double(
              try hits(of: asked[index], found[index], upTo: Self.rankedLimit, compiler))
          }
        let weight = (1 + (max(all, holding) - holding + 0.5) / (holding + 0.5)).naturalLogarithm
        for form in found[index].forms.indices { found[index].forms[form].weight *= weight }
      }
    }
    if found.isEmpty {
      for expression in excluded {
        let test = Fragment(sql: "NOT ") + SearchCompiler.test(expression)
        search.conditions.append(Condition(test: test))
      }
    } else {
      var match = SearchExpression.all(found)
      var title = titles.count == found.count ? SearchExpression.all(titles) : nil
      if !excluded.isEmpty {
        let others = SearchExpression.any(excluded)
        match = match.excluding(others)
        title = title?.excluding(others)
      }
      search.match = match
      if let counted = guesses.counted, counted.text == match.text { search.found = counted.found }
      search.titleMatch = title
      search.hasTitlesInPass =
        parts.allSatisfy(\.isWord) && query.positiveTerms.contains { $0.kind != .word }
    }
    search.marks = compiler.marks(of: query)
    return search
  }

  /// Notes in expressions which of their phrases was typed, and where in the whole of it.
  ///
  /// - Parameters:
  ///   - lengths: how many words each of them was made of; fewer numbers if that is not known of
  ///     some.
  ///   - typed: the number of words that were typed.
  private static func place(
    _ lengths: [Int], of typed: Int, in expressions: inout [SearchExpression]
  ) {
    if lengths.count == expressions.count, lengths.reduce(0, +) == typed {
      var start = 0
      for (index, length) in lengths.enumerated() where length > 0 {
        expressions[index].forms[0].start = start
        expressions[index].forms[0].isTyped = true
        start += length
      }
    } else if typed == 1 {
      // Any of its forms may be it.
      for index in expressions.indices {
        for form in expressions[index].forms.indices
        where expressions[index].forms[form].weight > 0 {
          expressions[index].forms[form].start = 0
        }
      }
    }
  }

  /// A tokenizer with the index's settings.
  func tokenizer() throws(StoreError) -> Tokenizer {
    do {
      return try Tokenizer.make(connection)
    } catch {
      throw .sqlite(error)
    }
  }

  // MARK: Words that are still being typed

  /// The query with a word also found by words that continue it.
  ///
  /// - Parameter besides: the additional terms.
  private func goingOn(
    from begun: TextTerm, in query: Query, _ compiler: inout SearchCompiler,
    _ besides: inout [TextTerm]
  ) throws(StoreError) -> Query {
    let tokens = compiler.tokens(of: begun)
    guard tokens.count > 1 else {
      if let word = tokens.first {
        compiler.use(begun: word, goingOnAs: try words(beginningWith: word))
      }
      return query
    }
    // Several words in one, such as `zero-down`: few continue all of them, but many continue a
    // letter or two.
    guard tokens[tokens.count - 1].unicodeScalars.count > 2 else { return query }
    let beginning = TextTerm(begun.text, isPrefix: true, in: begun.field)
    besides.append(beginning)
    return query.mapPositiveTerms { term in
      term == begun ? .any([.text(term), .text(beginning)]) : .text(term)
    }
  }

  // MARK: Words that occur joined, or apart

  /// The query with two adjacent words also found as one, if that occurs: `wi fi` as `wifi`.
  ///
  /// - Parameter joined: the additional terms.
  private func joiningPairs(
    in query: Query, _ compiler: inout SearchCompiler, _ joined: inout [TextTerm]
  ) throws(StoreError) -> Query {
    let parts: [Query]
    switch query {
    case .all(let all): parts = all
    case .any(let others):
      var found: [Query] = []
      for part in others { found.append(try joiningPairs(in: part, &compiler, &joined)) }
      return Query.any(found).simplified
    case .not(let part):
      return Query.not(try joiningPairs(in: part, &compiler, &joined)).simplified
    case .text, .test: return query
    }
    var found: [Query] = []
    var index = 0
    while index < parts.count {
      if index + 1 < parts.count, index < Self.mostPairs,
        let pair = Self.joined(parts[index], parts[index + 1], compiler),
        try hasHits(.words(compiler.forms(of: pair).map(\.phrase)))
      {
        joined.append(pair)
        found.append(.any([.all([parts[index], parts[index + 1]]), .text(pair)]))
        index += 2
      } else {
        found.append(try joiningPairs(in: parts[index], &compiler, &joined))
        index += 1
      }
    }
    return Query.all(found).simplified
  }

  /// Up to which word of a query pairs are tried.
  private static let mostPairs = 8

  /// Two words as one; nil unless they are two words of the same field.
  private static func joined(
    _ first: Query, _ second: Query, _ compiler: borrowing SearchCompiler
  ) -> TextTerm? {
    guard case .text(let first) = first, case .text(let second) = second, first.kind == .word,
      second.kind == .word, first.field == second.field
    else { return nil }
    let tokens = compiler.tokens(of: first) + compiler.tokens(of: second)
    let joined = TextTerm(tokens.joined(), in: first.field)
    guard tokens.count == 2, joined.text.unicodeScalars.count <= WordScanner.lengths.upperBound,
      compiler.tokens(of: joined).count == 1
    else { return nil }
    return joined
  }

  /// The words that also occur as two, one after the other: `wifi` as `wi fi`.
  private func splits(
    of terms: [TextTerm], _ compiler: borrowing SearchCompiler
  ) throws(StoreError) -> [(word: String, parts: [String])] {
    var splits: [(word: String, parts: [String])] = []
    for term in terms.prefix(Self.mostPairs) where term.kind == .word {
      let tokens = compiler.tokens(of: term)
      guard tokens.count == 1, WordScanner.isKept(tokens[0]) else { continue }
      let pairs = try pairs(of: tokens[0])
      // Most words never occur in two parts: one query finds out.
      guard !pairs.isEmpty, try hasHits(.words(pairs.map { WordForm($0).phrase })) else { continue }
      var found = 0
      for pair in pairs where found < Self.mostSplits {
        guard try hasHits(.words([WordForm(pair).phrase])) else { continue }
        splits.append((tokens[0], pair))
        found += 1
      }
    }
    return splits
  }

  /// In how many ways a word is split.
  private static let mostSplits = 3

  /// The ways to split a word in two, except where one part is known not to occur.
  private func pairs(of word: String) throws(StoreError) -> [[String]] {
    var pairs: [[String]] = []
    var cut = word.unicodeScalars.index(after: word.unicodeScalars.startIndex)
    while cut < word.unicodeScalars.endIndex {
      let pair = [String(word.unicodeScalars[..<cut]), String(word.unicodeScalars[cut...])]
      cut = word.unicodeScalars.index(after: cut)
      var mayOccur = true
      for part in pair where mayOccur { mayOccur = try self.mayOccur(part) }
      if mayOccur { pairs.append(pair) }
    }
    return pairs
  }
}

extension Query {
  /// The parts that all have to match.
  var parts: [Query] { if case .all(let parts) = self { parts } else { [self] } }

  /// Whether it is a word or phrase, one of several alternatives, an exclusion, or a filter without
  /// words.
  fileprivate var isWord: Bool {
    switch self {
    case .text, .not, .test: true
    case .any(let parts): parts.allSatisfy { if case .text = $0 { true } else { false } }
    case .all: false
    }
  }
}
