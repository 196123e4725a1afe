internal import SQLite

// From a query to what is run: FTS5's expression for its words, SQL for the rest.

extension Store {
  /// The names of metadata in use, sorted: a jump for each, however many favourites there are.
  package func metadataKeys() throws(StoreError) -> Set<String> {
    let next = try connection.query("SELECT min(name) FROM attribute WHERE name > ?")
    var keys: Set<String> = []
    var last = ""
    while true {
      next.reset()
      next.bind(last, at: 1)
      guard try next.next(), let name = next.textOrNil(0) else { return keys }
      keys.insert(name)
      last = name
    }
  }

  /// Makes a query ready to be run.
  ///
  /// Where the index is damaged it is made ready without: see `PreparedSearch.isUnindexed`.
  /// - Parameter isUnindexed: true to do without the index.
  package mutating func prepare(
    _ query: Query, _ fuzziness: Fuzziness = .whereNothingIsFound, isUnindexed: Bool = false
  ) throws(StoreError) -> PreparedSearch {
    do throws(StoreError) {
      return try made(ready: query, fuzziness, isUnindexed: isUnindexed)
    } catch .sqlite(let error) where error.code == .corruptIndex {
      isSearchDamaged = true
      return try made(ready: query, .never, isUnindexed: true)
    }
  }

  private mutating func made(
    ready query: Query, _ fuzziness: Fuzziness, isUnindexed: Bool
  ) throws(StoreError) -> PreparedSearch {
    if isUnindexed { isSearchDamaged = true }
    var search = PreparedSearch()
    search.isUnindexed = isUnindexed
    var compiler = try SearchCompiler.make(self, isUnindexed: isUnindexed)
    var query = query
    if !isUnindexed, fuzziness != .never {
      query = try corrected(query, fuzziness, &compiler, &search.corrections)
    }
    search.query = query
    let parts: [Query] = if case .all(let parts) = query { parts } else { [query] }
    var found: [SearchExpression] = []
    var excluded: [SearchExpression] = []
    var titles: [SearchExpression] = []
    for part in parts {
      if let expression = try compiler.expression(part) {
        found.append(expression)
        if let title = try compiler.expression(part, inTitle: true) { titles.append(title) }
      } else if case .not(let inner) = part, let expression = try compiler.expression(inner) {
        excluded.append(expression)
      } else {
        search.conditions.append(try compiler.condition(part))
      }
    }
    if found.count > 1 {
      // A word that few hold tells more: by its inverse document frequency, counted up to a bound.
      let all = Double(try count(Selection()))
      for index in found.indices {
        let holding = Double(try hits(found[index], upTo: Self.rankedLimit))
        let weight = (1 + (max(all, holding) - holding + 0.5) / (holding + 0.5)).naturalLogarithm
        found[index].forms = found[index].forms.map { ($0.weight * weight, $0.group) }
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
      search.titleMatch = title
    }
    search.tokens = query.positiveTerms.flatMap { compiler.tokens(of: $0) }
    search.marks = compiler.marks(of: query)
    return search
  }

  /// A tokenizer as the index uses it.
  func tokenizer() throws(StoreError) -> Tokenizer {
    do {
      return try Tokenizer.make(connection)
    } catch {
      throw .sqlite(error)
    }
  }

  /// Whether anything holds what an expression asks for.
  func hasHits(_ expression: SearchExpression) throws(StoreError) -> Bool {
    try hits(expression, upTo: 1) > 0
  }

  /// How many favourites hold what an expression asks for, counted no further than a bound.
  func hits(_ expression: SearchExpression, upTo bound: Int) throws(StoreError) -> Int {
    let count = try connection.query(
      "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)")
    count.bind(expression.text, at: 1)
    count.bind(bound, at: 2)
    return try count.next() ? Int(count.integer(0)) : 0
  }

  // MARK: Words that nothing holds

  private func corrected(
    _ query: Query, _ fuzziness: Fuzziness, _ compiler: inout SearchCompiler,
    _ corrections: inout [PreparedSearch.Correction]
  ) throws(StoreError) -> Query {
    var replaced: [(term: TextTerm, by: Query)] = []
    for term in query.positiveTerms where term.kind != .phrase {
      guard let expression = try compiler.expression(.text(term)) else { continue }
      let isFound = try hasHits(expression)
      if !isFound { try checkIndex() }
      guard !isFound || fuzziness == .always else { continue }
      let others = try replacements(for: term, isFound: isFound, &compiler)
      guard !others.isEmpty else { continue }
      corrections.append(
        PreparedSearch.Correction(
          typed: term.text, used: others.map { $0.text + ($0.kind == .prefix ? "*" : "") }))
      let all = (isFound ? [Query.text(term)] : []) + others.map { Query.text($0) }
      replaced.append((term, .any(all)))
    }
    return query.mapPositiveTerms { term in
      replaced.first { $0.term == term }?.by ?? .text(term)
    }
  }

  /// Whether the index holds the favourite that was added last: one that finds nothing may have lost all.
  ///
  /// - Throws: what a damaged index gives.
  private func checkIndex() throws(StoreError) {
    let last = try connection.query("SELECT id, category FROM favourite ORDER BY id DESC LIMIT 1")
    guard try last.next() else { return }
    let find = try connection.query("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?")
    find.bind(SearchExpression.place(last.integer(1)).text, at: 1)
    find.bind(last.integer(0), at: 2)
    guard try find.next() else {
      throw .sqlite(
        SQLiteError(code: .corruptIndex, message: "the search index has lost favourites", sql: nil))
    }
  }

  /// What a term could have meant: the beginning of a word, else the nearest words.
  private func replacements(
    for term: TextTerm, isFound: Bool, _ compiler: inout SearchCompiler
  ) throws(StoreError) -> [TextTerm] {
    let tokens = compiler.tokens(of: term)
    guard tokens.count == 1, let word = tokens.first else { return [] }
    if !isFound, term.kind == .word, word.unicodeScalars.count >= 3 {
      let beginning = TextTerm(term.text, isPrefix: true, in: term.field)
      if let expression = try compiler.expression(.text(beginning)), try hasHits(expression) {
        return [beginning]
      }
    }
    var others: [TextTerm] = []
    for near in try nearWords(word) {
      let other = TextTerm(near, isPrefix: term.kind == .prefix, in: term.field)
      guard let expression = try compiler.expression(.text(other)), try hasHits(expression) else {
        continue
      }
      others.append(other)
      if others.count == Self.nearLimit { break }
    }
    return others
  }

  /// How many near words are looked for in the place of one.
  private static let nearLimit = 4

  /// The words of the vocabulary that are spelled most nearly like one, the commonest first: one mistake for
  /// words of four letters and more, two for those of eight and more.
  private func nearWords(_ word: String) throws(StoreError) -> [String] {
    let letters = Array(word.unicodeScalars)
    guard letters.count >= 4 else { return [] }
    var limit = letters.count >= 8 ? 2 : 1
    let words = try connection.query("SELECT text FROM word WHERE length BETWEEN ? AND ?")
    words.bind(letters.count - limit, at: 1)
    words.bind(letters.count + limit, at: 2)
    var found: [(distance: Int, word: String)] = []
    let bytes = Array(word.utf8)
    let isASCII = bytes.count == letters.count
    while try words.next() {
      let text = words.text(0)
      let distance =
        if isASCII {
          EditDistance.between(bytes, Array(text.utf8), limit: limit)
        } else {
          EditDistance.between(letters, Array(text.unicodeScalars), limit: limit)
        }
      guard let distance, distance > 0 else { continue }
      limit = min(limit, distance)
      found.append((distance, text))
    }
    words.reset()
    let nearest = found.filter { $0.distance == limit }
    var counted: [(count: Int, hasSameBeginning: Bool, word: String)] = []
    for near in nearest.prefix(40) {
      let expression = SearchExpression(text: "\"\(near.word)\"", forms: [])
      counted.append(
        (try hits(expression, upTo: 1_000), near.word.utf8.first == word.utf8.first, near.word))
    }
    return counted.filter { $0.count > 0 }
      .sorted {
        ($0.hasSameBeginning ? 1 : 0, $0.count, $1.word) > (
          $1.hasSameBeginning ? 1 : 0, $1.count, $0.word
        )
      }
      .map(\.word)
  }
}

/// Turns the parts of a query into FTS5's expressions and into SQL.
struct SearchCompiler: ~Copyable {
  private let tokenizer: Tokenizer
  private let isUnindexed: Bool
  /// The words of the categories' names.
  private let places: [(token: String, category: Int64)]
  /// The keys of the categories, for those that stand in another.
  private let categories: [(id: Int64, key: String)]
  private var groups = 0

  /// In how many categories a word of theirs is looked for.
  private static let placeLimit = 60

  private init(
    _ tokenizer: consuming Tokenizer, _ categories: [(id: Int64, key: String)],
    _ places: [(token: String, category: Int64)], isUnindexed: Bool
  ) {
    self.tokenizer = tokenizer
    self.categories = categories
    self.places = places
    self.isUnindexed = isUnindexed
  }

  /// Reads what it needs to know of a store.
  static func make(
    _ store: borrowing Store, isUnindexed: Bool
  ) throws(StoreError) -> SearchCompiler {
    let tokenizer = try store.tokenizer()
    var categories: [(id: Int64, key: String)] = []
    var names = ""
    var ends: [Int] = []
    let rows = try store.connection.query("SELECT id, key, name FROM category ORDER BY key")
    while try rows.next() {
      categories.append((rows.integer(0), rows.text(1)))
      names += SearchText.prepared(rows.text(2)) + "\n"
      ends.append(names.utf8.count)
    }
    // All names in one text: where a token stands tells whose it is.
    var places: [(token: String, category: Int64)] = []
    var index = 0
    for token in tokenizer.tokens(of: names) {
      while index < ends.count, token.range.lowerBound >= ends[index] { index += 1 }
      if index < categories.count { places.append((token.text, categories[index].id)) }
    }
    return SearchCompiler(tokenizer, categories, places, isUnindexed: isUnindexed)
  }

  /// The tokens of a term as the index has them.
  func tokens(of term: TextTerm) -> [String] {
    let isURL = term.field == .url || Draft.looksLikeURL(term.text)
    let text = isURL ? SearchText.prepared(url: term.text) : SearchText.prepared(term.text)
    return tokenizer.tokens(of: text).map(\.text)
  }

  /// What the index can answer of a query; nil where it cannot answer all of it.
  mutating func expression(
    _ query: Query, inTitle: Bool = false
  ) throws(StoreError) -> SearchExpression? {
    guard !isUnindexed else { return nil }
    switch query {
    case .text(let term): return try expression(term, inTitle: inTitle)
    case .all(let parts):
      var expressions: [SearchExpression] = []
      for part in parts {
        guard let found = try expression(part, inTitle: inTitle) else { return nil }
        expressions.append(found)
      }
      return .all(expressions)
    case .any(let parts):
      var expressions: [SearchExpression] = []
      let group = groups
      for part in parts {
        guard let found = try expression(part, inTitle: inTitle) else { return nil }
        expressions.append(found)
      }
      // Other words for one: the best of them counts.
      var joined = SearchExpression.any(expressions)
      joined.forms = joined.forms.map { ($0.weight, group) }
      return joined
    case .not, .tag, .category, .metadata, .date, .state: return nil
    }
  }

  private mutating func expression(
    _ term: TextTerm, inTitle: Bool
  ) throws(StoreError) -> SearchExpression? {
    let tokens = tokens(of: term)
    guard let first = tokens.first else { return nil }
    let group = groups
    groups = (groups + 1) % 256
    var phrases = ["\"\(tokens.joined(separator: " "))\"" + ((term.kind == .prefix) ? " *" : "")]
    var forms = [(weight: 1.0, group: group)]
    if tokens.count == 1, term.kind == .word {
      for other in WordForms.others(of: first) {
        phrases.append("\"\(other)\"")
        forms.append((0.8, group))
      }
    }
    let column = inTitle ? "title" : term.field?.rawValue ?? SearchExpression.everywhere
    let words = SearchExpression(
      text: "(\(column) : (\(phrases.joined(separator: " OR "))))", forms: forms)
    guard term.field == nil, !inTitle else { return words }
    let categories = places(named: tokens, term)
    guard !categories.isEmpty, categories.count <= Self.placeLimit else { return words }
    let names = categories.map { "\"\(SearchText.placeWord($0))\"" }
    let inPlace = SearchExpression(
      text: "(place : (\(names.joined(separator: " OR "))))", forms: names.map { _ in (1, group) })
    return .any([words, inPlace])
  }

  /// The categories whose name has a word.
  private func places(named tokens: [String], _ term: TextTerm) -> [Int64] {
    guard tokens.count == 1, let word = tokens.first else { return [] }
    let words = term.kind != .word ? [word] : [word] + WordForms.others(of: word)
    var found: [Int64] = []
    for place in places {
      let isHit =
        (term.kind == .prefix) ? place.token.hasBytePrefix(word) : words.contains(place.token)
      if isHit, found.last != place.category { found.append(place.category) }
    }
    return found
  }

  /// An expression for the categories of a selection; nil where they are too many for one.
  func expression(in paths: [CategoryPath]) -> SearchExpression? {
    var ids: [Int64] = []
    for path in paths {
      let (from, to) = CategoryRecord.within(path.sortKey)
      ids += categories.filter { category in
        areSame(category.key, path.sortKey)
          || (!category.key.utf8.lexicographicallyPrecedes(from.utf8)
            && category.key.utf8.lexicographicallyPrecedes(to.utf8))
      }.map(\.id)
    }
    guard !ids.isEmpty, ids.count <= Self.placeLimit else { return nil }
    let names = ids.map { "\"\(SearchText.placeWord($0))\"" }
    return SearchExpression(
      text: "(place : (\(names.joined(separator: " OR "))))", forms: names.map { _ in (0, 255) })
  }

  /// Any query as SQL.
  mutating func condition(_ query: Query) throws(StoreError) -> Condition {
    if let expression = try expression(query) {
      return Self.found(expression)
    }
    var selection = Selection()
    switch query {
    case .all(let parts): return Condition(test: try joined(parts, by: " AND "))
    case .any(let parts): return Condition(test: try joined(parts, by: " OR "))
    case .not(let inner):
      return Condition(test: Fragment(sql: "NOT ") + (try condition(inner).test))
    case .text(let term): selection.words = [term.text]
    case .tag(let tag): selection.tags = [tag]
    case .category(let path):
      selection.categories = [path]
      let test = selection.categoryTest ?? Fragment(sql: "1")
      return Condition(test: Fragment(sql: "(") + test + Fragment(sql: ")"))
    case .metadata(let condition): selection.conditions = [condition]
    case .date(let field, let bound, let time): return Self.condition(field, bound, time)
    case .state(.has(let trait)): selection.present = [trait]
    case .state(.lacks(let trait)): selection.missing = [trait]
    case .state(.opened): return Condition(test: Fragment(sql: "(f.opened > 0)"))
    case .state(.unopened): return Condition(test: Fragment(sql: "(f.opened = 0)"))
    }
    return selection.allConditions.first ?? Condition(test: Fragment(sql: "1"))
  }

  private mutating func joined(
    _ parts: [Query], by word: String
  ) throws(StoreError) -> Fragment {
    var tests: [Fragment] = []
    for part in parts { tests.append(try condition(part).test) }
    return Fragment(sql: "(") + .joined(tests, by: word) + Fragment(sql: ")")
  }

  private static func condition(
    _ field: Query.DateField, _ bound: Query.DateBound, _ time: Timestamp
  ) -> Condition {
    let column =
      switch field {
      case .created: "f.created_at"
      case .modified: "f.modified_at"
      case .opened: "f.opened_at"
      }
    // One that was never opened has no such time, and is on neither side of it.
    return Condition(
      test: Fragment(
        sql: "ifnull(\(column) \(bound.rawValue) ?, 0)", bindings: [.integer(time.milliseconds)]))
  }

  /// What an expression finds.
  static func found(_ expression: SearchExpression) -> Condition {
    Condition(
      test: test(expression),
      candidates: Fragment(
        sql: "SELECT rowid AS favourite FROM search WHERE search MATCH ?",
        bindings: [.text(expression.text)]))
  }

  /// Whether a favourite is among those that an expression finds.
  static func test(_ expression: SearchExpression) -> Fragment {
    Fragment(
      sql: "f.id IN (SELECT rowid FROM search WHERE search MATCH ?)",
      bindings: [.text(expression.text)])
  }

  /// What marks a hit in a text.
  func marks(of query: Query) -> [PreparedSearch.Mark] {
    var marks: [PreparedSearch.Mark] = []
    for term in query.positiveTerms {
      let tokens = tokens(of: term)
      guard let first = tokens.first else { continue }
      marks.append(
        PreparedSearch.Mark(tokens: tokens, isPrefix: (term.kind == .prefix), field: term.field))
      guard tokens.count == 1, term.kind == .word else { continue }
      for other in WordForms.others(of: first) {
        marks.append(PreparedSearch.Mark(tokens: [other], isPrefix: false, field: term.field))
      }
    }
    return marks
  }
}
