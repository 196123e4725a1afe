/// What a search asks for: the parsed form of the query language.
///
/// A query that was parsed is simplified: no `.all` stands in an `.all`, no `.any` in an `.any`,
/// no `.not` in a `.not`, and every `.all` and `.any` has two parts at least. So it is no deeper
/// than a few levels for each of the `deepest` parentheses, and may be walked by recursion.
package indirect enum Query: Equatable, Sendable {
  /// Every part holds.
  case all([Query])
  /// One part holds at least.
  case any([Query])
  /// The part does not hold.
  case not(Query)
  /// Words occur in the text.
  case text(TextTerm)
  /// It has the tag.
  case tag(TagName)
  /// It stands in the category, or below it.
  case category(CategoryPath)
  /// Its metadata compares so.
  case metadata(MetadataCondition)
  /// One of its dates is not before, or not after, an instant.
  case date(DateField, DateBound, Timestamp)
  /// It is in that state.
  case state(State)

  /// How many parentheses may stand in each other; deeper ones are passed over.
  package static let deepest = 64
  /// How many terms are read; a range counts as two. The rest is passed over.
  package static let mostTerms = 500

  /// One of the dates that a favourite has; the raw value is its name in a query.
  package enum DateField: String, CaseIterable, Sendable {
    case created, modified, opened
  }

  /// On which side of an instant a date has to be; the instant itself always belongs to it.
  package enum DateBound: String, CaseIterable, Sendable {
    /// At the instant or after it.
    case since = ">="
    /// At the instant or before it.
    case until = "<="
  }

  /// What can be true of a favourite besides its text.
  package enum State: Equatable, Sendable {
    /// Opened once at least.
    case opened
    /// Never opened.
    case unopened
    /// Its link was seen in this state.
    case seen(LinkState)
    /// It has this.
    case has(Selection.Trait)
    /// It lacks this; `is:untagged` is `.lacks(.tags)`.
    case lacks(Selection.Trait)
  }

  /// Reads a query; nil for one that is empty or nothing but white space.
  ///
  /// Never fails: what cannot be read is taken as words. `metadataKeys` are the names of metadata
  /// that occur, for telling `year:1960` from words with a colon. Takes linear time. A
  /// `QueryParser` also tells whether something was passed over.
  package static func parse(
    _ text: String, metadataKeys: Set<String>, now: Timestamp, in zone: Zone = .utc
  ) -> Query? {
    var parser = QueryParser(text, metadataKeys: metadataKeys, now: now, in: zone)
    return parser.parse()
  }
}

extension Query {
  /// The text terms that are not under a `.not`, left to right.
  package var positiveTerms: [TextTerm] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.positiveTerms)
    case .text(let term): [term]
    case .not, .tag, .category, .metadata, .date, .state: []
    }
  }

  /// Whether it asks for words in any field, all of them, and for nothing else.
  package var isWordsOnly: Bool {
    switch self {
    case .all(let parts): parts.allSatisfy(\.isWordsOnly)
    case .text(let term): term.field == nil
    case .any, .not, .tag, .category, .metadata, .date, .state: false
    }
  }

  /// The query with something else for each of the `positiveTerms`, simplified.
  package func mapPositiveTerms<E>(
    _ replacement: (TextTerm) throws(E) -> Query
  ) throws(E) -> Query {
    switch self {
    case .all(let parts):
      var mapped: [Query] = []
      for part in parts { mapped.append(try part.mapPositiveTerms(replacement)) }
      return Query.all(mapped).simplified
    case .any(let parts):
      var mapped: [Query] = []
      for part in parts { mapped.append(try part.mapPositiveTerms(replacement)) }
      return Query.any(mapped).simplified
    case .text(let term): return try replacement(term).simplified
    case .not, .tag, .category, .metadata, .date, .state: return self.simplified
    }
  }

  /// The same question without `.all` in `.all`, `.any` in `.any` and `.not` in `.not`, and
  /// without an `.all` or `.any` of one part.
  package var simplified: Query {
    switch self {
    case .all(let parts):
      let parts = parts.flatMap { part in
        let part = part.simplified
        return if case .all(let inner) = part { inner } else { [part] }
      }
      return parts.count == 1 ? parts[0] : .all(parts)
    case .any(let parts):
      let parts = parts.flatMap { part in
        let part = part.simplified
        return if case .any(let inner) = part { inner } else { [part] }
      }
      return parts.count == 1 ? parts[0] : .any(parts)
    case .not(let part):
      let part = part.simplified
      if case .not(let inner) = part { return inner }
      return .not(part)
    case .text, .tag, .category, .metadata, .date, .state: return self
    }
  }
}
