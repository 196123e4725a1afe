internal import Favourites
internal import Host

/// Searches favourites.
struct Search: Command {
  static let synopsis = Synopsis<Self>(
    "Search favourites",
    details: [
      "Finds favourites that contain every word in their title, tags, note, URL, metadata or "
        + "category name, best match first. Case, accents and English plurals do not matter, and "
        + "words are found by their parts: sql finds PostgreSQL. A word without matches is tried "
        + "as the beginning of a word and inside words, then in its nearest spelling, and favs "
        + "says so.",
      "Queries: dune herbert (both), \"left hand\" (phrase), dun* (prefix), -film or not film, "
        + "dune or solaris, ( ), title:dune url:github note:x, #tag or tag:x, category:books, "
        + "year:>1960 and other metadata, created:>2024-01-01 modified: opened:, age:<6m, "
        + "is:untagged is:opened is:unopened is:broken, has:note no:url. Anything that does not "
        + "parse is searched as words.",
      "Up to 500 matches are ranked exactly. Of more, the newest 500 and the newest 500 with the "
        + "words in their title are ranked, and the others follow, newest first.",
    ],
    operands: .query(),
    options: [
      .text(
        "facets", nil, "NAMES", "count matches by category, tag or metadata", \.facets,
        .list(["category", "tag"])),
      .flag("snippets", nil, "show the text around each match", \.showsSnippets),
      .flag("explain", nil, "show how the query was understood", \.explains),
      .flag("fuzzy", nil, "also match similar spellings", \.isFuzzy),
      .flag("no-fuzzy", nil, "match the exact spelling only", \.isExact),
      .flag("substring", nil, "also match inside words, newest first", \.isSubstring),
      .flag("regex", nil, "treat QUERY as a regular expression", \.isPattern),
    ] + CountOption.options.lifted(to: \.count) + SelectionOptions.options.lifted(to: \.selection)
      + PageOptions.options.lifted(to: \.page) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs search dune -c books", "search for 'dune' in books"),
      Example("favs search 'author:herbert year:<1970'", "search by metadata"),
      Example("favs search left hand --json --fields id,title,score", "print JSON with scores"),
      Example("favs search go --facets category,tag", "count matches by category and tag"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .busy, .database, .inputOutput, .invalidInput,
    ],
    seeAlso: ["list", "show"])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var count = CountOption()
  var facets: String?
  var showsSnippets = false
  var explains = false
  var isFuzzy = false
  var isExact = false
  var isSubstring = false
  var isPattern = false
  var selection = SelectionOptions()
  var page = PageOptions()
  var output = OutputOptions()

  /// What was typed.
  private var text: String { operands.joined(separator: " ") }

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard [isPattern, isSubstring, isFuzzy, isExact].count(where: { $0 }) <= 1 else {
      throw Failure(.usage, "use only one of --regex, --substring, --fuzzy and --no-fuzzy")
    }
    try checkOptions()
    var selection = try selection.selection(at: context.now)
    // Whether what is found instead of one word may be lost to the rest.
    let isNarrowed = !selection.isEmpty || text.utf8.contains(0x20)
    var store = try context.reading()
    var query: Query?
    var reading: (search: PreparedSearch, note: String)?
    if isPattern {
      selection.pattern = try pattern(text)
    } else if isSubstring {
      selection.filters += try words(text).map(Query.part)
    } else {
      let typed = try parsed(text, in: &store, &context)
      selection.search = try prepared(typed, in: &store, &context)
      reading = try otherReading(text, typed, selection, in: &store, context)
      query = typed
      if let reading { selection.search = reading.search }
    }
    var output = output
    if showsSnippets, output.fields == nil { output.fields = snippetFields(context) }
    let told = output.fields ?? []
    selection.search?.tellsHits =
      told.contains(where: FavouriteField.found.contains) || output.tellsHits
    let corrections = isFuzzy ? [] : selection.search?.corrections ?? []
    var isVain = false
    if isNarrowed, !corrections.isEmpty {
      isVain = try context.opened(store.count(selection)) == 0
    }
    let notes =
      reading.map { [$0.note] } ?? corrections.map { Self.note(on: $0, isVain: isVain) }
    for note in notes { try context.output.note(Escaping.forTerminal(note)) }
    let code = try tell(selection, output, notes, in: &store, &context)
    if let query, reading == nil, code == .done, !page.isSliced, facets == nil, !count.countsOnly {
      try hintAtText(text, query, selection, in: &store, &context)
    }
    if store.isSearchDamaged { try tellOfDamage(&context) }
    return code
  }

  /// Rejects combinations of options that make no sense.
  private func checkOptions() throws(Failure) {
    if isPattern || isSubstring, explains || showsSnippets {
      throw Failure(
        .usage, "\(explains ? "--explain" : "--snippets") works only with the query language",
        hint: "leave out --regex and --substring")
    }
    if facets != nil, count.countsOnly || showsSnippets {
      throw Failure(.usage, "--facets only counts: it takes no output options")
    }
    if let facets, !facets.split(separator: ",").contains(where: { !String($0).trimmed.isEmpty }) {
      throw Failure(.usage, "--facets needs a name", hint: "--facets category,tag")
    }
  }

  /// Prints the search results in the requested form.
  private func tell(
    _ selection: Selection, _ output: OutputOptions, _ notes: [String], in store: inout Store,
    _ context: inout Context
  ) throws(Failure) -> ExitCode {
    if let facets { return try countFacets(facets, selection, in: &store, &context) }
    if count.countsOnly {
      let number = try context.opened(store.count(selection))
      try context.print(count: number)
      return number == 0 ? .incomplete : .done
    }
    // A search that reads every favourite lists the latest first, as they are read.
    let usual =
      isPattern || isSubstring ? Ordering(.id, isDescending: true) : Ordering(.relevance)
    let shown = try context.list(
      selection, page, output, usual: usual,
      note: notes.isEmpty ? nil : notes.joined(separator: "; "), form: .hits, in: &store)
    guard shown == 0 else { return .done }
    guard !page.isSliced else {
      // There may be a page before this one. A script that asks for one does not wait for hints.
      return try context.opened(store.count(selection)) > 0 ? .done : .incomplete
    }
    try hintAtSubstring(selection, in: &store, &context)
    return .incomplete
  }

  /// If nothing was found, suggests --substring if that would find something: in a large collection
  /// if it would among the latest favourites, since it reads all of them.
  private func hintAtSubstring(
    _ selection: Selection, in store: inout Store, _ context: inout Context
  ) throws(Failure) {
    guard let query = selection.search?.query, query.isWordsOnly, !context.output.isQuiet,
      let words = try? words(text)
    else { return }
    var selection = selection
    selection.search = nil
    selection.filters += words.map(Query.part)
    let found = try context.opened(
      store.count(selection, readingAtMost: Self.mostReadForHint))
    guard found.number > 0 else { return }
    let least = found.isWhole ? "" : "at least "
    try context.output.note(
      "hint: --substring finds \(least)\(counted(favourites: Int(found.number)))")
  }

  /// Some milliseconds' worth.
  private static let mostReadForHint: Int64 = 20_000

  private func pattern(_ text: String) throws(Failure) -> String {
    let text = text.composed
    guard !text.isEmpty else { throw Failure(.usage, "no words to search for") }
    // The C library matches by recursion, and its cost grows faster than the length of the pattern.
    guard text.utf8.count <= 1_000 else {
      throw Failure(
        .usage, "query too long", hint: "a regular expression may have up to 1,000 bytes")
    }
    // `a{255}` needs 255 states, and nested repetitions multiply.
    guard Self.repeats(text) <= 1_000 else {
      throw Failure(
        .usage, "query too long", hint: "repeats such as {2,9} may multiply to at most 1,000")
    }
    return text
  }

  /// The product of the highest repetition counts in braces.
  private static func repeats(_ pattern: String) -> Int {
    var product = 1
    for piece in pattern.utf8.split(separator: UInt8(ascii: "{")).dropFirst() {
      let bounds = piece.prefix { $0 != UInt8(ascii: "}") }
      let highest = bounds.split(separator: UInt8(ascii: ",")).last ?? bounds
      guard let count = Int(String(decoding: highest, as: UTF8.self)), count > 0 else { continue }
      product = min(product, 1_000_000) * min(count, 1_000_000)
    }
    return product
  }

  private func words(_ text: String) throws(Failure) -> [String] {
    let words = Self.words(of: text)
    guard !words.isEmpty else { throw Failure(.usage, "no words to search for") }
    // SQLite rejects patterns of 50,000 bytes or more.
    guard words.allSatisfy({ $0.utf8.count < 20_000 }), words.count <= 200 else {
      throw Failure(
        .usage, "query too long", hint: "a query may have up to 200 words of 20,000 bytes each")
    }
    return words
  }

  /// Parses the query.
  private func parsed(
    _ text: String, in store: inout Store, _ context: inout Context
  ) throws(Failure) -> Query {
    let keys: Set<String> =
      text.utf8.contains { ":!<>=~".utf8.contains($0) }
      ? try context.opened(store.metadataKeys()) : []
    var parser = QueryParser(text, metadataKeys: keys, now: context.now, in: .system)
    guard let query = parser.parse() else {
      throw Failure(.usage, "no words to search for")
    }
    if let refusal = parser.refusal {
      throw Failure(
        .usage, "invalid filter '\(refusal.word)': \(refusal.reason)",
        hint: "put quotes around it to search for the text: '\"…\"'")
    }
    if parser.wasCut {
      try context.output.note("only the first \(Query.mostTerms) words were searched for")
    }
    return query
  }

  /// Prepares the search, and shows how the query was understood.
  private func prepared(
    _ query: Query, in store: inout Store, _ context: inout Context
  ) throws(Failure) -> PreparedSearch {
    let fuzziness: Fuzziness = isExact ? .never : isFuzzy ? .always : .whereNothingIsFound
    let search = try context.opened(store.prepare(query, fuzziness))
    if explains {
      let shown = search.query ?? query
      try context.output.note("query: \(Escaping.forTerminal(shown.explanation(in: .system)))")
    }
    return search
  }

  /// A note on words that were searched for instead of one, or in addition to it.
  ///
  /// - Parameter isVain: whether that found nothing.
  static func note(on correction: PreparedSearch.Correction, isVain: Bool = false) -> String {
    let typed = "'\(correction.typed)'"
    // There may be many words that contain another.
    var used = correction.used.prefix(Self.toldWords).map { "'\($0)'" }.joined(separator: ", ")
    let others = correction.used.count - Self.toldWords
    if others > 0 { used += " and \(others) more" }
    let found: String
    switch correction.reason {
    case .inside:
      return "few matches for \(typed): results for words with it inside follow: \(used)"
    case .notFound: found = "no matches for \(typed)"
    case .notTogether: found = "no matches for \(typed) with the other words"
    }
    if used.isEmpty { return found + (isVain ? ", nor without it" : ": leaving it out") }
    return found + (isVain ? ", nor with \(used)" : ": showing results for \(used)")
  }

  /// The most replacement words to list.
  private static let toldWords = 6

  private func snippetFields(_ context: Context) -> [FavouriteField] {
    context.global.isJSON
      ? FavouriteField.living + FavouriteField.found : [.id, .category, .rank, .title, .snippet]
  }

  /// Prints the number of hits for each value.
  private func countFacets(
    _ names: String, _ selection: Selection, in store: inout Store, _ context: inout Context
  ) throws(Failure) -> ExitCode {
    var json = JSONWriter()
    json.beginArray()
    var hasAny = false
    let names = names.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    for name in names {
      try context.checkIsUsed(Facet(name), by: "--facets", or: "category, tag", in: store)
    }
    let all = try context.opened(store.counts(by: names.map(Facet.init), of: selection))
    for (name, counts) in zip(names, all) {
      hasAny = hasAny || !counts.isEmpty
      for facet in counts {
        guard !global.isJSON else {
          json.beginObject()
          json.member("facet", name)
          json.member("value", facet.value)
          json.member("count", facet.count)
          json.endObject()
          continue
        }
        let cells = [name, facet.value, String(facet.count)]
        try context.output.write(cells.map(Escaping.forTSV).joined(separator: "\t") + "\n")
      }
    }
    if global.isJSON {
      json.endArray()
      json.newline()
      try context.output.write(json.bytes)
    }
    return hasAny ? .done : .incomplete
  }

  private func tellOfDamage(_ context: inout Context) throws(Failure) {
    try context.output.note(
      "the search index is damaged: every favourite was read instead, and results are not ranked; "
        + "favs doctor --fix rebuilds it")
  }
}
