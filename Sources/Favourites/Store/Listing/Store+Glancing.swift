internal import SQLite

// Queries while the user types: a few rows, quickly, and cancelled by the next key.

/// A favourite as a list shows it, without long texts.
package struct Glance: Equatable, Sendable {
  package let id: Int64
  package let title: String
  package let url: String?
  package let category: String
  /// The parts of the title that matched, in characters (Unicode scalars).
  package let hits: [Range<Int>]
}

extension Store {
  /// Cancels a query once the closure returns true: the query then throws an error whose
  /// `isOvertaken` is true.
  package func endEarly(when isOvertaken: @escaping () -> Bool) {
    connection.endEarly(when: isOvertaken)
  }

  /// The next favourites of a listing, and where it continues; nil at the end.
  package mutating func glances(
    _ selection: Selection, _ ordering: Ordering, limit: Int64, after cursor: Cursor?
  ) throws(StoreError) -> (rows: [Glance], next: Cursor?) {
    let marker = try selection.search.map { (search) throws(StoreError) in
      Highlighter(try tokenizer(), search.marks)
    }
    readsBriefly = true
    defer { readsBriefly = false }
    var rows = try rows(selection, ordering: ordering, slice: .run(limit: limit, after: cursor))
    var glances: [Glance] = []
    while let favourite = try rows.next(in: &self) {
      glances.append(
        Glance(
          id: favourite.id, title: favourite.title, url: favourite.url,
          category: favourite.category, hits: marker?.hits(inTitle: favourite.title) ?? []))
    }
    return (glances, try rows.nextCursor(in: self))
  }

  /// The number of favourites in a selection, counted up to a bound where no count is stored.
  package mutating func count(
    _ selection: Selection, upTo bound: Int64
  ) throws(StoreError) -> Int64 {
    if selection.isEmpty || selection.hasOnlyCategories { return try count(selection) }
    if selection.asksForWordsOnly, let match = selection.search?.match {
      return Int64(try hits(match, upTo: Int(bound)))
    }
    return try bounded(
      Fragment(sql: "SELECT id AS favourite FROM (") + idQuery(selection) + Fragment(sql: ")"),
      by: bound)
  }

  /// The last changes to a favourite, the newest first, without the one that added it.
  package func lastChanges(
    of id: Int64, limit: Int
  ) throws(StoreError) -> [Change] {
    let numbers = try connection.integers(
      "SELECT change FROM change_item WHERE kind = 1 AND item = ? ORDER BY change DESC LIMIT ?", id,
      limit)
    var changes: [Change] = []
    for number in numbers { changes.append(try change(numbered: number)) }
    return changes
  }

  /// The words of the vocabulary that continue one, the shortest first: so few that a search for
  /// all of them costs no more than one for a common word.
  ///
  /// FTS5 can search for a prefix itself, but reads all rows with a matching word before it returns
  /// the first: for a letter or two that is most of the index.
  func words(beginningWith word: String) throws(StoreError) -> [String] {
    var words: [String] = []
    let shortest = max(word.unicodeScalars.count + 1, WordScanner.lengths.lowerBound)
    guard shortest <= WordScanner.lengths.upperBound else { return [] }
    for length in shortest...WordScanner.lengths.upperBound where words.count < Self.mostGoingOn {
      words += try self.words(
        of: length, beginningWith: word, most: Self.mostGoingOn - words.count)
    }
    return words
  }

  /// How many continuations of a word are searched for.
  private static let mostGoingOn = 32
}

extension StoreError {
  /// Whether a query was cancelled on request: see `Store.endEarly(when:)`.
  package var isOvertaken: Bool {
    if case .sqlite(let error) = self { error.code.primary == .interrupted } else { false }
  }
}

extension Query {
  /// The last word of a text, if it is one of the query's words and may still continue.
  package func wordBegun(in text: String) -> TextTerm? {
    guard let last = positiveTerms.last, last.kind == .word,
      text.utf8.reversed().starts(with: last.text.utf8.reversed())
    else { return nil }
    return last
  }
}
