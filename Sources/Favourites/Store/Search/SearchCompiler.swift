internal import SQLite

/// Compiles the parts of a query into FTS5 expressions and SQL.
struct SearchCompiler: ~Copyable {
  private let tokenizer: Tokenizer
  private let isUnindexed: Bool
  private var categoryNames: CategoryNames
  private var groups = 0
  /// Words that also occur as two, each with its parts: `wifi` as `wi fi`.
  private var splits: [(word: String, parts: [String])] = []
  /// A word that is still being typed, and the words in use that begin with it.
  private var begun: (word: String, others: [String])?
  /// The forms of terms seen so far: each is needed several times.
  private var known: [(term: TextTerm, forms: [WordForm])] = []
  /// The categories whose names contain a word of these terms.
  private var knownCategories: [(term: TextTerm, categories: [Int64])] = []
  /// The weights of terms that are searched for in addition to those typed.
  private var weights: [(term: TextTerm, weight: Double)] = []
  /// The weight of a word that only contains what was typed, where other words are found too: next
  /// to nothing.
  static let aroundWeight = 1e-6

  /// The greatest number of categories that a word may match by name.
  private static let placeLimit = 60

  private init(
    _ tokenizer: consuming Tokenizer, _ categoryNames: CategoryNames, isUnindexed: Bool
  ) {
    self.tokenizer = tokenizer
    self.categoryNames = categoryNames
    self.isUnindexed = isUnindexed
  }

  /// Reads what it needs from a store.
  static func make(
    _ store: borrowing Store, isUnindexed: Bool
  ) throws(StoreError) -> SearchCompiler {
    let tokenizer = try store.tokenizer()
    let names = try CategoryNames(store.connection)
    return SearchCompiler(tokenizer, names, isUnindexed: isUnindexed)
  }

  /// The tokens of a term as the index stores them.
  func tokens(of term: TextTerm) -> [String] {
    tokens(of: SearchText.prepared(Self.text(of: term)))
  }

  /// The single token of a term; nil if it has several.
  func word(of term: TextTerm) -> String? {
    let tokens = tokens(of: term)
    return tokens.count == 1 ? tokens[0] : nil
  }

  /// The words of a term with signs between them, as in `O'Reilly`, joined; nil for another term.
  func joined(_ term: TextTerm) -> String? {
    guard term.kind == .word, !Self.isURL(term) else { return nil }
    let folded = FoldedText(term.text)
    let runs = WordRun.runs(of: folded)
    guard runs.count == 1, let joined = runs[0].joined(of: folded) else { return nil }
    let tokens = tokens(of: folded.text(of: joined))
    return tokens.count == 1 ? tokens[0] : nil
  }

  private func tokens(of text: String) -> [String] { tokenizer.tokens(of: text).map(\.text) }

  private static func isURL(_ term: TextTerm) -> Bool {
    term.field == .url || WrittenLink.isLink(WrittenLink.bare(term.text))
  }

  private static func text(of term: TextTerm) -> String {
    isURL(term) ? SearchText.words(ofTypedURL: WrittenLink.bare(term.text)) : term.text
  }

  /// The forms in which a term may occur in the index, the typed one first; none for a term without
  /// letters and digits.
  mutating func forms(of term: TextTerm) -> [WordForm] {
    if let known = known.first(where: { $0.term == term }) { return known.forms }
    let forms = made(term)
    known.append((term, forms))
    return forms
  }

  /// Sets the splits, and discards the forms computed before they were known.
  mutating func use(_ splits: [(word: String, parts: [String])]) {
    guard !splits.isEmpty else { return }
    self.splits = splits
    known = []
    knownCategories = []
  }

  /// Gives an additional term less, or more, weight than a typed one.
  mutating func weigh(_ term: TextTerm, _ weight: Double) {
    guard !weights.contains(where: { $0.term == term }) else { return }
    weights.append((term, weight))
    known.removeAll { $0.term == term }
    knownCategories.removeAll { $0.term == term }
  }

  private func weight(of term: TextTerm) -> Double {
    weights.first { $0.term == term }?.weight ?? 1
  }

  /// Marks a word as still being typed, with words that continue it.
  mutating func use(begun word: String, goingOnAs others: [String]) {
    begun = (word, others)
    known = []
  }

  private func made(_ term: TextTerm) -> [WordForm] {
    var forms = unweighed(term)
    let weight = weight(of: term)
    if weight != 1 { for index in forms.indices { forms[index].weight *= weight } }
    return forms
  }

  private func unweighed(_ term: TextTerm) -> [WordForm] {
    let tokens = tokens(of: term)
    guard let word = tokens.first else { return [] }
    let isPrefix = term.kind == .prefix
    var forms = [WordForm(tokens, isPrefix: isPrefix)]
    guard term.kind != .phrase else { return forms }
    if tokens.count > 1, !isPrefix, let last = tokens.last {
      // `d'urberville` too.
      forms += WordForms.others(of: last).map {
        WordForm(tokens.dropLast() + [$0], weight: WordForm.plural)
      }
      // `Schrödinger's`.
      if tokens.count == 2, areSame(last, "s") {
        forms.append(WordForm([word], weight: WordForm.plural))
      }
    }
    if tokens.count == 1, !isPrefix {
      forms += WordForms.others(of: word).map { WordForm([$0], weight: WordForm.plural) }
      for split in splits where areSame(split.word, word) {
        forms.append(WordForm(split.parts, weight: WordForm.apart))
      }
      if let begun, areSame(begun.word, word) {
        forms += begun.others.map { WordForm([$0], weight: WordForm.goingOn) }
      }
    }
    let folded = FoldedText(Self.text(of: term))
    let runs = WordRun.runs(of: folded)
    guard runs.count == 1, runs[0].words.count == tokens.count else { return forms }
    forms.append(.part(tokens, isPrefix: isPrefix))
    if let joined = runs[0].joined(of: folded) {
      let joined = self.tokens(of: folded.text(of: joined))
      forms.append(WordForm(joined, isPrefix: isPrefix, weight: WordForm.joined))
      forms.append(.part(joined, isPrefix: isPrefix))
    }
    if let parts = runs[0].partsInRow(of: folded) {
      let parts = parts.flatMap { self.tokens(of: folded.text(of: [$0])) }
      forms.append(WordForm(parts, isPrefix: isPrefix, weight: WordForm.apart))
      forms.append(.part(parts, isPrefix: isPrefix))
    }
    if let dotted = runs[0].dotted {
      let dotted = self.tokens(of: "dot" + folded.text(of: [dotted]))
      forms[0].weight = WordForm.undotted
      forms.append(WordForm(dotted, isPrefix: isPrefix))
      forms.append(.part(dotted, isPrefix: isPrefix, weight: 1))
    }
    return forms
  }

  /// Compiles a query into an FTS5 expression; nil if the index cannot answer all of it.
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
      // Alternatives for one word: the best of them counts.
      var joined = SearchExpression.any(expressions)
      // Two words count as two, and so does the joined form of both.
      let most = parts.map { if case .all(let words) = $0 { words.count } else { 1 } }.max() ?? 1
      joined.forms = zip(parts, expressions).flatMap { part, expression in
        if case .all = part { return expression.forms }
        return expression.forms.map {
          SearchExpression.Form(
            weight: $0.weight * Double(most), group: group, isPrefix: $0.isPrefix)
        }
      }
      return joined
    case .not, .test: return nil
    }
  }

  private mutating func expression(
    _ term: TextTerm, inTitle: Bool
  ) throws(StoreError) -> SearchExpression? {
    let forms = forms(of: term)
    guard !forms.isEmpty else { return nil }
    let group = groups
    groups = (groups + 1) % 256
    let phrases = forms.map(\.phrase).joined(separator: " OR ")
    var text = "(\(phrases))"
    if let column = inTitle ? "title" : term.field?.rawValue {
      text = "(\(column) : \(text))"
    } else if forms.contains(where: \.mayBeCategory) {
      // Checking the columns of each hit costs as much as finding it.
      text = "(\(SearchExpression.everywhere) : \(text))"
    }
    var words = SearchExpression(
      text: text,
      forms: forms.map {
        SearchExpression.Form(weight: $0.weight, group: group, isPrefix: $0.isPrefix)
      })
    words.phrases = SearchExpression.phrases(forms, in: inTitle ? .title : term.field)
    guard term.field == nil, !inTitle else { return words }
    let categories = categories(named: term, forms)
    guard !categories.isEmpty, categories.count <= Self.placeLimit else { return words }
    return .any([words, .inCategories(categories, as: .init(weight: 1, group: group))])
  }

  /// The categories whose name contains a word.
  private mutating func categories(named term: TextTerm, _ forms: [WordForm]) -> [Int64] {
    if let known = knownCategories.first(where: { $0.term == term }) { return known.categories }
    let categories = categories(named: forms)
    knownCategories.append((term, categories))
    return categories
  }

  /// The words of the names of categories, which the vocabulary does not have.
  mutating func wordsOfCategories() -> [String] { categoryNames.knownWords(tokenizer) }

  private mutating func categories(named forms: [WordForm]) -> [Int64] {
    categoryNames.categories(with: forms.filter { $0.tokens.count == 1 }, tokenizer)
  }

  /// An expression for the categories of a selection; nil if there are too many.
  static func expression(
    inCategoriesOf selection: Selection, _ store: borrowing Store
  ) throws(StoreError) -> SearchExpression? {
    guard let test = selection.categoryTest else { return nil }
    let rows = try store.connection.query(
      Fragment(sql: "SELECT id FROM category c WHERE ") + test
        + Fragment(sql: " LIMIT ?", bindings: [.integer(Int64(placeLimit) + 1)]))
    var ids: [Int64] = []
    while try rows.next() { ids.append(rows.integer(0)) }
    return ids.isEmpty || ids.count > placeLimit ? nil : .inCategories(ids)
  }

  /// Compiles any query to SQL.
  mutating func condition(_ query: Query) throws(StoreError) -> Condition {
    try query.condition { (part) throws(StoreError) in
      try expression(part).map(Self.found)
    } test: { (test) throws(StoreError) in
      try test.ofFavourites()
    }
  }

  /// The favourites that an expression finds.
  static func found(_ expression: SearchExpression) -> Condition {
    Condition(
      test: test(expression),
      candidates: Fragment(
        sql: "SELECT rowid AS favourite FROM search WHERE search MATCH ?",
        bindings: [.text(expression.text)]), findsLive: true, isOfID: true)
  }

  /// Whether an expression finds a favourite.
  static func test(_ expression: SearchExpression) -> Fragment {
    Fragment(
      sql: "f.id IN (SELECT rowid FROM search WHERE search MATCH ?)",
      bindings: [.text(expression.text)])
  }

  /// The marks for hits in a text.
  mutating func marks(of query: Query) -> [PreparedSearch.Mark] {
    var marks: [PreparedSearch.Mark] = []
    for term in query.positiveTerms {
      for form in forms(of: term) {
        marks.append(
          PreparedSearch.Mark(
            tokens: form.tokens, isPrefix: form.isPrefix, field: term.field,
            isAround: weight(of: term) <= Self.aroundWeight))
      }
    }
    return marks
  }
}
